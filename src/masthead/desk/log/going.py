"""Entries as a person reads them: day by day, and what one person did to one thing in one go together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from masthead.desk.log.telling import Told
from masthead.language import Message

ONE_GO = timedelta(minutes=30)
"""Between two entries of one go at most."""


@dataclass(frozen=True, slots=True)
class Go:
    """What one person did to one item, or to things that are no items, one after the other; newest first."""

    acts: tuple[Told, ...]

    @property
    def newest(self) -> Told:
        """The entry that says of the others what they have in common."""
        return self.acts[0]

    @property
    def role(self) -> Message | None:
        """The role they acted in, where the record says it of one of the entries."""
        return next((act.role for act in self.acts if act.role), None)

    @property
    def since(self) -> datetime | None:
        """When it began, where not in the minute in which it ended."""
        first, last = self.acts[-1].at, self.acts[0].at
        if first is None or last is None or _minute(first) == _minute(last):
            return None
        return first


@dataclass(frozen=True, slots=True)
class Day:
    """One day in UTC, as the record has it; `on` is None where this reader may not know it."""

    on: date | None
    goes: tuple[Go, ...]


def days(lines: Sequence[Told]) -> list[Day]:
    """The entries, newest first, under their days."""
    found: list[tuple[date | None, list[list[Told]]]] = []
    known = _known(lines)
    for line, on in zip(lines, known, strict=True):
        if not found or found[-1][0] != on:
            found.append((on, []))
        goes = found[-1][1]
        if goes and _one_go(goes[-1][-1], line, goes[-1]):
            goes[-1].append(line)
        else:
            goes.append([line])
    return [Day(on, tuple(Go(tuple(go)) for go in goes)) for on, goes in found]


def _one_go(newer: Told, older: Told, so_far: Sequence[Told]) -> bool:
    """Whether the older belongs with the newer.

    By what this reader is shown and by nothing else: who only reads roles does not learn who is one person.
    """
    if (newer.who, newer.item, newer.hidden) != (older.who, older.item, older.hidden):
        return False
    if len({act.role.template for act in (*so_far, older) if act.role}) > 1:
        return False
    if newer.at is None or older.at is None:
        return newer.at is older.at
    return newer.at - older.at <= ONE_GO


def _known(lines: Sequence[Told]) -> list[date | None]:
    """The day of each: of one that is sealed for this reader only where the order of the log tells it."""
    own = [_day(line) for line in lines]
    newer, older = list(_carried(own)), [*_carried(own[::-1])][::-1]
    return [
        day or (before if before == after else None)
        for day, before, after in zip(own, newer, older, strict=True)
    ]


def _carried(days: Sequence[date | None]) -> Iterator[date | None]:
    last: date | None = None
    for day in days:
        last = day or last
        yield last


def _day(line: Told) -> date | None:
    return line.at.astimezone(UTC).date() if line.at else line.on


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
