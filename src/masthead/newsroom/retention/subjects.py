"""Whom or what an erasure or a hold is about, and which of the others it touches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Model

from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.accounts.actor import named
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.items.commands import item_called
from masthead.newsroom.items.models import AIUse, Item, Version
from masthead.newsroom.remedies.models import Ending, Question
from masthead.newsroom.retention.words import On, Part
from masthead.newsroom.review.models import (
    BreakGlass,
    Correction,
    Publication,
    SecondReview,
    SentBack,
    SignOff,
    Waiver,
    Withdrawal,
)

NOT_OF_THE_HOUSE = Message(
    "By name only who works or worked here is found. Of others, take what they asked, or an item."
)
HANDS: tuple[tuple[type[Model], str, str], ...] = (
    (Item, "id", "author"),
    (Version, "item", "author"),
    (AIUse, "version__item", "recorded_by"),
    (Waiver, "item", "person"),
    (SignOff, "version__item", "person"),
    (SentBack, "version__item", "person"),
    (BreakGlass, "version__item", "person"),
    (SecondReview, "break_glass__version__item", "person"),
    (Publication, "item", "person"),
    (Correction, "item", "person"),
    (Withdrawal, "item", "person"),
)
"""Where it stands who had a hand in an item: the table, the way to the item, and the person."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What earlier erasures of a part took: ids of rows, and sealed fields by the id of their entry."""

    rows: frozenset[UUID] = frozenset()
    fields: frozenset[tuple[str, str]] = frozenset()


def of_those_listed[Row: Model](rows: Iterable[Row], listed: Listed | None) -> list[Row]:
    """Those of these rows that went then; all of them where nothing is listed."""
    return [row for row in rows if listed is None or row.pk in listed.rows]


@dataclass(frozen=True, slots=True)
class Subject:
    """A person, an item, a question, or everything; `id` is that of its row, None for everything.

    Of an item, `part` is what alone is to be erased; a hold is always on the whole. Of a part that was erased
    before and is here again, `listed` is what went then: what came since is no part of it.
    """

    on: On
    id: UUID | None = None
    part: Part | None = None
    listed: Listed | None = None

    @property
    def whole(self) -> "Subject":
        """All of what this is a part of."""
        return replace(self, part=None, listed=None)

    @property
    def row(self) -> UUID:
        """The id of its row, of a subject that is something in particular."""
        if self.id is None:
            raise ValueError("everything is no row")
        return self.id

    def said(self) -> dict[str, str | None]:
        """What an entry says of it: its kind is told by which of the three is there."""
        return {
            "person": str(self.id) if self.on is On.PERSON else None,
            "item": self.item().public_id if self.on is On.ITEM else None,
            "question": self.question().public_id if self.on is On.QUESTION else None,
        }

    def said_of_part(self) -> dict[str, str | None]:
        """What an entry says of a part of an item."""
        return {"item": self.item().public_id, "part": self.part.value if self.part else None}

    def item(self) -> Item:
        """The item, of a subject that is one."""
        return Item.objects.get(pk=self.row)

    def question(self) -> Question:
        """The question, of a subject that is one."""
        return Question.objects.select_related("item").get(pk=self.row)

    def called(self) -> str:
        """What people call it: a name, or a public id."""
        match self.on:
            case On.PERSON:
                return Person.objects.get(pk=self.row).name
            case On.ITEM:
                return self.item().public_id
            case On.QUESTION:
                return self.question().public_id
        return ""


EVERYTHING = Subject(On.EVERYTHING)


def person_called(name: str) -> Subject:
    """The person of that name; `NotFound` where nobody has it, or not any more."""
    try:
        return Subject(On.PERSON, named(name, erased=True).pk)
    except NotFound as error:
        raise NotFound(error.what, NOT_OF_THE_HOUSE) from None


def item_of(public_id: str, part: Part | None = None) -> Subject:
    """The item of that id, or of the one id that begins so; or a part of it."""
    return Subject(On.ITEM, item_called(public_id).pk, part)


def question_of(public_id: str) -> Subject:
    """The question of that public id; `NotFound` where there is none."""
    found = Question.objects.filter(public_id=public_id.strip().lower()).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound(
            Message("No question goes by that id."), Message("Its id stands in its address at the desk.")
        )
    return Subject(On.QUESTION, found)


def had_a_hand(person: UUID, item: UUID) -> bool:
    """Whether a person made, checked, decided or published anything of an item."""
    return any(
        model._default_manager.filter(**{way: item, who: person}).exists() for model, way, who in HANDS
    )


def hands(item: UUID) -> Iterator[UUID]:
    """Who had a hand in an item; some come up more than once."""
    for model, way, who in HANDS:
        yield from model._default_manager.filter(**{way: item}).order_by().values_list(f"{who}_id", flat=True)


def ended_by(question: UUID) -> UUID | None:
    """Who answered or closed a question."""
    return Ending.objects.filter(question=question).values_list("person", flat=True).first()
