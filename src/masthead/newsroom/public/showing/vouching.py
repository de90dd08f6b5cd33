"""Who vouches for the log, and whether they still do, without the desk's details."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from masthead.language import Message
from masthead.newsroom.public.vouched import Voucher, stamps, witnesses
from masthead.newsroom.witness import status

ENDED = Message("no longer asked")
ALARM = Message("it has seen another head of this log")
TROUBLE = Message("it did not sign when it was asked last")
OVERDUE = Message("that is too long ago")
NEVER = Message("asked, and has signed nothing yet")


@dataclass(frozen=True, slots=True)
class Vouching:
    """One of them. `at` and `size` are of the newest head that it signed, None before the first.

    `but` is what readers should know besides: None while it signs as it should.
    """

    name: str
    at: datetime | None
    size: int | None
    but: Message | None


def vouching(now: datetime) -> tuple[tuple[Vouching, ...], tuple[Vouching, ...]]:
    """The witnesses, and the authorities of time stamps."""
    return tuple(_told(witnesses(), status.witnesses(now))), tuple(_told(stamps(), status.stamps(now)))


def _told(signed: Sequence[Voucher], asked: Sequence[status.Standing]) -> Iterator[Vouching]:
    by_name: dict[str, list[status.Standing]] = {}
    for each in asked:
        by_name.setdefault(each.name, []).append(each)
    for known in signed:
        yield Vouching(known.name, known.at, known.size, _but(by_name.pop(known.name, [])))
    for name in by_name:
        yield Vouching(name, None, None, NEVER)


def _but(asked: Sequence[status.Standing]) -> Message | None:
    """Of one asked under several keys, what is true of all: it signs as long as it does under one."""
    if not asked:
        return ENDED
    if any(each.alarm for each in asked):
        return ALARM
    if all(each.overdue for each in asked):
        return OVERDUE
    return TROUBLE if all(each.trouble for each in asked) else None
