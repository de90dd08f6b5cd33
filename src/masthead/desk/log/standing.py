"""How the log stands, for the desk: what is published, who vouches for it, when it was last verified."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from masthead.newsroom.evidence import watch
from masthead.newsroom.evidence.models import Checkpoint, LogHead
from masthead.newsroom.public.showing.growth import Shown, shown
from masthead.newsroom.public.vouched import Voucher, stamps, witnesses
from masthead.newsroom.witness.models import Alarm, AskedWitness


@dataclass(frozen=True, slots=True)
class Verified:
    """When all of the log was last verified, up to how many entries, and whether everything agreed."""

    at: datetime
    size: int
    intact: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How the log stands. `head` is None before anything was published; the `silent` never signed yet."""

    size: int
    head: Checkpoint | None
    witnesses: tuple[Voucher, ...]
    silent: tuple[str, ...]
    stamps: tuple[Voucher, ...]
    verified: Verified | None
    alarms: tuple[Alarm, ...]
    growth: Shown | None

    @property
    def waiting(self) -> int:
        """How many entries no published head covers yet."""
        return self.size - (self.head.size if self.head else 0)


def standing() -> Standing:
    """As it is now; the questions asked for it do not grow with the log."""
    home = Path(settings.MASTHEAD_HOME)
    signed = witnesses()
    asked = AskedWitness.objects.filter(ended_at=None).order_by("name").values_list("name", flat=True)
    known = {each.name for each in signed}
    return Standing(
        LogHead.objects.values_list("size", flat=True).get(),
        Checkpoint.objects.order_by("-size").first(),
        signed,
        tuple(dict.fromkeys(name for name in asked if name not in known)),
        stamps(),
        _verified(watch.last(home)),
        tuple(Alarm.objects.filter(ended_at=None).order_by("-raised_at")[:5]),
        shown(datetime.now(UTC).date(), narrow=True),
    )


def _verified(last: dict[str, Any] | None) -> Verified | None:
    if last is None:
        return None
    return Verified(datetime.fromisoformat(last["at"]), int(last["size"]), bool(last["intact"]))
