"""A head of a log that came without a proof that holds: kept until we have looked for ourselves."""

from masthead.newsroom.witness.models import Seen
from masthead.newsroom.witness.seen import Head, signed
from masthead.tlog import note


def keep(head: Head) -> None:
    """Keep a signed head to be compared, the newest in the place of the one before."""
    Seen.objects.filter(pk=head.checkpoint.origin).update(doubted=str(head.note))


def kept(origin: str, lines: list[str]) -> Head | None:
    """The head that waits to be compared; None where there is none, or its key counts no longer."""
    said = Seen.objects.filter(pk=origin).values_list("doubted", flat=True).first()
    return signed(note.parse(said), lines) if said else None


def settle(head: Head) -> None:
    """Nothing is in doubt about this head any more."""
    Seen.objects.filter(pk=head.checkpoint.origin, doubted=str(head.note)).update(doubted="")
