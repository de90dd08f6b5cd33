"""Who outside the house vouches for the log, and how recently: witnesses and time stamps, as on record."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import Max, Min, Q, QuerySet

from masthead.newsroom.evidence.models import Cosignature, Stamp
from masthead.newsroom.witness.models import AskedWitness


@dataclass(frozen=True, slots=True)
class Voucher:
    """One witness or authority: when it signed, and the head of how many entries it signed then."""

    name: str
    at: datetime
    size: int


def witnesses(place: int = -1) -> tuple[Voucher, ...]:
    """Each witness with the newest head it signed that covers `place`; by default any. Newest first."""
    return _cosigned(place, Max)


def first_witnesses(place: int) -> tuple[Voucher, ...]:
    """Each witness with the first head it signed that covers `place`: what stays as it is from then on."""
    return _cosigned(place, Min)


def awaited() -> bool:
    """Whether somebody is to witness the log, so that what nobody has signed yet may be signed any moment."""
    return AskedWitness.objects.filter(ended_at=None).exists() or Cosignature.objects.exists()


def stamps(place: int = -1) -> tuple[Voucher, ...]:
    """Each authority with the newest head it stamped that covers `place`; by default any. Newest first."""
    return _stamped(place, Max)


def first_stamps(place: int) -> tuple[Voucher, ...]:
    """Each authority with the first head it stamped that covers `place`."""
    return _stamped(place, Min)


type _Which = type[Max | Min]


def _cosigned(place: int, which: _Which) -> tuple[Voucher, ...]:
    rows = _ends(Cosignature.objects.filter(checkpoint__gt=place), which, "name", "key_id")
    return _each(list(rows.values_list("name", "said_at", "checkpoint")), which)


def _stamped(place: int, which: _Which) -> tuple[Voucher, ...]:
    rows = _ends(Stamp.objects.filter(checkpoint__gt=place), which, "authority")
    found = rows.values_list("authority", "said_at", "checkpoint")
    return _each([(urlsplit(address).hostname or address, at, size) for address, at, size in found], which)


def _ends[M: (Cosignature, Stamp)](rows: QuerySet[M], which: _Which, *who: str) -> QuerySet[M]:
    """Of each who signed at all, however long ago, the row of the newest head, or of the first."""
    wanted = Q(pk=None)
    for each in rows.order_by().values(*who).annotate(size=which("checkpoint")):
        wanted |= Q(checkpoint=each["size"], **{name: each[name] for name in who})
    return rows.filter(wanted)


def _each(rows: list[tuple[str, datetime, int]], which: _Which) -> tuple[Voucher, ...]:
    """One row of each name, which may have several keys; by when it was said, newest first."""
    found: dict[str, Voucher] = {}
    for name, at, size in sorted(rows, key=lambda row: (row[2], row[1]), reverse=which is Max):
        found.setdefault(name, Voucher(name, at, size))
    return tuple(sorted(found.values(), key=lambda each: each.at, reverse=True))
