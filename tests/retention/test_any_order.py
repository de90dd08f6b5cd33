"""In whatever order things are held, let go, scheduled and erased: nothing goes that a hold covers."""

from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.newsroom.desk import Desk, letters
from tests.retention import planted
from tests.retention.planted import round_at

from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items.commands import newest
from masthead.newsroom.items.erased import GONE, is_erased
from masthead.newsroom.items.models import Item
from masthead.newsroom.remedies.models import Question
from masthead.newsroom.retention import commands
from masthead.newsroom.retention.holding import Held, open_holds
from masthead.newsroom.retention.models import Hold
from masthead.newsroom.retention.setting import lift_hold, set_hold, set_schedule
from masthead.newsroom.retention.subjects import EVERYTHING, Subject
from masthead.newsroom.retention.words import Ground, Kept, On

LATER = datetime.now(UTC) + timedelta(days=4000)
NAMES = ("person", "out", "question", "draft", "everything")
TOGETHER = {
    "person": {"person", "question"},
    "out": {"person", "question"},
    "question": {"person", "question"},
    "draft": {"draft"},
    "everything": {"person", "question", "draft"},
}
"""What of what can go each hold covers, said a second time and by hand."""
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("hold"), st.sampled_from(NAMES)),
        st.tuples(st.just("lift"), st.integers(0, 3)),
        st.tuples(st.just("erase"), st.sampled_from(("person", "question", "draft"))),
        st.tuples(st.just("set"), st.sampled_from([*Kept])),
        st.tuples(st.just("round"), st.just(0)),
    ),
    min_size=3,
    max_size=8,
)
numbers = count()


def gone(subject: Subject) -> bool:
    if subject.on is On.PERSON:
        return Person.objects.get(pk=subject.id).erased_on is not None
    if subject.on is On.QUESTION:
        return Question.objects.get(pk=subject.id).text == GONE
    return is_erased(newest(Item.objects.get(pk=subject.id)).sha256)


class History:
    """What was done so far, and what is held by it."""

    def __init__(self, desk: Desk) -> None:
        name = letters(next(numbers))
        leaver = planted.leaver(desk, f"Zebedee {name.title()}")
        question = planted.question(desk, leaver.items[0], planted.Words())
        draft = planted.draft(
            desk, planted.Words(story=f"Marigoldstreet has words of {name}.", external=f"cms-{name}")
        )
        self.desk = desk
        self.held: list[tuple[str, Hold]] = []
        self.subjects = {
            "person": Subject(On.PERSON, leaver.person.pk),
            "out": Subject(On.ITEM, leaver.items[0].pk),
            "question": Subject(On.QUESTION, question.pk),
            "draft": Subject(On.ITEM, draft.pk),
        }

    def covered(self) -> set[str]:
        return {name for on, _ in self.held for name in TOGETHER[on]}

    def gone(self) -> dict[str, bool]:
        return {name: gone(self.subjects[name]) for name in TOGETHER["everything"]}

    def hold(self, on: str) -> None:
        hold = set_hold(self.desk.editor, self.subjects.get(on, EVERYTHING), f"Claim {next(numbers)}.")
        self.held.append((on, hold))

    def lift(self, number: int) -> None:
        if self.held:
            lift_hold(self.desk.steward, self.held.pop(number % len(self.held))[1], "No claim.")

    def set(self, kept: Kept) -> None:
        set_schedule(self.desk.steward, kept, 1, f"Rule {next(numbers)}.")

    def round(self, _: int) -> None:
        round_at(LATER)

    def erase(self, name: str) -> None:
        try:
            commands.erase(self.desk.steward, self.subjects[name], Ground.OBJECTED)
        except Held:
            assert name in self.covered()
        else:
            assert name not in self.covered()
            assert gone(self.subjects[name])

    def end(self) -> None:
        for hold in open_holds():
            lift_hold(self.desk.steward, hold, "No claim.")
        for kept in Kept:
            set_schedule(self.desk.steward, kept, None, f"Rule {next(numbers)}.")


# A failing history is not made shorter: each takes seconds.
@settings(max_examples=8, phases=[Phase.explicit, Phase.generate])
@given(steps=STEPS)
def test_nothing_goes_that_a_hold_covers(small, steps):
    history = History(small)
    try:
        for what, said in steps:
            covered, before = history.covered(), history.gone()
            getattr(history, what)(said)
            after = history.gone()
            assert all(after[name] == before[name] for name in covered), (what, said)
    finally:
        history.end()
    assert verify_log().intact
