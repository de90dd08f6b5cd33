"""How the published log has grown, from its checkpoints: by day, and by longer spans once it is older.

What anybody has who kept the published heads, and coarser: nothing finer than a day is told, and nothing of
what is not published yet. Reads one row for each span, however many checkpoints there are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from itertools import pairwise

from django.db.models import Subquery

from masthead.newsroom.evidence.key_ring import UNREADABLE
from masthead.newsroom.evidence.models import Checkpoint, LogHead
from masthead.newsroom.evidence.trouble import told_plainly

MOST = 12
"""Spans at most: as many as a narrow page can show with their days."""


class Span(Enum):
    """How much time each figure is for. `YEARS` is as many years as it takes."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Grown:
    """How many entries were published by the end of the day `on`, and how many came in that span."""

    on: date
    size: int
    added: int


@dataclass(frozen=True, slots=True)
class Growth:
    """The spans, oldest first; none where nothing was published. `before` is the size as the first began."""

    span: Span
    before: int
    grown: tuple[Grown, ...]


def growth(today: date) -> Growth:
    """How the log grew from its first checkpoint to `today`, in UTC; nothing where one cannot be read."""
    try:
        with told_plainly():
            return _growth(today)
    except UNREADABLE:
        return Growth(Span.DAY, 0, ())


def _growth(today: date) -> Growth:
    times = Checkpoint.objects.values_list("signed_at", flat=True)
    first = times.order_by("signed_at").first()
    if first is None:
        return Growth(Span.DAY, 0, ())
    begin = first.astimezone(UTC).date()
    # A clock that was set back must not leave the newest out.
    span, begins = spans(begin, max(begin, today))
    sizes = _sizes(begins)
    # Each span ends on the day before the next begins; the one under way, today.
    lasts = [*(after - timedelta(days=1) for after in begins[1:-1]), max(begin, today)]
    grown = [
        Grown(on, size, size - before) for on, (before, size) in zip(lasts, pairwise(sizes), strict=True)
    ]
    return Growth(span, sizes[0], tuple(grown))


def spans(first: date, last: date) -> tuple[Span, list[date]]:
    """The days on which spans from `first` to `last` begin, and the day after all: the shortest that fit."""
    for span in (Span.DAY, Span.WEEK, Span.MONTH, Span.QUARTER):
        begins = _begins(span, first, last, 1)
        if len(begins) <= MOST + 1:
            return span, begins
    each = -(-(last.year - first.year + 1) // MOST)
    return Span.YEARS, _begins(Span.YEARS, first, last, each)


def _begins(span: Span, first: date, last: date, years: int) -> list[date]:
    begins: list[date] = []
    at = _start(span, first)
    while at <= last and len(begins) <= MOST + 1:
        begins.append(at)
        at = _next(span, at, years)
    return [*begins, at]


def _start(span: Span, day: date) -> date:
    match span:
        case Span.DAY:
            return day
        case Span.WEEK:
            return day - timedelta(days=day.weekday())
        case Span.MONTH:
            return day.replace(day=1)
        case Span.QUARTER:
            return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return date(day.year, 1, 1)


def _next(span: Span, at: date, years: int) -> date:
    match span:
        case Span.DAY:
            return at + timedelta(days=1)
        case Span.WEEK:
            return at + timedelta(days=7)
        case Span.YEARS:
            return date(at.year + years, 1, 1)
    months = at.year * 12 + at.month - 1 + (1 if span is Span.MONTH else 3)
    return date(months // 12, months % 12 + 1, 1)


def _sizes(begins: Sequence[date]) -> list[int]:
    """The largest size published before each of these days: one look into the index each, in one query."""
    newest = Checkpoint.objects.order_by("-signed_at", "-size").values("size")
    asked = {
        f"before_{number}": Subquery(newest.filter(signed_at__lt=datetime.combine(day, time.min, UTC))[:1])
        for number, day in enumerate(begins)
    }
    row = LogHead.objects.annotate(**asked).values_list(*asked).first() or ()
    return list(_never_less(size or 0 for size in row))


def _never_less(sizes: Iterator[int]) -> Iterator[int]:
    """The sizes as they stood: a log only grows, whatever a clock said."""
    largest = 0
    for size in sizes:
        largest = max(largest, size)
        yield largest
