"""How the log stands, for the desk: what is published, who vouches for it, when it was last verified."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from masthead.newsroom.evidence import watch
from masthead.newsroom.evidence.legible import legible, or_none
from masthead.newsroom.evidence.models import Checkpoint, LogHead
from masthead.newsroom.public.showing.growth import Shown, shown
from masthead.newsroom.public.vouched import Voucher
from masthead.newsroom.public.vouched import stamps as stamped
from masthead.newsroom.public.vouched import witnesses as signed
from masthead.newsroom.witness import status
from masthead.newsroom.witness.models import Alarm
from masthead.newsroom.witness.said import line_of
from masthead.newsroom.witness.telling import told


@dataclass(frozen=True, slots=True)
class Verified:
    """When all of the log was last verified, up to how many entries, and whether everything agreed."""

    at: datetime
    size: int
    intact: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One who is asked to vouch for the log, how that stands in a line, and whether it asks for a person."""

    name: str
    said: str
    mind: bool


@dataclass(frozen=True, slots=True)
class Raised:
    """An alarm that nobody has ended: about which log, what it means, when and by whom it was shown."""

    origin: str
    says: str
    alarm: Alarm
    ours: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How the log stands. `head` is None before anything was published.

    `formerly` are those who vouched for it and are not asked any more.
    """

    size: int
    head: Checkpoint | None
    witnesses: tuple[Asked, ...]
    witnesses_formerly: tuple[Voucher, ...]
    stamps: tuple[Asked, ...]
    stamps_formerly: tuple[Voucher, ...]
    verified: Verified | None
    alarms: tuple[Raised, ...]
    growth: Shown | None
    signed_at: datetime | None
    """When the head was signed; None also where that cannot be read."""

    @property
    def waiting(self) -> int:
        """How many entries no published head covers yet."""
        return self.size - (self.head.size if self.head else 0)


def standing() -> Standing:
    """As it is now; the questions asked for it do not grow with the log."""
    now = datetime.now(UTC)
    head = LogHead.objects.get()
    newest = next(iter(legible(Checkpoint.objects.order_by("-size")[:1], "signed_at")), None)
    asked, authority = status.witnesses(now), status.stamps(now)
    return Standing(
        head.size,
        newest,
        tuple(_asked(each) for each in asked),
        _others(signed(), asked),
        tuple(_asked(each) for each in authority),
        _others(stamped(), authority),
        _verified(watch.last(Path(settings.MASTHEAD_HOME))),
        tuple(_raised(each, head.origin) for each in status.open_alarms()),
        shown(now.date(), narrow=True),
        or_none(lambda: newest.signed_at) if newest else None,
    )


def _asked(each: status.Standing) -> Asked:
    return Asked(each.name, str(line_of(each)), each.overdue or each.trouble is not None)


def _others(found: tuple[Voucher, ...], asked: list[status.Standing]) -> tuple[Voucher, ...]:
    names = {each.name for each in asked}
    return tuple(each for each in found if each.name not in names)


def _raised(alarm: Alarm, origin: str) -> Raised:
    return Raised(alarm.origin, str(told(alarm).says), alarm, alarm.origin == origin)


def _verified(last: dict[str, Any] | None) -> Verified | None:
    if last is None:
        return None
    return Verified(datetime.fromisoformat(last["at"]), int(last["size"]), bool(last["intact"]))
