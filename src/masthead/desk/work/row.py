"""A line of the worklist as one reader sees it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from masthead.language import Message
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.items.sight import sees_drafts
from masthead.newsroom.review.reading import Stage
from masthead.newsroom.said import readable
from masthead.newsroom.worklist import sight
from masthead.newsroom.worklist.held import holding
from masthead.newsroom.worklist.models import Line
from masthead.newsroom.worklist.step import WORDS, Step
from masthead.vocabulary import Medium

MEDIA = {Medium.TEXT: Message("text"), Medium.IMAGE: Message("picture")}
STAGES = {
    Stage.DRAFT: Message("draft"),
    Stage.PUBLISHED: Message("published"),
    Stage.CORRECTED: Message("corrected"),
    Stage.WITHDRAWN: Message("withdrawn"),
}
UNTITLED = {Medium.TEXT: Message("Text without a title"), Medium.IMAGE: Message("Picture without a title")}
ERASED = Message("erased")
SIGNS = {
    Step.MEND: "stop",
    Step.CHECK: "mind",
    Step.SIGN_OFF: "mind",
    Step.PUBLISH: "clear",
    Step.CORRECTION: "mind",
    Step.REVIEW: "mind",
    Step.OUT: "clear",
    Step.GONE: "stop",
}
"""The class of the tag; its sign says the same without colour."""


_NAME = "x" * 26


@cache
def _address() -> str:
    # A list shows many, and to look an address up costs more than all else of a line.
    return reverse("desk:item", args=[_NAME])


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of an item, in the reader's language. A picture nobody titled has an empty title."""

    public_id: str
    title: str
    language: str
    medium: str
    untitled: str
    """What stands in place of a title where there is none."""
    author: str
    systems: tuple[str, ...]
    protected: bool
    step: Step | None
    """None for who sees only what is out."""
    says: str
    sign: str
    obstacles: int
    second_person: bool
    """Whether its sign-off is to come from someone who had no hand in it."""
    at: datetime
    sent_back_at: datetime | None
    review_due: datetime | None
    held: tuple[str, ...]
    """The paused AI systems that hold it."""

    @property
    def address(self) -> str:
        """Where its page is."""
        return _address().replace(_NAME, self.public_id)

    @property
    def systems_said(self) -> str:
        """The AI systems, one after the other."""
        return ", ".join(self.systems)

    @property
    def held_by(self) -> str:
        """The paused AI systems, one after the other."""
        return ", ".join(self.held)

    @property
    def only_held(self) -> bool:
        """Whether nothing but pauses and its sign-off stands in the way."""
        mend = self.step is Step.MEND and not self.sent_back_at
        return mend and 0 < len(self.held) >= self.obstacles

    @property
    def says_obstacles(self) -> bool:
        """Whether how many there are tells more than what is next."""
        return self.step is Step.MEND and self.obstacles > 0 and not self.only_held


COLUMNS = (
    "item",
    "public_id",
    "medium",
    "language",
    "author_name",
    "protected",
    "title",
    "systems",
    "out_title",
    "out_systems",
    "stage",
    "step",
    "obstacles",
    "second_person",
    "updated_at",
    "published_at",
    "sent_back_at",
    "review_due",
)


def shown(lines: "QuerySet[Line, Line]") -> "QuerySet[Line, Any]":
    """What `rows` reads of `lines`: plain values, as a list of models costs more than to find them."""
    # Not joined: a database that keeps no statistics begins with the persons, as they may be few, and reads
    # every line of each.
    author = Person.objects.filter(pk=OuterRef("author")).values("name")
    return lines.annotate(author_name=Subquery(author)).values_list(*COLUMNS, named=True)


def rows(lines: Iterable[Any], who: Someone, *, all_own: bool = False) -> list[Row]:
    """The rows of lines as `shown` gives them, all of which this person may see.

    Of what is not out, they see only what they may; `all_own` is whether all are known to be their own.
    """
    found = list(lines)
    if all_own:
        return _full(found)
    theirs = {protected for protected in (False, True) if sees_drafts(who.roles, protected=protected)}
    own = _own([line for line in found if line.protected not in theirs], who)
    seen = {line.item for line in found if line.protected in theirs or line.item in own}
    full = iter(_full([line for line in found if line.item in seen]))
    return [next(full) if line.item in seen else _out(line) for line in found]


def _own(lines: Collection[Any], who: Someone) -> set[UUID]:
    mine = sight.own(who.id, who.roles)
    wanted = [line.item for line in lines]
    if not wanted:
        return set()
    return set(Line.objects.filter(mine, pk__in=wanted).values_list("pk", flat=True))


HOLDABLE = (Step.MEND, Step.CHECK)
"""Where a pause leaves an item that it holds."""


def _full(lines: Collection[Any]) -> list[Row]:
    holdable = [line.item for line in lines if line.systems and line.step in HOLDABLE]
    held = holding(holdable) if holdable else {}
    return [_full_row(line, held.get(line.item, ())) for line in lines]


def _full_row(line: Any, held: tuple[str, ...]) -> Row:
    step = Step(line.step)
    out_corrected = step is Step.OUT and line.stage == Stage.CORRECTED
    # Nothing else is over without ever having been out.
    erased = step is Step.GONE and line.stage == Stage.DRAFT
    return Row(
        public_id=line.public_id,
        title=line.title,
        language=line.language,
        medium=str(MEDIA[Medium(line.medium)]),
        untitled=str(UNTITLED[Medium(line.medium)]),
        author=readable(line.author_name),
        systems=tuple(line.systems),
        protected=line.protected,
        step=step,
        says=str(STAGES[Stage.CORRECTED] if out_corrected else ERASED if erased else WORDS[step]),
        sign=SIGNS[step],
        obstacles=line.obstacles,
        second_person=line.second_person,
        at=line.updated_at,
        sent_back_at=line.sent_back_at,
        review_due=line.review_due,
        held=held,
    )


def _out(line: Any) -> Row:
    stage = Stage(line.stage)
    return Row(
        public_id=line.public_id,
        title=line.out_title,
        language=line.language,
        medium=str(MEDIA[Medium(line.medium)]),
        untitled=str(UNTITLED[Medium(line.medium)]),
        author="",
        systems=tuple(line.out_systems),
        protected=False,
        step=None,
        says=str(STAGES[stage]),
        sign="stop" if stage is Stage.WITHDRAWN else "clear",
        obstacles=0,
        second_person=False,
        at=line.published_at or line.updated_at,
        sent_back_at=None,
        review_due=None,
        held=(),
    )
