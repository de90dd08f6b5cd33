"""The page of the log for people: what it is, how it stands, how to hold us to it.

Only what is published of it: heads, sizes and days, and who vouches for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from masthead.errors import NotReady
from masthead.language import Message
from masthead.newsroom.evidence import key_ring, watch
from masthead.newsroom.evidence.legible import legible, or_none
from masthead.newsroom.evidence.models import Checkpoint, LogHead
from masthead.newsroom.public.proving import damaged
from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.public.showing.growth import shown
from masthead.newsroom.public.showing.vouching import Vouching, vouching
from masthead.newsroom.said import counted
from masthead.newsroom.witness.alarms import ended as ended_alarms
from masthead.newsroom.witness.models import Alarm
from masthead.newsroom.witness.status import Standing, logs, open_alarms
from masthead.newsroom.witness.telling import told_to_readers
from masthead.tlog.hashes import HASH_BYTES
from masthead.tlog.key_list import Listed, State


def log(asking: Asking) -> dict[str, Any]:
    """What the page tells; `head` is None before anything was signed."""
    home, now = Path(settings.MASTHEAD_HOME), datetime.now(UTC)
    witnesses, stamps = vouching(now)
    return {
        "origin": LogHead.objects.values_list("origin", flat=True).first(),
        "keys": _keys(home),
        "head": _head(),
        "witnesses": witnesses,
        "countersigned": any(each.at for each in witnesses),
        "stamps": stamps,
        "watched": _watched(),
        "alarms": [_alarm(each, asking) for each in open_alarms()],
        "ended": [_alarm(each, asking) for each in ended_alarms()],
        "verified": _verified(home),
        "damaged": damaged(),
        "growth": shown(asking.today),
    }


def as_data(told: Mapping[str, Any], asking: Asking) -> Mapping[str, Any]:
    """The same for software: days, never hours."""
    growth = told["growth"]
    return {
        "language": asking.language,
        "origin": told["origin"],
        "keys": [each.key for each in told["keys"]],
        "checkpoint": f"{asking.origin}/log/checkpoint",
        "head": told["head"],
        "witnesses": [_vouching(each) for each in told["witnesses"]],
        "stamps": [_vouching(each) for each in told["stamps"]],
        "watched": [_voucher(each) | {"alarm": each.alarm is not None} for each in told["watched"]],
        "alarms": told["alarms"],
        "ended_alarms": told["ended"],
        "verified": told["verified"],
        "damaged": told["damaged"],
        "growth": [{"on": each.on, "size": each.size, "added": each.added} for each in growth.found.grown]
        if growth
        else [],
    }


def _head() -> dict[str, Any] | None:
    """The newest; None in the place of each part that cannot be read: its day, its size, its root."""
    newest = next(iter(legible(Checkpoint.objects.order_by("-size")[:1], "signed_at")), None)
    if newest is None:
        return None
    signed = or_none(lambda: newest.signed_at)
    on = signed.astimezone(UTC).date() if signed else None
    return {"size": newest.size if type(newest.size) is int else None, "root": _hex(newest.root), "on": on}


def _hex(root: object) -> str | None:
    """A root in hex; None for what is none. SQLite takes any sort of value in any column."""
    if not isinstance(root, bytes | memoryview) or len(root) != HASH_BYTES:
        return None
    return bytes(root).hex()


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the log, its line, and how it stands."""

    key: str
    stands: Message


def _keys(home: Path) -> list[Key]:
    """The keys, the newest first."""
    try:
        known = key_ring.ring(home).list.keys
    except NotReady:
        return []
    return [Key(str(each.key), _stands(each)) for each in reversed(known)]


def _stands(each: Listed) -> Message:
    if each.revoked_from is None:
        return STATES[each.state]
    return Message(
        "revoked: from %(size)s entries on it does not count", {"size": counted(each.revoked_from)}
    )


STATES = {
    State.CURRENT: Message("signs now"),
    State.ALONG: Message("signed before, and still signs as well for a while"),
    State.EARLIER: Message("signed before; what it signed stands"),
    State.REVOKED: Message("revoked"),
}


def _verified(home: Path) -> dict[str, Any] | None:
    """When we went through all of it last, and whether it agreed; None where we have not yet."""
    last = watch.last(home)
    if last is None:
        return None
    return {"on": datetime.fromisoformat(last["at"]), "intact": bool(last["intact"])}


def _watched() -> list[Standing]:
    """The logs of others that we witness, each once though it may have two keys."""
    return list({each.name: each for each in logs(datetime.now(UTC))}.values())


def _alarm(each: Alarm, asking: Asking) -> dict[str, Any]:
    """An alarm, what it shows and where both heads are; when a person ended it, None where nobody has."""
    called, says, what = told_to_readers(each)
    return {
        "origin": each.origin,
        "called": str(called),
        "told_by": each.told_by,
        "fault": each.fault,
        "says": str(says),
        "what": str(what),
        "on": each.raised_at.astimezone(UTC).date(),
        "ended": each.ended_at.astimezone(UTC).date() if each.ended_at else None,
        "public_id": each.public_id,
        "heads": f"{asking.origin}/log/witness/alarms/{each.public_id}.json",
    }


def _vouching(each: Vouching) -> dict[str, Any]:
    return {"name": each.name, "on": each.at, "size": each.size, "but": each.but and str(each.but)}


def _voucher(each: Standing) -> dict[str, Any]:
    return {"name": each.name, "on": each.at, "size": each.size}
