"""What is erased by itself: nothing, until a steward says after how long."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.retention import planted
from tests.retention.planted import round_at

from masthead.errors import NotAllowed, Refused
from masthead.newsroom.accounts.commands import set_end
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items.commands import newest
from masthead.newsroom.items.erased import GONE, is_erased
from masthead.newsroom.remedies.commands import close
from masthead.newsroom.remedies.words import Closing
from masthead.newsroom.retention.schedule import in_force, standing
from masthead.newsroom.retention.setting import set_schedule
from masthead.newsroom.retention.words import Ground, Kept

NOW = datetime.now(UTC)
RULE = "Our rule, adopted in March."


def in_days(days: int) -> datetime:
    return NOW + timedelta(days=days)


def test_nothing_is_erased_until_somebody_said_after_how_long(small):
    planted.draft(small, planted.Words())
    assert [each.days for each in standing()] == [None] * len(Kept)
    assert round_at(in_days(40_000)) == 0


def test_a_draft_goes_when_its_time_is_over_and_no_sooner(small):
    item = planted.draft(small, planted.Words())
    set_schedule(small.steward, Kept.DRAFTS, 30, RULE)
    assert round_at(in_days(29)) == 0
    assert round_at(in_days(31)) == 1
    assert is_erased(newest(item).sha256)
    entry = Entry.objects.filter(kind=Kind.DATA_ERASED).get()
    said = values_of(entry)
    assert (entry.actor, said["ground"], said["through"]) == (None, Ground.SCHEDULE, "clock")
    assert round_at(in_days(32)) == 0
    assert verify_log().intact


def test_what_is_out_stays_whatever_the_schedule(small):
    for kept in Kept:
        set_schedule(small.steward, kept, 1, RULE)
    item = planted.leaver(small).items[0]
    round_at(in_days(4000))
    assert not is_erased(newest(item).sha256)


def test_a_question_goes_after_its_end_and_a_person_after_their_last_day(small):
    gone = planted.leaver(small)
    words = planted.Words()
    asked = planted.question(small, gone.items[0], words)
    for kept in (Kept.QUESTIONS, Kept.PEOPLE):
        set_schedule(small.steward, kept, 90, RULE)
    assert round_at(in_days(100)) == 0  # it waits for an answer, and they have no last day
    close(small.other_editor, asked, Closing.ABUSE)
    set_end(small.steward, Person.objects.get(pk=gone.person.pk), NOW.date())
    assert round_at(in_days(89)) == 0
    assert round_at(in_days(92)) == 2
    asked.refresh_from_db()
    assert asked.text == GONE
    assert Person.objects.get(pk=gone.person.pk).erased_on is not None
    assert verify_log().intact


def test_a_withdrawn_item_goes_after_its_withdrawal(small):
    item = planted.withdrawn(small, planted.Words())
    set_schedule(small.steward, Kept.WITHDRAWN, 10, RULE)
    assert round_at(in_days(9)) == 0
    assert round_at(in_days(11)) == 1
    assert is_erased(newest(item).sha256)


def test_the_newest_schedule_counts(small):
    set_schedule(small.steward, Kept.DRAFTS, 30, RULE)
    set_schedule(small.steward, Kept.DRAFTS, None, "We keep them after all.")
    assert in_force()[Kept.DRAFTS].days is None
    planted.draft(small, planted.Words())
    assert round_at(in_days(4000)) == 0


def test_it_is_said_what_is_due_and_when_the_next_is(small):
    planted.draft(small, planted.Words())
    set_schedule(small.steward, Kept.DRAFTS, 30, RULE)
    at = {each.kept: each for each in standing(in_days(3))}[Kept.DRAFTS]
    assert (at.due, at.held) == (0, 0)
    assert at.next_on is not None
    assert abs((at.next_on - in_days(30).date()).days) <= 1
    at = {each.kept: each for each in standing(in_days(31))}[Kept.DRAFTS]
    assert (at.due, at.next_on) == (1, None)


def test_a_steward_sets_it_and_says_why(small):
    with pytest.raises(NotAllowed):
        set_schedule(small.editor, Kept.DRAFTS, 30, RULE)
    with pytest.raises(Refused, match="why"):
        set_schedule(small.steward, Kept.DRAFTS, 30, "")
    for days in (0, -1, 40_000):
        with pytest.raises(Refused):
            set_schedule(small.steward, Kept.DRAFTS, days, RULE)
