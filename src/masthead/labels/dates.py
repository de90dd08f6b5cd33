"""Days and times as a newspaper prints them, on the outlet's clock: the one place that speaks them."""

from datetime import UTC, date, datetime
from functools import lru_cache

from babel.dates import format_date

from masthead import clock
from masthead.language import active

FIRST = {"fr": "d'er' MMMM y"}
"""How the first of a month is written, where unlike other days."""

TIMES = {"en": "{day}, {at:%H:%M}", "fr": "{day} à {at.hour}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{at:%M}"}
"""How a day and a time are written together."""


HOURS = {"en": "{at:%H:%M}", "fr": "{at.hour}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{at:%M}"}
"""How a time is written under its day."""


def spoken(on: date) -> str:
    """`12 November 2026`, `1er mars 2026`: a day, or the outlet's day of a moment, in the active language."""
    return _written(clock.day_of(on), active())


def spoken_time(at: datetime) -> str:
    """`22 November 2026, 14:54`, `22 novembre 2026 à 14 h 54`; on a clock set to UTC it says so."""
    return f"{_timed(clock.here(at))} {clock.named_hour(at)}".rstrip()


def spoken_utc(on: date) -> str:
    """`12 November 2026 (UTC)`: a day as the record has it, to be read beside a proof."""
    return f"{_written(clock.utc_day(on), active())} (UTC)"


def spoken_time_utc(at: datetime) -> str:
    """`22 November 2026, 13:54 UTC`, whatever the outlet's clock: beside a proof."""
    return f"{_timed(at.astimezone(UTC))} UTC"


def spoken_hour_utc(at: datetime) -> str:
    """`13:54`, `13 h 54`: the time under a day of the record's, in UTC as that is."""
    return HOURS.get(active(), HOURS["en"]).format(at=at.astimezone(UTC))


def _timed(at: datetime) -> str:
    language = active()
    return TIMES.get(language, TIMES["en"]).format(day=_written(at.date(), language), at=at)


@lru_cache(maxsize=512)
def _written(day: date, language: str) -> str:
    # A list shows the same few days again and again, and to write one out is slow.
    pattern = FIRST.get(language, "d MMMM y") if day.day == 1 else "d MMMM y"
    return format_date(day, pattern, locale=language)
