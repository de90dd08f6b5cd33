"""Evidence comes in; a failure opens a corrective action, and what passes or a signed reason closes it."""

from datetime import UTC, datetime, timedelta

import pytest

from masthead.declaration.status import Status
from masthead.errors import MastheadError, NotAllowed, NotFound, Refused, Stale
from masthead.newsroom.accounts.actor import named
from masthead.newsroom.assurance import actions
from masthead.newsroom.assurance.giving import Given, attest, observe
from masthead.newsroom.assurance.models import CorrectiveAction, Evidence
from masthead.newsroom.assurance.standing import board, one_of
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.vocabulary import Grade

PROBE = ("probe", "1")
REVIEW = "quarterly-review"
DAY = timedelta(days=1)
AHEAD = datetime(2999, 1, 1, tzinfo=UTC)


def now() -> datetime:
    return datetime.now(UTC)


def met(met: bool | None = True, answers: str = REVIEW, **more) -> Given:
    return Given(answers, met, more.pop("grade", Grade.A), **more)


def stands(one: str = REVIEW, at: datetime | None = None) -> Status:
    return board(at or now()).standings[one].status


def test_a_promise_is_unknown_until_somebody_shows_how_it_stands(small):
    assert stands() is Status.UNKNOWN
    attest(small.steward, met())
    assert stands() is Status.MET


def test_what_is_failed_opens_an_action_and_only_a_pass_closes_it(small):
    attest(small.steward, met(False))
    action = CorrectiveAction.objects.get()
    assert (action.answers, action.closed_at, stands()) == (REVIEW, None, Status.NOT_MET)
    attest(small.steward, met(False))
    assert CorrectiveAction.objects.count() == 1
    passed = attest(small.steward, met())
    action.refresh_from_db()
    assert (action.closed_for, stands()) == (f"evidence:{passed.pk}", Status.MET)


def test_one_control_asked_for_alone_stands_as_on_the_board(small):
    attest(small.steward, met(False))
    attest(small.steward, met(answers="Learning"))
    at = now()
    for each in (REVIEW, "learning", "traced-facts"):
        assert one_of(at, each) == board(at).standings[each]
    assert one_of(at, "LEARNING").status is Status.MET


def test_evidence_that_is_too_weak_closes_nothing(small):
    system = {"about": "system:a"}
    observe([met(False, "data-terms", grade=Grade.M, **system)], PROBE)
    attest(small.steward, met(True, "data-terms", **system))
    assert CorrectiveAction.objects.filter(closed_at=None).exists()
    observe([met(True, "data-terms", grade=Grade.M, **system)], PROBE)
    assert not CorrectiveAction.objects.filter(closed_at=None).exists()


def test_each_subject_has_an_action_of_its_own_and_what_is_asked_no_more_closes_it(small):
    pieces = [met(False, "data-terms", grade=Grade.M, about=f"system:{each}") for each in "ab"]
    observe(pieces, PROBE)
    assert CorrectiveAction.objects.filter(closed_at=None).count() == 2
    observe([met(None, "data-terms", grade=Grade.M, about="system:a")], PROBE)
    assert [each.about for each in CorrectiveAction.objects.filter(closed_at=None)] == ["system:b"]


def test_a_signed_reason_closes_an_action_and_is_evidence_that_nothing_is_asked_any_more(small):
    attest(small.steward, met(False))
    action = CorrectiveAction.objects.get()
    with pytest.raises(Refused):
        actions.close(small.steward, action, " ")
    with pytest.raises(NotAllowed):
        actions.close(small.editor, action, "We no longer meet.")
    actions.close(small.steward, action, "We no longer meet.")
    assert stands() is Status.UNKNOWN
    with pytest.raises(Stale):
        actions.close(small.steward, action, "Again.")
    attest(small.steward, met(False))
    assert CorrectiveAction.objects.filter(closed_at=None).count() == 1


def test_an_action_has_an_owner_and_a_day_that_is_not_past(small):
    attest(small.steward, met(False))
    action = CorrectiveAction.objects.get()
    with pytest.raises(Refused):
        actions.take(small.author, action, named("Ed Editor"), now().date() - 2 * DAY)
    actions.take(small.author, action, named("Ed Editor"), now().date() + DAY)
    action.refresh_from_db()
    assert action.owner == named("Ed Editor")


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (met(grade=Grade.M), Refused),
        (met(grade=Grade.D), Refused),
        (met(answers="nonsense"), NotFound),
        (met(observed_at=AHEAD), Refused),
        (met(expires_at=datetime(2020, 1, 1, tzinfo=UTC)), Refused),
        (
            met(
                effective_from=datetime(2999, 1, 1, tzinfo=UTC),
                effective_until=datetime(2998, 1, 1, tzinfo=UTC),
            ),
            Refused,
        ),
        (met(note="x" * 5000), Refused),
        (met(about="x" * 81), Refused),
        (met(about="item:Somebody by name"), Refused),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(small, given, error):
    before = Entry.objects.count()
    with pytest.raises(error) as told:
        attest(small.steward, given)
    assert isinstance(told.value, MastheadError)
    assert (Evidence.objects.count(), Entry.objects.count()) == (0, before)


def test_whoever_has_no_part_in_the_checklist_gives_no_evidence(small):
    with pytest.raises(NotAllowed):
        attest(small.author, met())


def test_a_day_in_the_past_is_told_as_it_was_known_then(small):
    attest(small.steward, met(observed_at=now() - 40 * DAY))
    before = now()
    attest(small.steward, met(False, observed_at=now() - 20 * DAY))
    assert (stands(at=before), stands()) == (Status.MET, Status.NOT_MET)


def test_the_entry_says_what_was_given_and_the_log_verifies(small):
    attest(small.steward, met(False, note="We did not meet."))
    entry = Entry.objects.get(kind=Kind.EVIDENCE_GIVEN)
    said = values_of(entry)
    assert said["evidence"][0]["answers"] == REVIEW
    assert said["actions"] == [str(CorrectiveAction.objects.get().pk)]
    assert said["note"] == "We did not meet."
    assert verify_log().intact
