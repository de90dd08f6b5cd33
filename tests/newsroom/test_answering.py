"""What people answer to the questions of the catalogue, and where a commitment then stands."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError
from tests.newsroom.desk import Desk, kinds, size

from masthead.declaration import load
from masthead.declaration.status import Evidence, Reading, Status
from masthead.errors import NotAllowed, NotFound
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.accounts.permissions import MAY, Action
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.guard import NotRecorded
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import record
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.policy.commands import answer
from masthead.newsroom.policy.models import Answer
from masthead.newsroom.policy.reading import evidence_of
from masthead.vocabulary import Grade, Role

CATALOGUE = load()


def status(commitment: str, now: datetime | None = None, reading: Reading = Reading.WATCHDOG) -> Status:
    now = now or datetime.now(UTC)
    return CATALOGUE.status(commitment, evidence_of(commitment), now=now, reading=reading)


def sealed(name: str) -> object:
    return values_of(Entry.objects.order_by("place").last())[name]


def test_until_someone_answers_nothing_is_known(small: Desk) -> None:
    assert evidence_of() == ()
    assert {status(one.id) for one in CATALOGUE.commitments} == {Status.UNKNOWN}


@pytest.mark.parametrize(("met", "then"), [(True, Status.MET), (False, Status.NOT_MET)])
def test_an_answer_says_whether_a_commitment_is_met(small: Desk, met: bool, then: Status) -> None:
    given = answer(small.steward, "H1.3", met=met, note=" Two mornings. ")
    assert status("H1.3") is then
    (evidence,) = evidence_of("H1.3")
    assert evidence == Evidence("learning", Grade.A, met, given.answered_at, evidence.expires_at)


def test_an_answer_answers_no_other_commitment(small: Desk) -> None:
    answer(small.steward, "learning", met=True)
    answered = {one.id for one in CATALOGUE.commitments if status(one.id) is not Status.UNKNOWN}
    assert answered == {"H1.3"}
    assert evidence_of("H1.2", "H3.3") == ()


def test_an_answer_is_an_entry_whose_fields_never_open(small: Desk) -> None:
    before = size()
    answer(small.steward, "learning", met=True, note="Two mornings.")
    assert list(kinds(before)) == [Kind.CONTROL_ANSWERED]
    said = {name: sealed(name) for name in ("control", "status", "note", "through")}
    assert said == {"control": "learning", "status": "met", "note": "Two mornings.", "through": "terminal"}
    assert verify_log().intact


def test_a_yes_counts_until_its_cadence_has_passed(small: Desk) -> None:
    given = answer(small.steward, "learning", met=True)
    expires = datetime.combine(given.expires_on, datetime.min.time(), UTC)
    assert expires.date() - given.answered_at.date() == timedelta(days=182)
    assert status("H1.3", expires - timedelta(seconds=1)) is Status.MET
    assert status("H1.3", expires) is Status.UNKNOWN


def test_before_it_was_given_an_answer_says_nothing(small: Desk) -> None:
    given = answer(small.steward, "learning", met=True)
    assert status("H1.3", given.answered_at - timedelta(seconds=1)) is Status.UNKNOWN


def test_an_answer_replaces_the_one_before_it_and_both_stay_on_record(small: Desk) -> None:
    answer(small.editor, "learning", met=False)
    answer(small.steward, "learning", met=True)
    assert status("H1.3") is Status.MET
    assert Answer.objects.count() == 2


def test_a_word_does_not_meet_what_asks_for_verified_evidence_but_admits_a_failure(small: Desk) -> None:
    answer(small.steward, "H2.2", met=True)
    assert sealed("status") == "unknown"
    assert status("H2.2") is Status.UNKNOWN
    answer(small.steward, "H2.2", met=False)
    assert status("H2.2") is Status.NOT_MET
    answer(small.steward, "H2.2", met=True)
    assert status("H2.2") is Status.UNKNOWN


@pytest.mark.parametrize("met", [True, False])
def test_whoever_watches_a_state_never_meets_its_duty(small: Desk, met: bool) -> None:
    answer(small.steward, "FOC-d", met=met)
    assert sealed("status") == "watched"
    assert status("FOC-d") is Status.WATCHED
    for one in CATALOGUE.questions:
        answer(small.steward, one.id, met=met)
    states = [one.id for one in CATALOGUE.commitments if one.id.startswith("FOC")]
    assert Status.MET not in {status(each) for each in states}


def test_the_same_answer_of_a_public_body_says_whether_it_meets_its_duty(small: Desk) -> None:
    answer(small.steward, "FOC-d", met=True)
    assert status("FOC-d", reading=Reading.DUTY_BEARER) is Status.MET


def test_every_role_that_is_asked_may_answer(small: Desk) -> None:
    assert {one.asked for one in CATALOGUE.questions} <= set(MAY[Action.ANSWER])
    facilitator = Actor(add_person(small.steward, "Fay Facilitator", [Role.FACILITATOR]).id)
    for actor in (small.steward, small.editor, facilitator):
        assert answer(actor, "learning", met=True).person_id == actor.person_id


def test_an_author_may_not_answer(small: Desk) -> None:
    before = size()
    with pytest.raises(NotAllowed) as refusal:
        answer(small.author, "learning", met=True)
    assert "facilitator" in str(refusal.value.remedy)
    assert size() == before


@pytest.mark.parametrize("name", ["H3.1", "data-terms", "quarterly-review", "H9.9"])
def test_what_no_question_is_asked_about_cannot_be_answered(small: Desk, name: str) -> None:
    before = size()
    with pytest.raises(NotFound):
        answer(small.steward, name, met=True)
    assert size() == before


def test_an_answer_stays_as_it_was_given(small: Desk) -> None:
    given = answer(small.steward, "learning", met=False)
    given.met = True
    with pytest.raises(NotRecorded):
        given.save()
    assert Answer.objects.get().met is False


@pytest.mark.parametrize(
    "wrong", [{"question": ""}, {"commitment": ""}, {"expires_on": datetime.now(UTC).date()}]
)
def test_the_database_takes_no_answer_to_nothing_and_none_without_an_end(small: Desk, wrong: dict) -> None:
    said = {"question": "learning", "commitment": "H1.3", "met": True, "person_id": small.steward.person_id}

    def decide(r):
        expires = r.now.date() + timedelta(days=1)
        r.add(Answer(**{**said, "answered_at": r.now, "expires_on": expires, **wrong}))
        return {"control": "learning", "status": "met", "note": "", "through": "terminal"}

    with pytest.raises(IntegrityError):
        record(Kind.CONTROL_ANSWERED, actor=small.steward.person_id, decide=decide)
    assert not Answer.objects.exists()
