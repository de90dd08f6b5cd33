"""Who outside the house vouches for the log, and how recently: witnesses and time stamps, as on record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from masthead.newsroom.evidence.models import Cosignature, Stamp

LOOKED_AT = 200
"""The newest signatures that are looked at: whoever signs at all stands among them."""


@dataclass(frozen=True, slots=True)
class Voucher:
    """One witness or authority: when it last signed, and the head of how many entries it signed then."""

    name: str
    at: datetime
    size: int


def witnesses(place: int = -1) -> tuple[Voucher, ...]:
    """Each witness with the newest head it signed that covers `place`; by default any. Newest first."""
    rows = Cosignature.objects.filter(checkpoint__gt=place).order_by("-checkpoint", "-said_at")
    return _newest(rows.values_list("name", "said_at", "checkpoint")[:LOOKED_AT])


def stamps(place: int = -1) -> tuple[Voucher, ...]:
    """Each authority with the newest head it stamped that covers `place`; by default any. Newest first."""
    rows = Stamp.objects.filter(checkpoint__gt=place).order_by("-checkpoint", "-said_at")
    found = rows.values_list("authority", "said_at", "checkpoint")[:LOOKED_AT]
    return _newest((urlsplit(address).hostname or address, at, size) for address, at, size in found)


def _newest(rows: Iterable[tuple[str, datetime, int]]) -> tuple[Voucher, ...]:
    newest: dict[str, Voucher] = {}
    for name, at, size in rows:
        newest.setdefault(name, Voucher(name, at, size))
    return tuple(sorted(newest.values(), key=lambda each: each.at, reverse=True))
