"""Pages that go on after the last line shown, never by counting from the front: as quick at any depth."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from django.db.models import Q, QuerySet

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SIZE = 25


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: a moment, and the id of the line at it."""

    at: datetime
    id: str

    @classmethod
    def read(cls, said: str) -> Self | None:
        """The place in an address; None for the first page, and for what is no place."""
        micros, _, public_id = said.partition("-")
        if not (micros.isascii() and micros.isdecimal() and len(micros) <= 17):
            return None
        if not (public_id.isascii() and public_id.isalnum()):
            return None
        return cls(EPOCH + timedelta(microseconds=int(micros)), public_id)

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}-{self.id}"


@dataclass(frozen=True, slots=True)
class Page[T]:
    """Some lines, and the place after which the older ones come; empty where there are none."""

    lines: list[T]
    older: str


def page(found: "QuerySet[Any, Any]", after: str, *, by: str = "updated_at") -> Page[Any]:
    """The newest lines of `found` by that column, or those older than the place `after`."""
    place = Place.read(after)
    if place is not None:
        # The first condition is implied by the second, and is the one that an index answers.
        found = found.filter(**{f"{by}__lte": place.at}).filter(
            Q(**{f"{by}__lt": place.at}) | Q(public_id__lt=place.id)
        )
    lines = list(found.order_by(f"-{by}", "-public_id")[: SIZE + 1])
    more = len(lines) > SIZE
    lines = lines[:SIZE]
    return Page(lines, str(Place(getattr(lines[-1], by), lines[-1].public_id)) if more else "")
