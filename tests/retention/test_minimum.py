"""For how long a law asks that something be kept, as a steward has stated it: nothing goes sooner."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.newsroom.logins import client_of
from tests.retention import planted
from tests.retention.planted import round_at
from tests.retention.test_erase_part import went_out

from masthead.clock import day_of
from masthead.errors import NotAllowed, Refused
from masthead.labels.dates import spoken_utc
from masthead.newsroom.accounts.commands import set_end
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items.commands import newest
from masthead.newsroom.items.erased import is_erased
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.remedies import commands as remedies
from masthead.newsroom.remedies.words import Closing
from masthead.newsroom.retention import commands
from masthead.newsroom.retention.due import PART_OF
from masthead.newsroom.retention.holding import Held
from masthead.newsroom.retention.schedule import in_force, standing
from masthead.newsroom.retention.setting import set_hold, set_schedule, state_minimum
from masthead.newsroom.retention.subjects import Subject, item_of, person_called, question_of
from masthead.newsroom.retention.words import Ground, Kept, On, Part
from masthead.newsroom.review.models import Withdrawal

LAW = "The archives act, § 7"
RULE = "Our rule, adopted in March."
NOW = datetime.now(UTC)


def in_days(days: int) -> datetime:
    return NOW + timedelta(days=days)


def refused(small, subject: Subject) -> tuple[str, list[dict]]:
    """What a look says that stands against it, and the grounds; the deed is refused in these words."""
    seen = commands.look(small.steward, subject, Ground.OBJECTED).to_json()
    assert seen["removed"]
    size = Entry.objects.count()
    with pytest.raises(Refused) as caught:
        commands.erase(small.steward, subject, Ground.OBJECTED)
    assert seen["first"] == f"{caught.value.what} {caught.value.remedy}"
    assert Entry.objects.count() == size
    return seen["first"], [each for each in seen["kept"] if each["ground"] == "legal minimum"]


def test_no_schedule_is_set_below_it_and_it_is_said_which_law(small):
    state_minimum(small.steward, Kept.DRAFTS, 60, LAW)
    with pytest.raises(Refused) as caught:
        set_schedule(small.steward, Kept.DRAFTS, 59, RULE)
    said = str(caught.value.what)
    assert said == f"That is shorter than the legal minimum on record, 60 days: {LAW}"
    page = client_of(small.steward).post("/desk/data/keep/drafts/", {"days": "59", "reason": RULE})
    assert said in page.content.decode()
    assert in_force()[Kept.DRAFTS] is None
    for days in (60, 61, None):
        assert set_schedule(small.steward, Kept.DRAFTS, days, RULE).days == days


def test_one_that_is_stated_later_counts_at_once(small):
    item = planted.draft(small, planted.Words())
    set_schedule(small.steward, Kept.DRAFTS, 30, RULE)
    state_minimum(small.steward, Kept.DRAFTS, 60, LAW)
    at = {each.kept: each for each in standing(in_days(31))}[Kept.DRAFTS]
    assert (at.days, at.due, at.minimum.reason) == (60, 0, LAW)
    assert round_at(in_days(59)) == 0
    assert not is_erased(newest(item).sha256)
    state_minimum(small.steward, Kept.DRAFTS, None, "It was repealed.")
    assert round_at(in_days(59)) == 1


def test_a_person_who_asks_is_kept_on_that_ground_until_its_day(small):
    gone = planted.leaver(small)
    state_minimum(small.steward, Kept.PEOPLE, 90, LAW)
    subject = person_called(gone.name)
    said, kept = refused(small, subject)
    assert "its days have not begun" in said
    set_end(small.steward, Person.objects.get(pk=gone.person.pk), NOW.date())
    said, kept = refused(small, subject)
    (ground,) = kept
    assert f"at least 90 days from their last day: {LAW}" in ground["what"]
    assert "GDPR Art. 17(3)(b)" in ground["why"]
    assert str((NOW + timedelta(days=90)).year) in said


def test_a_question_an_item_with_it_and_what_is_out(small):
    out = went_out(small)
    asked = planted.question(small, out.item, planted.Words())
    for kept in (Kept.QUESTIONS, Kept.SOURCES, Kept.OLD_DRAFTS):
        state_minimum(small.steward, kept, 400, LAW)
    assert refused(small, question_of(asked.public_id))[1]
    remedies.close(small.other_editor, asked, Closing.ABUSE)
    for subject in (question_of(asked.public_id), *(item_of(out.item.public_id, part) for part in Part)):
        assert refused(small, subject)[1]
    public.withdraw(small.editor, out.item, "It was not so.", site_folder(out.item))
    _, kept = refused(small, item_of(out.item.public_id))
    assert "from their answer" in kept[0]["what"]


def test_it_does_not_stand_against_a_law_that_asks_for_it(small):
    item = planted.draft(small, planted.Words())
    state_minimum(small.steward, Kept.DRAFTS, 60, LAW)
    assert refused(small, item_of(item.public_id))[1]
    assert refused(small, item_of(item.public_id, Part.SOURCES))[1]
    report = commands.erase(small.steward, item_of(item.public_id), Ground.LEGAL_DUTY)
    assert report.place is not None
    again = commands.look(small.steward, item_of(item.public_id), Ground.OBJECTED)
    assert (again.removed, again.first) == ((), None)
    assert verify_log().intact


def test_a_clock_that_had_been_set_back_does_not_end_it_sooner(small):
    item = planted.withdrawn(small, planted.Words())
    with lifted():
        Withdrawal.objects.update(withdrawn_at=NOW - timedelta(days=4000))
    state_minimum(small.steward, Kept.WITHDRAWN, 60, LAW)
    assert "a clock stood wrong" in refused(small, item_of(item.public_id))[0]


def test_it_is_stated_by_a_steward_with_the_law_and_stays_on_record(small):
    with pytest.raises(NotAllowed):
        state_minimum(small.editor, Kept.DRAFTS, 60, LAW)
    with pytest.raises(Refused):
        state_minimum(small.steward, Kept.DRAFTS, 60, " ")
    with pytest.raises(Refused):
        state_minimum(small.steward, Kept.DRAFTS, 0, LAW)
    state_minimum(small.steward, Kept.DRAFTS, 60, LAW)
    said = values_of(Entry.objects.get(kind=Kind.MINIMUM_STATED))
    assert (said["kept"], said["days"], said["reason"], said["role"]) == ("drafts", 60, LAW, "steward")


def test_a_name_in_it_goes_with_the_person(small):
    gone = planted.leaver(small)
    minimum = state_minimum(small.steward, Kept.DRAFTS, 60, f"{LAW}, says {gone.name}")
    commands.erase(small.steward, Subject(On.PERSON, gone.person.pk), Ground.OBJECTED)
    minimum.refresh_from_db()
    assert gone.name not in minimum.reason


def test_the_desk_states_and_shows_it(small):
    client = client_of(small.steward)
    address = "/desk/data/keep/old-drafts/least/"
    assert "ask that it be kept" in client.get(address).content.decode()
    assert client.post(address, {"days": "60", "reason": ""}).status_code == 200
    assert client.post(address, {"days": "60", "reason": LAW}).status_code == 302
    page = client.get("/desk/data/").content.decode()
    assert "A law asks for at least 60 days:" in page
    assert LAW in page
    assert client.get("/desk/data/keep/nothing/least/").status_code == 404


@pytest.mark.parametrize("kept", PART_OF)
def test_it_holds_for_sources_and_drafts_after_the_withdrawal_too(small, kept):
    """As long from when it went out: by nobody's hand, whole or in part, and by no schedule."""
    item = went_out(small).item
    part = item_of(item.public_id, PART_OF[kept])
    state_minimum(small.steward, kept, 4000, LAW)
    state_minimum(small.steward, Kept.WITHDRAWN, 1, LAW)
    set_schedule(small.steward, Kept.WITHDRAWN, 1, RULE)
    public.withdraw(small.editor, item, "It was not so.", site_folder(item))
    until = in_days(4000)
    for subject in (item_of(item.public_id), part):
        said, (ground,) = refused(small, subject)
        assert spoken_utc(until.date()) in said
        assert "at least 4000 days from when the item went out" in ground["what"]
    assert round_at(in_days(40)) == 0
    assert not is_erased(newest(item).sha256)
    state_minimum(small.steward, kept, None, "It was repealed.")
    state_minimum(small.steward, Kept.WITHDRAWN, None, "It was repealed.")
    assert round_at(in_days(40)) == 1
    assert is_erased(newest(item).sha256)


def test_it_does_not_hold_a_withdrawn_item_of_which_no_such_thing_is_left(small):
    item = planted.withdrawn(small, planted.Words())
    commands.erase(small.steward, item_of(item.public_id, Part.SOURCES), Ground.OBJECTED)
    for kept in PART_OF:
        state_minimum(small.steward, kept, 4000, LAW)
    assert commands.erase(small.steward, item_of(item.public_id), Ground.OBJECTED).place is not None


def test_the_one_that_ends_last_is_told(small):
    item = planted.withdrawn(small, planted.Words())
    state_minimum(small.steward, Kept.WITHDRAWN, 60, LAW)
    state_minimum(small.steward, Kept.SOURCES, 4000, "The other act")
    said, (ground,) = refused(small, item_of(item.public_id))
    assert spoken_utc(in_days(4000).date()) in said
    assert "The other act" in ground["what"]


def test_what_it_keeps_is_not_counted_as_due(small):
    """A withdrawn item whose sources a law keeps: its own days are over; it goes on the day of the law."""
    set_schedule(small.steward, Kept.WITHDRAWN, 30, RULE)
    planted.withdrawn(small, planted.Words())
    later = in_days(31)
    before = {each.kept: each for each in standing(later)}[Kept.WITHDRAWN]
    assert (before.due, before.by_law) == (1, 0)
    state_minimum(small.steward, Kept.SOURCES, 4000, LAW)
    at = {each.kept: each for each in standing(later)}[Kept.WITHDRAWN]
    assert (at.due, at.by_law, at.next_on) == (0, 1, day_of(in_days(4000)))
    assert round_at(later) == 0


def test_a_hold_and_a_minimum_are_both_named(small):
    item = planted.draft(small, planted.Words())
    state_minimum(small.steward, Kept.DRAFTS, 60, LAW)
    set_hold(small.steward, item_of(item.public_id), "A court asks.")
    with pytest.raises(Held) as caught:
        commands.erase(small.steward, item_of(item.public_id), Ground.OBJECTED)
    seen = commands.look(small.steward, item_of(item.public_id), Ground.OBJECTED)
    for said in (str(caught.value), str(seen.first)):
        assert "A legal hold stands against it" in said
        assert "A legal minimum stands against it until" in said
        assert "a steward can lift it" in said
        assert "a steward can change the minimum" in said


def test_who_works_here_hears_of_the_minimum_too(small):
    state_minimum(small.steward, Kept.PEOPLE, 60, LAW)
    said, _ = refused(small, person_called("Ed Editor"))
    assert "The person to be erased still works here." in said
    assert "A legal minimum stands against it" in said
