"""Who outside the house vouches for the log, and how recently: witnesses and time stamps, as on record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from masthead.newsroom.evidence.models import Cosignature, Stamp
from masthead.newsroom.witness.models import AskedWitness

LOOKED_AT = 200
"""The newest signatures that are looked at: whoever signs at all stands among them."""


@dataclass(frozen=True, slots=True)
class Voucher:
    """One witness or authority: when it signed, and the head of how many entries it signed then."""

    name: str
    at: datetime
    size: int


def witnesses(place: int = -1) -> tuple[Voucher, ...]:
    """Each witness with the newest head it signed that covers `place`; by default any. Newest first."""
    rows = Cosignature.objects.filter(checkpoint__gt=place).order_by("-checkpoint", "-said_at")
    return _each(rows.values_list("name", "said_at", "checkpoint")[:LOOKED_AT])


def first_witnesses(place: int) -> tuple[Voucher, ...]:
    """Each witness with the first head it signed that covers `place`: what stays as it is from then on."""
    rows = Cosignature.objects.filter(checkpoint__gt=place).order_by("checkpoint", "said_at")
    return _each(rows.values_list("name", "said_at", "checkpoint")[:LOOKED_AT])


def awaited() -> bool:
    """Whether somebody is to witness the log, so that what nobody has signed yet may be signed any moment."""
    return AskedWitness.objects.filter(ended_at=None).exists() or Cosignature.objects.exists()


def stamps(place: int = -1) -> tuple[Voucher, ...]:
    """Each authority with the newest head it stamped that covers `place`; by default any. Newest first."""
    return _stamped(place, "-checkpoint", "-said_at")


def first_stamps(place: int) -> tuple[Voucher, ...]:
    """Each authority with the first head it stamped that covers `place`."""
    return _stamped(place, "checkpoint", "said_at")


def _stamped(place: int, *order: str) -> tuple[Voucher, ...]:
    rows = Stamp.objects.filter(checkpoint__gt=place).order_by(*order)
    found = rows.values_list("authority", "said_at", "checkpoint")[:LOOKED_AT]
    return _each((urlsplit(address).hostname or address, at, size) for address, at, size in found)


def _each(rows: Iterable[tuple[str, datetime, int]]) -> tuple[Voucher, ...]:
    """The first row of each name, by when it was said, newest first."""
    found: dict[str, Voucher] = {}
    for name, at, size in rows:
        found.setdefault(name, Voucher(name, at, size))
    return tuple(sorted(found.values(), key=lambda each: each.at, reverse=True))
