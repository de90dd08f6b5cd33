"""A round of the clock that is disturbed: what it found due is looked at again when it goes."""

import logging
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.newsroom import killed
from tests.newsroom.at_once import at_once
from tests.newsroom.desk import text
from tests.newsroom.recorded import recorded_as
from tests.retention import planted
from tests.retention.planted import round_at
from tests.retention.test_erase_part import out_of
from tests.retention.traces import traces

from masthead import clock
from masthead.errors import Refused
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.kinds import ERASING
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items import blobs
from masthead.newsroom.items import commands as items
from masthead.newsroom.items.erased import is_erased
from masthead.newsroom.items.given import Given
from masthead.newsroom.items.models import Source
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.remedies import commands as remedies
from masthead.newsroom.retention.holding import open_holds
from masthead.newsroom.retention.models import Remains
from masthead.newsroom.retention.schedule import go_round, standing
from masthead.newsroom.retention.setting import lift_hold, set_hold, set_schedule
from masthead.newsroom.retention.subjects import item_of
from masthead.newsroom.retention.words import Kept
from masthead.newsroom.review import commands as review
from masthead.newsroom.review.models import Publication, Withdrawal

NOW = datetime.now(UTC)
LATER = NOW + timedelta(days=31)
RULE = "Our rule, adopted in March."


def entries() -> list[Entry]:
    return list(Entry.objects.filter(kind__in=ERASING).order_by("place"))


def story(desk, number: int, *sources: str):
    """One that went out with these sources, and of which nothing is left to be done."""
    given = [Given(f"notes-{number}.md", each.encode()) for each in sources]
    version = items.add_item(
        desk.author, text(f"The river rose {number} times."), sources=given, title="River", language="en"
    )
    items.add_version(desk.author, version, text(f"The river rose {number} times, they say."))
    return out_of(desk, version.item)


@contextmanager
def after_the_first(do):
    """Do something once, when a round has erased the first thing of what it found due."""

    class Then(logging.Handler):
        done = False

        def emit(self, record):
            if not self.done and record.getMessage().startswith("erased by the clock"):
                self.done = True
                do()

    logger, then = logging.getLogger("masthead.newsroom.retention.schedule"), Then()
    level = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(then)
    try:
        yield
    finally:
        logger.removeHandler(then)
        logger.setLevel(level)
    assert then.done


def two(small):
    return [story(small, number, f"It rose {number} times.") for number in (1, 2)]


def newer(small, item):
    items.add_version(small.author, items.newest(item), text("The river rose at night."))


def asked(small, item):
    remedies.ask(item, "Who says so?", language="en")


def held(small, item):
    set_hold(small.editor, item_of(item.public_id), "A letter came.")


def never(small, item):
    set_schedule(small.steward, Kept.SOURCES, None, "We keep them after all.")


@pytest.mark.parametrize("meanwhile", [newer, asked, held, never])
def test_what_happened_since_the_round_began_counts(small, meanwhile):
    first, second = two(small)
    set_schedule(small.steward, Kept.SOURCES, 30, RULE)
    with after_the_first(lambda: meanwhile(small, second)):
        assert round_at(LATER) == 1
    assert [values_of(each)["item"] for each in entries()] == [first.public_id]
    assert not any(row.erased for row in Source.objects.filter(version__item=second))
    assert verify_log().intact


def test_a_draft_that_is_taken_up_while_the_round_is_on_stays(small):
    first, second = (
        items.add_item(small.author, text(f"Draft {number}."), title="Draft", language="en").item
        for number in (1, 2)
    )
    set_schedule(small.steward, Kept.DRAFTS, 30, RULE)
    later = datetime.now(UTC) + timedelta(days=31)
    moment = later + timedelta(seconds=1)

    def taken_up():
        version = items.add_version(small.author, items.newest(second), text("Draft 2, mended."))
        with lifted():
            Entry.objects.filter(pk=version.entry_id).update(recorded_at=later)

    with after_the_first(taken_up):
        assert round_at(moment) == 1
    assert is_erased(items.newest(first).sha256)
    assert not is_erased(items.newest(second).sha256)


def test_what_a_clock_that_had_been_set_back_dated_is_as_old_as_what_was_recorded_before_it(small):
    """It went out yesterday, by a clock that stood years back."""
    made, gone = story(small, 1, "It rose once."), planted.withdrawn(small, planted.Words())
    long_ago = NOW - timedelta(days=4000)
    recorded_as(Publication.objects.all(), published_at=long_ago)
    recorded_as(Withdrawal.objects.all(), withdrawn_at=long_ago)
    for kept in (Kept.SOURCES, Kept.OLD_DRAFTS, Kept.WITHDRAWN):
        set_schedule(small.steward, kept, 30, RULE)
    assert round_at(NOW + timedelta(days=1)) == 0
    assert not is_erased(items.newest(gone).sha256)
    assert not any(row.erased for row in Source.objects.filter(version__item=made))
    assert round_at(LATER) == 3


def test_a_clock_set_back_before_a_round_erases_nothing_early_and_nothing_twice(small):
    story(small, 1, "It rose once.")
    set_schedule(small.steward, Kept.SOURCES, 30, RULE)
    assert go_round(NOW - timedelta(days=4000)) == 0
    assert go_round(LATER) == 0  # far past the last round: a person is to look at the clock
    assert round_at(LATER) == 1
    assert go_round(NOW - timedelta(days=4000)) == 0
    assert round_at(LATER) == 0
    assert len(entries()) == 1


def test_the_same_round_twice_at_once_erases_each_once(small):
    made = [story(small, number, f"It rose {number} times.") for number in range(3)]
    set_schedule(small.steward, Kept.SOURCES, 30, RULE)
    set_schedule(small.steward, Kept.OLD_DRAFTS, 30, RULE)
    round_at(NOW)
    outcomes = at_once(*[lambda: round_at(LATER)] * 2)
    round_at(LATER)
    found = sorted((values_of(each)["item"], values_of(each)["part"]) for each in entries())
    assert found == sorted((each.public_id, part) for each in made for part in ("sources", "drafts")), (
        outcomes
    )
    assert not Remains.objects.exists()
    assert verify_log().intact


def rounds(actor, version, folder, words):
    round_at(LATER)


def test_a_round_that_is_killed_is_finished_by_the_next(small):
    words = [f"Nightjarwitness counted to {each}." for each in ("umbrabird", "quayside")]
    made = [story(small, number, each) for number, each in enumerate(words)]
    set_schedule(small.steward, Kept.SOURCES, 30, RULE)
    version = items.newest(made[0])
    looked_for = ("umbrabird", "quayside", "notes-0", "notes-1")
    before = 0
    for kill_at in (3, 9, 15, 21, 27, 40):
        killed.run(rounds, small.steward, version, small.home, kill_at=kill_at)
        assert verify_log().intact, kill_at
        assert before <= len(entries()) <= len(made)
        before = len(entries())
    round_at(LATER)
    assert len(entries()) == len(made)
    assert traces(small.home, *looked_for) == []
    assert not Remains.objects.exists()
    assert verify_log().intact


def test_a_file_goes_with_the_last_that_needs_it(small):
    """A source of two items, of two versions of one, and the text of a third."""
    shared = "The river rose at night, says the log of the lock."
    first, second = story(small, 1, shared, "Other notes."), story(small, 2, shared)
    draft = items.add_item(small.author, text(shared), title="Lock", language="en")
    digest = Source.objects.filter(version__item=second).first().sha256
    path = blobs.path_of(digest)
    set_schedule(small.steward, Kept.SOURCES, 30, RULE)
    with after_the_first(lambda: [path.stat(), held(small, second)]):
        assert round_at(LATER) == 1
    assert all(row.erased for row in Source.objects.filter(version__item=first))
    assert items.document_of(items.newest(second).sources.get())
    assert items.document_of(draft)
    (hold,) = open_holds()
    lift_hold(small.steward, hold, "Settled.")
    assert round_at(NOW + timedelta(days=32)) == 1
    assert items.document_of(draft)
    set_schedule(small.steward, Kept.DRAFTS, 1, RULE)
    assert round_at(NOW + timedelta(days=32)) == 1
    assert not path.exists()


def test_a_source_that_what_went_out_has_too_stays_when_old_drafts_go(small):
    made = story(small, 1, "It rose once.")
    carried = items.newest(made).sources.get()
    set_schedule(small.steward, Kept.OLD_DRAFTS, 30, RULE)
    assert round_at(LATER) == 1
    assert items.document_of(carried)


def test_what_was_withdrawn_does_not_go_out_again_and_is_no_longer_what_is_out(small):
    made = story(small, 1, "It rose once.")
    set_schedule(small.steward, Kept.SOURCES, 30, RULE)
    public.withdraw(small.editor, made, "It was not so.", site_folder(made))
    assert round_at(LATER) == 0
    public.publish(small.editor, items.newest(made), site_folder(made))  # its page is written again
    assert round_at(LATER) == 0
    again = items.add_version(small.author, items.newest(made), text("The river rose after all."))
    review.run_checks(small.author, again)
    with pytest.raises(Refused):
        public.publish(small.editor, again, site_folder(made))
    assert not any(row.erased for row in Source.objects.filter(version__item=made))


@pytest.mark.parametrize(
    ("last", "days"),
    [(date(2026, 10, 21), 7), (date(2027, 3, 25), 7), (date(2028, 2, 29), 365), (date(2028, 2, 28), 1)],
)
def test_a_person_goes_on_the_day_that_was_foretold_whatever_the_hour(small, last, days):
    """Summer time ends on 25 October 2026 and begins on 28 March 2027; 2028 is a leap year."""
    person = add_person(small.steward, "Noor Quill", [])
    recorded_as(Person.objects.filter(pk=person.pk), ends_on=last)
    set_schedule(small.steward, Kept.PEOPLE, days, RULE)
    with clock.using("Europe/Berlin"):
        first = last + timedelta(days=days + 1)
        foretold = {each.kept: each for each in standing(clock.begins(last))}[Kept.PEOPLE].next_on
        assert foretold == first
        assert round_at(clock.begins(first) - timedelta(minutes=1)) == 0
        assert round_at(clock.begins(first)) == 1
