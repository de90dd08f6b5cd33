"""What a hold covers, and the refusal of whoever would erase it."""

from collections.abc import Iterable
from uuid import UUID

from masthead.errors import Refused
from masthead.labels.dates import spoken_utc
from masthead.language import Message
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.remedies.models import Question
from masthead.newsroom.retention.models import Hold
from masthead.newsroom.retention.subjects import Subject, ended_by, had_a_hand
from masthead.newsroom.retention.words import On
from masthead.vocabulary import LABELS, Role


class Held(Refused):
    """A legal hold stands against it."""


def subject_of(hold: Hold) -> Subject:
    """What a hold is on."""
    ids = {On.PERSON: hold.person_id, On.ITEM: hold.item_id, On.QUESTION: hold.question_id}
    return Subject(On(hold.on), ids.get(On(hold.on)))


def open_holds() -> list[Hold]:
    """The holds that stand, oldest first."""
    return list(Hold.objects.filter(lifted_at=None).select_related("person", "item", "question", "set_by"))


def covers(hold: Hold, subject: Subject) -> bool:
    """Whether a hold covers `subject`: what it is on, and what hangs together with that.

    A person hangs together with the items they had a hand in, with the questions about those, and with the
    questions they answered; an item with the questions about it; each the other way round too.
    """
    on = subject_of(hold)
    if On.EVERYTHING in (on.on, subject.on) or on == subject:
        return True
    # In one order, so that each pair is said once.
    first, second = sorted((on, subject), key=lambda each: list(On).index(each.on))
    if first.id is None or second.id is None or first.on is second.on:
        return False
    return _together(first.on, first.id, second.on, second.id)


def _together(first: On, one: UUID, second: On, other: UUID) -> bool:
    if first is On.PERSON and second is On.ITEM:
        return had_a_hand(one, other)
    item = Question.objects.values_list("item", flat=True).get(pk=other)
    if first is On.ITEM:
        return item == one
    return had_a_hand(one, item) or ended_by(other) == one


def standing_against(subjects: Iterable[Subject]) -> Hold | None:
    """The first open hold that covers one of `subjects`."""
    wanted = list(subjects)
    return next(
        (hold for hold in open_holds() if any(covers(hold, subject) for subject in wanted)),
        None,
    )


def holds_question(question: Question) -> bool:
    """Whether a hold stands against forgetting anything of a question."""
    return standing_against([Subject(On.QUESTION, question.pk)]) is not None


def refuse_held_person(person: Person) -> None:
    """Raise `Held` where an open hold covers somebody whose login would go, and their address with it."""
    refuse_held([Subject(On.PERSON, person.pk)])


def refuse_held(subjects: Iterable[Subject]) -> None:
    """Raise `Held` where an open hold covers one of `subjects`. Asked under the lock before anything goes."""
    for each in held(subjects):
        raise each


def held(subjects: Iterable[Subject]) -> list[Held]:
    """The refusal where an open hold covers one of `subjects`."""
    hold = standing_against(subjects)
    if hold is None:
        return []
    return [
        Held(
            Message(
                "A legal hold stands against it, set on %(day)s by somebody in the role of %(role)s.",
                {"day": spoken_utc(hold.set_at.date()), "role": LABELS[Role(hold.role)]},
            ),
            Message("See why it was set with `masthead data holds`; a steward can lift it."),
        )
    ]
