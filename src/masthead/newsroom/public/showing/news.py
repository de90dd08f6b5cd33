"""What went out, was corrected, withdrawn or answered, newest first: for lists and feeds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from heapq import merge
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet

from masthead.language import Message
from masthead.newsroom.remedies.models import Ending
from masthead.newsroom.review.models import Publication, Withdrawal


class What(StrEnum):
    """What happened to an item."""

    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    ANSWERED = "answered"


WORDS = {
    What.PUBLISHED: Message("Published"),
    What.CORRECTED: Message("Corrected"),
    What.WITHDRAWN: Message("Withdrawn"),
    What.ANSWERED: Message("Question answered"),
}
EVERYTHING = frozenset(What)
CHANGES = frozenset({What.CORRECTED, What.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened in public; `place` is that of its entry.

    `title` is what the item is called now: a headline that was corrected away is not told on.
    `note` is what was told of it: the correction's note, the reason of a withdrawal, the answer.
    """

    item: str
    what: What
    at: datetime
    place: int
    title: str
    language: str
    note: str = ""


def news(kinds: frozenset[What], *, start: int = 0, count: int = 50) -> list[News]:
    """From the `start`th on, newest first."""
    most = start + count
    streams: list[Iterable[_Row]] = [
        stream[:most] for stream in (_out(kinds), _gone(kinds), _answers(kinds)) if stream is not None
    ]
    rows = merge(*streams, key=_when, reverse=True)
    return list(_told(list(islice(rows, start, most))))


def how_many(kinds: frozenset[What]) -> int:
    """How many there are in all."""
    return sum(
        stream.count() for stream in (_out(kinds), _gone(kinds), _answers(kinds)) if stream is not None
    )


type _Row = Publication | Withdrawal | Ending


def _when(row: _Row) -> datetime:
    if isinstance(row, Publication):
        return row.published_at
    return row.withdrawn_at if isinstance(row, Withdrawal) else row.ended_at


def _out(kinds: frozenset[What]) -> QuerySet[Publication] | None:
    found = Publication.objects.order_by("-published_at")
    found = found.select_related("entry", "item", "correction")
    if What.PUBLISHED not in kinds:
        return found.exclude(correction=None) if What.CORRECTED in kinds else None
    return found if What.CORRECTED in kinds else found.filter(correction=None)


def _gone(kinds: frozenset[What]) -> QuerySet[Withdrawal] | None:
    found = Withdrawal.objects.order_by("-withdrawn_at")
    return found.select_related("entry", "item") if What.WITHDRAWN in kinds else None


def _answers(kinds: frozenset[What]) -> QuerySet[Ending] | None:
    found = Ending.objects.filter(closed="").order_by("-ended_at")
    return found.select_related("entry", "question__item") if What.ANSWERED in kinds else None


def _told(rows: Iterable[_Row]) -> Iterator[News]:
    rows = list(rows)
    titles = _titles({_item_of(row) for row in rows})
    for row in rows:
        item, title, language = titles[_item_of(row)]
        if isinstance(row, Publication):
            what = What.CORRECTED if row.correction else What.PUBLISHED
            note = row.correction.note if row.correction else ""
            yield News(item, what, row.published_at, row.entry.place, title, language, note)
        elif isinstance(row, Withdrawal):
            gone = (row.withdrawn_at, row.entry.place)
            yield News(item, What.WITHDRAWN, *gone, title, language, row.reason)
        else:
            yield News(item, What.ANSWERED, row.ended_at, row.entry.place, title, language, row.answer)


def _item_of(row: _Row) -> UUID:
    """The key of the item that a row is about."""
    return row.question.item_id if isinstance(row, Ending) else row.item_id


def _titles(items: set[UUID]) -> dict[UUID, tuple[str, str, str]]:
    """Of each item its public id, what its newest publication is called, and in which language."""
    found = Publication.objects.filter(item__in=items).order_by("entry__place").select_related("item")
    return {out.item_id: (out.item.public_id, out.facts["title"], out.facts["language"]) for out in found}
