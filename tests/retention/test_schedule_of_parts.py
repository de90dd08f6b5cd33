"""The schedules for what is out: its sources, and its old drafts; and what waits though its time is over."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from tests.newsroom.desk import text, use
from tests.retention import planted
from tests.retention.planted import round_at
from tests.retention.test_erase_part import OF_DRAFTS, OF_SOURCES, pages, through_the_gate, went_out
from tests.retention.traces import traces

from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items import commands as items
from masthead.newsroom.items.erased import is_erased
from masthead.newsroom.items.models import Source
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.remedies import commands as remedies
from masthead.newsroom.remedies.words import Closing
from masthead.newsroom.retention.due import PART_OF
from masthead.newsroom.retention.schedule import Standing, standing
from masthead.newsroom.retention.setting import lift_hold, set_hold, set_schedule
from masthead.newsroom.retention.subjects import item_of
from masthead.newsroom.retention.words import Ground, Kept
from masthead.newsroom.review import commands as review

NOW = datetime.now(UTC)
RULE = "Our rule, adopted in March."
WORDS = {Kept.SOURCES: OF_SOURCES, Kept.OLD_DRAFTS: OF_DRAFTS}
each_kind = pytest.mark.parametrize("kept", PART_OF)


def in_days(days: float) -> datetime:
    return NOW + timedelta(days=days)


def at(kept: Kept, days: float) -> Standing:
    return {each.kept: each for each in standing(in_days(days))}[kept]


def out(small):
    """One that is out and of which nothing is left to be done."""
    made = went_out(small)
    public.sign_off(small.other_editor, items.newest(made.item))
    return made


@each_kind
def test_it_goes_when_its_time_is_over_and_what_readers_have_stays(small, kept):
    made = out(small)
    before = pages(made.item)
    set_schedule(small.steward, kept, 30, RULE)
    assert at(kept, 3).next_on is not None
    assert round_at(in_days(29)) == 0
    assert at(kept, 31).due == 1
    assert round_at(in_days(31)) == 1
    assert traces(small.home, *WORDS[kept]) == []
    said = values_of(Entry.objects.get(kind=Kind.PART_ERASED))
    assert (said["item"], said["part"]) == (made.item.public_id, PART_OF[kept].value)
    assert (said["actor"], said["ground"], said["through"]) == (None, Ground.SCHEDULE.value, "clock")
    assert pages(made.item) == before
    assert verify_log().intact
    assert (at(kept, 32).due, round_at(in_days(32))) == (0, 0)


@each_kind
def test_the_round_says_what_went_what_stays_and_on_what_ground(small, kept, caplog):
    made = out(small)
    set_schedule(small.steward, kept, 30, RULE)
    with caplog.at_level(logging.INFO, "masthead.newsroom.retention"):
        assert round_at(in_days(31)) == 1
    told = caplog.text
    assert f"item ({PART_OF[kept].value})" in told
    assert "ground: schedule" in told
    assert "went: " in told
    assert "ground: freedom of expression" in told
    assert not [word for word in (*OF_SOURCES, *OF_DRAFTS, made.item.public_id) if word in told]


@each_kind
def test_a_hold_suspends_it(small, kept):
    made = out(small)
    set_schedule(small.steward, kept, 30, RULE)
    hold = set_hold(small.editor, item_of(made.item.public_id), "A claim.")
    assert round_at(in_days(31)) == 0
    assert (at(kept, 31).due, at(kept, 31).held) == (1, 1)
    lift_hold(small.steward, hold, "Settled.")
    assert round_at(in_days(32)) == 1


@each_kind
def test_a_correction_begins_it_anew(small, kept):
    made = out(small)
    set_schedule(small.steward, kept, 30, RULE)
    began = at(kept, 1).next_on
    mended = text("The quay was loud at dawn.")
    public.correct(
        small.editor, made.item, mended, "At dawn.", uses=(use(),), sources=(text("It was at dawn."),),
        folder=site_folder(made.item),
    )  # fmt: skip
    review.sign_off(small.other_editor, items.newest(made.item))
    assert at(kept, 1).next_on >= began
    assert round_at(in_days(29)) == 0
    assert round_at(in_days(31)) == 1


@each_kind
def test_it_waits_while_somebody_is_at_work_on_it(small, kept):
    """A newer version is in hand: its sources, and the drafts that it came from."""
    made = out(small)
    set_schedule(small.steward, kept, 30, RULE)
    version = items.add_version(small.author, items.newest(made.item), text("The quay was loud again."))
    assert round_at(in_days(400)) == 0
    assert (at(kept, 400).due, at(kept, 400).at_work) == (0, 1)
    through_the_gate(small, made.item)
    public.publish(small.editor, version, site_folder(made.item))
    assert round_at(in_days(400)) == 1


@each_kind
def test_it_waits_for_the_answer_to_a_question(small, kept):
    made = out(small)
    asked = planted.question(small, made.item, planted.Words())
    set_schedule(small.steward, kept, 30, RULE)
    assert round_at(in_days(400)) == 0
    assert at(kept, 400).at_work == 1
    remedies.close(small.other_editor, asked, Closing.ABUSE)
    assert round_at(in_days(400)) == 1


@each_kind
def test_it_waits_for_the_sign_off_of_a_correction(small, kept):
    made = went_out(small)
    set_schedule(small.steward, kept, 30, RULE)
    assert round_at(in_days(400)) == 0
    assert at(kept, 400).at_work == 1
    review.sign_off(small.other_editor, items.newest(made.item))
    assert round_at(in_days(400)) == 1


@each_kind
def test_what_is_not_out_is_no_business_of_it(small, kept):
    planted.draft(small, planted.Words())
    other = planted.Words(story="Another story of 1987.", label="other.md", external="cms-other")
    planted.withdrawn(small, other)
    set_schedule(small.steward, kept, 1, RULE)
    assert round_at(in_days(4000)) == 0
    assert (at(kept, 4000).due, at(kept, 4000).at_work) == (0, 0)


def test_each_takes_its_own_and_nothing_of_the_other(small):
    made = out(small)
    set_schedule(small.steward, Kept.OLD_DRAFTS, 30, RULE)
    assert round_at(in_days(31)) == 1
    assert Source.objects.filter(version=items.newest(made.item)).first() is None or not any(
        source.erased for source in items.newest(made.item).sources.all()
    )
    set_schedule(small.steward, Kept.SOURCES, 30, RULE)
    assert round_at(in_days(31)) == 1
    assert round_at(in_days(33)) == 0
    assert verify_log().intact


def test_a_draft_that_is_the_same_as_what_went_out_is_never_due(small):
    """The words went back to what they had been before; what is alone of its kind goes."""
    version = items.add_item(small.author, text("The river rose."), title="River", language="en")
    between = items.add_version(small.author, version, text("The river fell."))
    again = items.add_version(small.author, between, text("The river rose."))
    review.run_checks(small.author, again)
    review.sign_off(small.editor, again)
    public.publish(small.editor, again, site_folder(again.item))
    set_schedule(small.steward, Kept.OLD_DRAFTS, 1, RULE)
    assert round_at(in_days(40)) == 1
    erased = [is_erased(each.sha256) for each in again.item.versions.order_by("number")]
    assert erased == [False, True, False]
    assert at(Kept.OLD_DRAFTS, 40).due == 0
