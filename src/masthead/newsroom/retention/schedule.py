"""What the schedule says, what is due by it, and the round of the clock that erases it.

Nothing is due until somebody has set a schedule: what a newsroom must keep, and for how long, differs from
one to the next, and what is gone is gone.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery

from masthead.clock import day_of
from masthead.errors import MastheadError
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence import kept
from masthead.newsroom.items.erased import ERASED_HASH, GONE
from masthead.newsroom.items.models import Version
from masthead.newsroom.remedies.models import Question
from masthead.newsroom.remedies.reach import forget_old
from masthead.newsroom.retention import clock_ahead, finishing, outside
from masthead.newsroom.retention.commands import erase
from masthead.newsroom.retention.holding import open_holds, standing_against
from masthead.newsroom.retention.models import Schedule
from masthead.newsroom.retention.subjects import Subject
from masthead.newsroom.retention.words import Ground, Kept, On
from masthead.newsroom.review.reading import Stage
from masthead.newsroom.worklist import catch_up
from masthead.newsroom.worklist.models import Line

logger = logging.getLogger(__name__)

AT_MOST = 50
"""So much is erased in one round: each takes the lock of the log for a moment, and then writes files anew."""

type Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class _Due:
    """How what a schedule names is found: its rows, their id, and the column with the moment that counts."""

    on: On
    rows: Callable[[], Rows]
    id: str
    since: str


def _items(stage: Stage) -> Callable[[], Rows]:
    def rows() -> Rows:
        catch_up()
        # Of one whose old drafts alone are erased, its newest version stands.
        newest = Version.objects.filter(item=OuterRef("item")).order_by("-number").values("sha256")[:1]
        lines = Line.objects.filter(stage=stage).annotate(newest=Subquery(newest))
        return lines.exclude(newest__startswith=ERASED_HASH)

    return rows


_FINDS: Mapping[Kept, _Due] = {
    Kept.DRAFTS: _Due(On.ITEM, _items(Stage.DRAFT), "item", "updated_at"),
    Kept.WITHDRAWN: _Due(On.ITEM, _items(Stage.WITHDRAWN), "item", "item__withdrawal__withdrawn_at"),
    Kept.QUESTIONS: _Due(
        On.QUESTION,
        lambda: Question.objects.exclude(text=GONE).filter(ending__isnull=False),
        "pk",
        "ending__ended_at",
    ),
    Kept.PEOPLE: _Due(
        On.PERSON, lambda: Person.objects.filter(erased_on=None, office=False), "pk", "ends_on"
    ),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with one kind. `schedule` is None while nobody has set one."""

    kept: Kept
    schedule: Schedule | None
    due: int
    """How many are due now, held or not."""
    held: int
    next_on: date | None
    """The day on which the next one falls due, of those that are not due yet."""

    @property
    def days(self) -> int | None:
        """After how many days it is erased; None for never."""
        return self.schedule.days if self.schedule else None


def in_force() -> dict[Kept, Schedule | None]:
    """The schedule of each kind: the newest that was set."""
    found: dict[Kept, Schedule | None] = dict.fromkeys(Kept)
    for row in Schedule.objects.order_by("entry__place"):
        found[Kept(row.kept)] = row
    return found


def standing(now: datetime | None = None) -> list[Standing]:
    """How it stands with each kind."""
    at = now or datetime.now(UTC)
    return [_standing(kept, schedule, at) for kept, schedule in in_force().items()]


def _standing(kept: Kept, schedule: Schedule | None, now: datetime) -> Standing:
    if schedule is None or schedule.days is None:
        return Standing(kept, schedule, 0, 0, None)
    due = list(_due(kept, schedule.days, now))
    holds = bool(open_holds())
    held = sum(standing_against([each]) is not None for each in due) if holds else 0
    finds = _FINDS[kept]
    later = finds.rows().filter(**{f"{finds.since}__gte": _cut(kept, schedule.days, now)})
    first = later.order_by(finds.since).values_list(finds.since, flat=True).first()
    day = day_of(first) if isinstance(first, datetime) else first
    return Standing(kept, schedule, len(due), held, day + timedelta(days=schedule.days) if day else None)


def _cut(kept: Kept, days: int, now: datetime) -> datetime | date:
    """What lies before this is due."""
    before = now - timedelta(days=days)
    return day_of(before) if kept is Kept.PEOPLE else before


def _due(kept: Kept, days: int, now: datetime) -> Iterator[Subject]:
    finds = _FINDS[kept]
    rows = finds.rows().filter(**{f"{finds.since}__lt": _cut(kept, days, now)}).order_by(finds.since)
    ids: list[UUID] = list(rows.values_list(finds.id, flat=True).distinct())
    for each in dict.fromkeys(ids):
        yield Subject(finds.on, each)


def go_round(now: datetime | None = None) -> int:
    """Erase what is due, at most so much at a time; gives how much. What a hold covers stays, untouched.

    Also what an older backup brought back, what is left to do of earlier erasures, and ways to reach somebody
    that were kept long enough.
    """
    at = now or datetime.now(UTC)
    if kept.is_there(settings.MASTHEAD_HOME):
        return 0
    outside.note()
    finishing.finish()
    forget_old(at)
    gone = sum(_again(subject, entries) for subject, entries in outside.brought_back().items())
    if clock_ahead.ahead_of(at) is not None:
        logger.warning("nothing is erased by the schedule: the clock stands far past the last round")
        return gone
    clock_ahead.gone(at)
    for what, schedule in in_force().items():
        if schedule is None or schedule.days is None:
            continue
        for subject in _due(what, schedule.days, at):
            if gone >= AT_MOST:
                return gone
            gone += bool(_erased(subject, Ground.SCHEDULE))
    return gone


def _again(subject: Subject, entries: list[str]) -> bool:
    """Whether anything of it was here again, and was erased. Once in a database: then that is on the list."""
    done = _erased(subject, Ground.RESTORED)
    if done is not None:
        outside.replayed(entries)
    return bool(done)


def _erased(subject: Subject, ground: Ground) -> bool | None:
    """Whether anything was erased; None for what is held, or may not be erased yet: it waits."""
    try:
        return erase(None, subject, ground).place is not None
    except MastheadError as error:
        logger.info("not erased by the clock: %s", type(error).__name__)
        return None
