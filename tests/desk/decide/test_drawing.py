"""The score: each step has its place, none on another, from right to left as well."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from masthead.desk.decide.drawing import MACHINES, MARGIN, MOST, PEOPLE, ROW, grouped, sheet
from masthead.desk.decide.steps import Step
from masthead.language import Message
from masthead.newsroom.public.page import Who

START = datetime(2026, 11, 1, tzinfo=UTC)
kinds = st.tuples(st.sampled_from(Who), st.booleans(), st.integers(0, 3), st.integers(0, 60))


@st.composite
def stories(draw: st.DrawFn, most: int = 60) -> list[Step]:
    at, steps = START, []
    for who, out, what, hours in draw(st.lists(kinds, max_size=most)):
        at += timedelta(hours=hours)
        said = Message(("Handed in.", "Looked.", "Signed.", "Out.")[what])
        steps.append(Step(who, Message("Author"), at, said, out=out))
    return steps


@given(stories(), st.integers(1, 24), st.booleans())
def test_every_step_has_a_place_of_its_own_on_the_sheet(steps: list[Step], columns: int, rtl: bool) -> None:
    drawn = sheet(steps, columns, rtl=rtl)
    places = {(mark.x, mark.y) for mark in drawn.marks}
    assert len(places) == len(drawn.marks) == len(steps)
    assert all(MARGIN <= x <= drawn.width - MARGIN and 0 < y < drawn.height for x, y in places)
    assert [mark.machine for mark in drawn.marks] == [step.machine for step in steps]
    assert {mark.y % ROW for mark in drawn.marks} <= {PEOPLE, MACHINES}


@given(stories())
def test_from_right_to_left_is_the_mirror(steps: list[Step]) -> None:
    left, right = sheet(steps, 6), sheet(steps, 6, rtl=True)
    assert [left.width - mark.x for mark in left.marks] == [mark.x for mark in right.marks]


@given(stories(most=400), st.integers(1, 40))
def test_many_steps_are_drawn_together_and_none_is_left_out(steps: list[Step], most: int) -> None:
    groups = grouped(steps, most)
    assert len(groups) <= max(most, 0) or len(steps) <= most
    numbers = [number for first, last, _ in groups for number in range(first, last + 1)]
    assert numbers == list(range(1, len(steps) + 1))


def test_a_hundred_steps_stand_one_by_one() -> None:
    steps = [Step(Who.PERSON, Message("Author"), START, Message("Handed in.")) for _ in range(MOST)]
    assert len(sheet(steps, 24).marks) == MOST
