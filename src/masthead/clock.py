"""The outlet's clock: the one on which people here read a time or a day.

The record knows instants, kept in UTC, and so does all that software reads. Only what a person reads goes
through here, and what a person enters as a day. One process serves one outlet, so there is one clock in it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

NO_ZONE = "UTC"
LOCAL = Path("/etc/localtime")
"""Where a machine says by a link which zone it is in."""

_FOLDER = "/zoneinfo/"
_OFFICIAL = ("UTC", "Etc/UTC", "Etc/UCT", "UCT", "Zulu", "Etc/Zulu", "Universal", "Etc/Universal")


class _Clock:
    zone: tzinfo = UTC


_clock = _Clock()


def zone_of(name: str) -> tzinfo:
    """The time zone of that IANA name. Raises `ValueError` for a name that the time zone database lacks."""
    if name in _OFFICIAL:
        return UTC  # also where a machine has no such database
    try:
        return ZoneInfo(name)
    except (LookupError, OSError) as error:  # OSError: the name of a folder, such as Europe
        raise ValueError(name) from error


def of_machine(local: Path = LOCAL) -> str:
    """The name of the machine's own zone where it can be known, else UTC.

    TZ is not asked: Django sets it to the zone of the record, which is UTC, for us and every child of ours.
    """
    try:
        _, found, name = str(local.readlink()).partition(_FOLDER)
        zone_of(name)
    except (OSError, ValueError):
        return NO_ZONE
    return name if found and name not in _OFFICIAL else NO_ZONE


def keep(name: str) -> None:
    """Read times by this zone from here on. Raises `ValueError` as `zone_of` does."""
    _clock.zone = zone_of(name)


@contextmanager
def using(name: str) -> Iterator[None]:
    """Read times by another zone inside the block, in every thread."""
    before = _clock.zone
    keep(name)
    try:
        yield
    finally:
        _clock.zone = before


def here(at: datetime) -> datetime:
    """A moment on the outlet's clock."""
    return at.astimezone(_clock.zone)


def day_of(on: date) -> date:
    """The day of a moment on the outlet's calendar; a plain day is itself."""
    return here(on).date() if isinstance(on, datetime) else on


def utc_day(on: date) -> date:
    """The day of a moment as the record and software have it; a plain day is itself."""
    return on.astimezone(UTC).date() if isinstance(on, datetime) else on


def today() -> date:
    """The outlet's day."""
    return day_of(datetime.now(UTC))


def begins(day: date) -> datetime:
    """The first moment of a day of the outlet's, in UTC."""
    return datetime.combine(day, time.min, _clock.zone).astimezone(UTC)


def ends(day: date) -> datetime:
    """The last moment of a day of the outlet's, in UTC."""
    return datetime.combine(day, time.max, _clock.zone).replace(fold=1).astimezone(UTC)


def named_hour(at: datetime) -> str:
    """What must be said beside an hour for it to name one moment; empty where it does so by itself.

    `UTC` on a clock nobody's wall has; `UTC+2` in the hour that comes twice when summer time ends.
    """
    local = here(at)
    if _clock.zone is UTC:
        return NO_ZONE
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return ""
    offset = local.utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset is not None else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}:{rest:02}" if rest else f"UTC{sign}{hours}"
