"""Heads of a log that are not compared yet: kept until we have looked for ourselves.

They came without a proof that holds, or are older than what we know, or the tree that would tell could not be
read. Each is signed by the log, so that it may be half of a fork; and anybody can send us what a log has
signed. So one never takes the place of another: a head goes only once it was compared.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import transaction

from masthead.newsroom.witness.models import Doubted
from masthead.newsroom.witness.seen import Head, locked, signed
from masthead.tlog import note
from masthead.tlog.note import Malformed

MOST = 16
"""How many are kept of one log. Older heads, which anybody can send, are compared in minutes and go."""


def keep(head: Head, told_by: str = "", *, now: datetime | None = None) -> None:
    """Keep a signed head to be compared, and which witness told of it, if one did.

    Where there are too many, those that came before it stay.
    """
    origin = head.checkpoint.origin
    with transaction.atomic():
        locked(origin)  # They are counted under the same lock.
        if Doubted.objects.filter(origin=origin).count() < MOST:
            Doubted.objects.get_or_create(
                origin=origin,
                size=head.checkpoint.size,
                root=head.checkpoint.root.hex(),
                defaults={
                    "note": str(head.note),
                    "told_by": told_by or origin,
                    "kept_at": now or datetime.now(UTC),
                },
            )


def kept(origin: str, lines: Iterable[str]) -> list[tuple[str, Head]]:
    """The heads that wait to be compared and bear one of these keys, the oldest first; and who told of it."""
    found = Doubted.objects.filter(origin=origin).order_by("pk").values_list("told_by", "note")
    keys = list(lines)
    read = [(told_by, _read(said, keys)) for told_by, said in found]
    return [(told_by, head) for told_by, head in read if head is not None]


def settle(head: Head) -> None:
    """Nothing is in doubt about this head any more."""
    at = {"size": head.checkpoint.size, "root": head.checkpoint.root.hex()}
    Doubted.objects.filter(origin=head.checkpoint.origin, **at).delete()


def came_since(origin: str, moment: datetime) -> bool:
    """Whether a head has come into doubt after a moment."""
    return Doubted.objects.filter(origin=origin, kept_at__gt=moment).exists()


def _read(said: str, lines: list[str]) -> Head | None:
    try:
        return signed(note.parse(said), lines)
    except Malformed:
        return None
