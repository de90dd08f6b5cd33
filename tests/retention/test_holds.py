"""A legal hold stands against every erasure of what it covers, and says by whom and why."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.newsroom.desk import Desk
from tests.retention import planted
from tests.retention.planted import round_at

from masthead.errors import NotAllowed, NotFound, Refused
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items.models import Version
from masthead.newsroom.remedies import reach
from masthead.newsroom.remedies.commands import close
from masthead.newsroom.remedies.words import Closing
from masthead.newsroom.retention import commands
from masthead.newsroom.retention.holding import Held, open_holds
from masthead.newsroom.retention.models import Hold
from masthead.newsroom.retention.schedule import go_round
from masthead.newsroom.retention.setting import hold_called, lift_hold, set_hold, set_schedule
from masthead.newsroom.retention.subjects import EVERYTHING, Subject, item_of, person_called, question_of
from masthead.newsroom.retention.words import Ground, Kept, On

WHY = "The court asked for it."
LATER = datetime.now(UTC) + timedelta(days=4000)


def erase(desk: Desk, subject: Subject):
    return commands.erase(desk.steward, subject, Ground.OBJECTED)


@pytest.fixture
def work(small):
    """Somebody who left, what they published, a question about it, and a draft of somebody else's."""
    gone = planted.leaver(small)
    out = gone.items[0]
    asked = planted.question(small, out, planted.Words())
    draft = planted.draft(small, planted.Words())
    return {
        "person": person_called(planted.NAME),
        "out": item_of(out.public_id),
        "question": question_of(asked.public_id),
        "draft": item_of(draft.public_id),
        "author": person_called("Ann Author"),
    }


COVERED = {
    "person": {"person", "question"},
    "out": {"person", "question"},
    "question": {"person", "question"},
    "draft": {"draft"},
    "author": {"draft", "person", "question"},
    "everything": {"person", "question", "draft"},
}
"""What of what can be erased each hold covers. `author` wrote the draft, and what the leaver signed off."""


@pytest.mark.parametrize("on", ["person", "out", "question", "draft", "everything"])
def test_a_hold_covers_what_hangs_together(small, work, on):
    set_hold(small.steward, work.get(on, EVERYTHING), WHY)
    for name in ("question", "draft", "person"):
        if name in COVERED[on]:
            with pytest.raises(Held):
                erase(small, work[name])
            seen = commands.look(small.steward, work[name], Ground.OBJECTED)
            assert str(seen.first).startswith("A legal hold stands against it")
            assert seen.removed
        else:
            assert erase(small, work[name]).place is not None
    assert verify_log().intact


@pytest.mark.parametrize("name", ["question", "draft", "person"])
def test_one_that_is_set_after_the_look_stands_against_the_deed(small, work, name):
    assert commands.look(small.steward, work[name], Ground.OBJECTED).removed
    set_hold(small.editor, work[name], WHY)
    with pytest.raises(Held):
        erase(small, work[name])


def test_a_name_in_words_about_what_is_held_stays(small, work):
    """The question names the leaver, and so do notes; none of it changes while the item is held."""
    set_hold(small.steward, work["out"], WHY)
    before = Entry.objects.count()
    with pytest.raises(Held):
        erase(small, work["person"])
    assert Entry.objects.count() == before


def test_a_lifted_hold_stands_against_nothing(small, work):
    hold = set_hold(small.steward, work["draft"], WHY)
    lift_hold(small.steward, hold, "The case is closed.")
    assert erase(small, work["draft"]).place is not None
    assert open_holds() == []


def test_two_holds_are_both_to_be_lifted(small, work):
    first = set_hold(small.steward, work["draft"], WHY)
    set_hold(small.editor, EVERYTHING, WHY)
    lift_hold(small.steward, first, "Done.")
    with pytest.raises(Held):
        erase(small, work["draft"])


def test_the_refusal_says_when_and_in_which_role_it_was_set(small, work):
    set_hold(small.editor, work["draft"], WHY)
    with pytest.raises(Held, match=r"editor.*masthead data holds"):
        erase(small, work["draft"])


def test_who_and_why_are_on_record(small, work):
    hold = set_hold(small.editor, work["draft"], WHY)
    entry = Entry.objects.order_by("-place")[0]
    assert (entry.kind, entry.actor) == (Kind.HOLD_SET, small.editor.person_id)
    assert values_of(entry)["reason"] == WHY
    lift_hold(small.steward, hold, "The case is closed.")
    entry = Entry.objects.order_by("-place")[0]
    assert (entry.kind, values_of(entry)["reason"]) == (Kind.HOLD_LIFTED, "The case is closed.")
    assert verify_log().intact


def test_many_may_hold_and_few_may_let_go(small, work):
    with pytest.raises(NotAllowed):
        set_hold(small.author, work["draft"], WHY)
    hold = set_hold(small.editor, work["draft"], WHY)
    with pytest.raises(NotAllowed):
        lift_hold(small.editor, hold, WHY)
    with pytest.raises(Refused, match="why"):
        lift_hold(small.steward, hold, "  ")


def test_a_hold_is_lifted_once_and_found_by_its_id(small, work):
    hold = set_hold(small.editor, work["draft"], WHY)
    assert hold_called(str(hold.pk)[-8:]) == hold
    lift_hold(small.steward, hold, WHY)
    with pytest.raises(Refused):
        lift_hold(small.steward, hold, WHY)
    with pytest.raises(NotFound):
        hold_called(str(hold.pk))


def test_the_clock_erases_nothing_that_is_held(small, work):
    for kept in Kept:
        set_schedule(small.steward, kept, 1, "Our rule.")
    hold = set_hold(small.steward, EVERYTHING, WHY)
    size = Entry.objects.count()
    assert round_at(LATER) == 0
    assert Entry.objects.count() == size
    lift_hold(small.steward, hold, "The case is closed.")
    assert round_at(LATER) > 0
    assert verify_log().intact


def test_a_hold_on_nothing_named_or_on_two_things_cannot_be_stored(small, work):
    good = set_hold(small.steward, work["draft"], WHY)
    for wrong in ({"item": None}, {"person": small.author.person_id}, {"on": On.EVERYTHING.value}):
        with pytest.raises(IntegrityError), lifted(), transaction.atomic():
            Hold.objects.filter(pk=good.pk).update(**wrong)
    assert Version.objects.exists()


def test_how_to_reach_who_asked_stays_while_it_is_held(small, work):
    question = work["question"].question()
    hold = set_hold(small.steward, work["question"], WHY)
    close(small.other_editor, question, Closing.ABUSE)
    round_at(LATER)
    assert reach.opened(question) == planted.Words().reach
    lift_hold(small.steward, hold, "The case is closed.")
    go_round()
    assert reach.opened(question) == ""
