"""What the schedule says, what is due by it, and the round of the clock that erases it.

Nothing is due until somebody has set a schedule: what a newsroom must keep, and for how long, differs from
one to the next, and what is gone is gone.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.conf import settings

from masthead.clock import day_of
from masthead.errors import MastheadError
from masthead.language import Message
from masthead.newsroom.evidence import kept
from masthead.newsroom.remedies.reach import forget_old
from masthead.newsroom.retention import clock_ahead, due, finishing, minimum, outside
from masthead.newsroom.retention.commands import erase
from masthead.newsroom.retention.holding import open_holds, standing_against
from masthead.newsroom.retention.models import Minimum, Schedule
from masthead.newsroom.retention.report import Report
from masthead.newsroom.retention.subjects import Subject
from masthead.newsroom.retention.words import Ground, Kept

logger = logging.getLogger(__name__)

AT_MOST = 50
"""So much is erased in one round: each takes the lock of the log for a moment, and then writes files anew."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with one kind. `schedule` is None while nobody has set one."""

    kept: Kept
    schedule: Schedule | None
    minimum: Minimum | None
    """For how long a law asks that it be kept, where a steward said so."""
    due: int
    """How many are due now, held or not."""
    held: int
    by_law: int
    """How many would be due, did no legal minimum stand against it, of another kind that goes with it too."""
    at_work: int
    """How many would be due, were nothing still to be done of them: those wait."""
    next_on: date | None
    """The day on which the next one falls due, of those that are not due yet."""

    @property
    def days(self) -> int | None:
        """After how many days it is erased; None for never."""
        return _days(self.schedule, self.minimum)


def _days(schedule: Schedule | None, least: Minimum | None) -> int | None:
    """A minimum that was stated after the schedule was set counts at once."""
    if schedule is None or schedule.days is None:
        return None
    return max(schedule.days, least.days or 0) if least else schedule.days


def in_force() -> dict[Kept, Schedule | None]:
    """The schedule of each kind: the newest that was set."""
    found: dict[Kept, Schedule | None] = dict.fromkeys(Kept)
    for row in Schedule.objects.order_by("entry__place"):
        found[Kept(row.kept)] = row
    return found


def standing(now: datetime | None = None) -> list[Standing]:
    """How it stands with each kind."""
    least = minimum.Minimums(now or datetime.now(UTC))
    return [_standing(each, schedule, least) for each, schedule in in_force().items()]


def _standing(kept: Kept, schedule: Schedule | None, minimums: minimum.Minimums) -> Standing:
    least, now = minimums.known[kept], minimums.now
    days = _days(schedule, least)
    if days is None:
        return Standing(kept, schedule, least, 0, 0, 0, 0, None)
    over = {each: minimums.against(each) for each in due.due(kept, days, now)}
    found = [each for each, stands in over.items() if stands is None]
    held = sum(standing_against([each.whole]) is not None for each in found) if open_holds() else 0
    waiting = sum(1 for _ in due.due(kept, days, now, at_work=True))
    later = [stands.until for stands in over.values() if stands and day_of(now) <= stands.until < date.max]
    following = [day for day in (due.next_on(kept, days, now), *later) if day]
    return Standing(
        kept, schedule, least, len(found), held, len(over) - len(found), waiting, min(following, default=None)
    )


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
    firsts, minimums = due.Firsts(), minimum.Minimums(at)
    for each in standing_schedules():
        for subject in due.due(each, days_of(each) or 0, at):
            if gone >= AT_MOST:
                return gone
            if minimums.against(subject):
                continue  # asked again where it goes; here it spares the plan of what waits for years
            gone += bool(_erased(subject, Ground.SCHEDULE, _still(each, subject, at, firsts)))
    return gone


def standing_schedules() -> list[Kept]:
    """The kinds that have one."""
    return [each for each in Kept if days_of(each) is not None]


def days_of(kept: Kept) -> int | None:
    """After how many days it is erased, as is on record now; None for never."""
    return _days(in_force()[kept], minimum.stated()[kept])


def _still(kept: Kept, subject: Subject, now: datetime, firsts: due.Firsts) -> Callable[[], bool]:
    """Whether it is still due, asked when it is about to go: also the schedule may have changed meanwhile."""

    def still() -> bool:
        days = days_of(kept)
        return days is not None and due.is_still_due(kept, days, subject, now, firsts)

    return still


def _again(subject: Subject, entries: list[str]) -> bool:
    """Whether anything of it was here again, and was erased. Once in a database: then that is on the list."""
    done = _erased(subject, Ground.RESTORED)
    if done is not None:
        outside.replayed(entries)
    return bool(done)


def _erased(subject: Subject, ground: Ground, still: Callable[[], bool] | None = None) -> bool | None:
    """Whether anything was erased; None for what is held, or may not be erased yet: it waits."""
    try:
        report = erase(None, subject, ground, still=still)
    except MastheadError as error:
        logger.info("not erased by the clock: %s", type(error).__name__)
        return None
    if report.place is not None:
        _tell(report)
    return report.place is not None


def _tell(report: Report) -> None:
    """What went and what stays, on what ground: by numbers and kinds, without a name."""
    part = f" ({report.part.value})" if report.part else ""
    logger.info(
        "erased by the clock: %s%s, entry %d of the log; ground: %s", report.on.value, part, report.place,
        report.ground.value,
    )  # fmt: skip
    for gone in report.removed:
        logger.info("  went: %s", _by_number(gone.what, gone.count))
    for stays in report.kept:
        logger.info("  stays: %s; ground: %s", _by_number(stays.what, stays.count), stays.why.value)


def _by_number(what: Message, count: int) -> Message | int:
    """Words that say a number at most; the number alone where they name something."""
    return what if what.values.keys() <= {"n"} else count
