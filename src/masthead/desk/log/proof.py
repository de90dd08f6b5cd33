"""Whether an entry is what it was, and stands in what was published: asked each time a person looks."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from masthead.language import Message
from masthead.newsroom.evidence import bundle
from masthead.newsroom.evidence.key_ring import ring
from masthead.newsroom.evidence.models import Checkpoint, Entry
from masthead.newsroom.evidence.verify_entry import entry_failures, read
from masthead.newsroom.evidence.verify_keys import FAULTS
from masthead.tlog.proofs import Missing, verify_inclusion


@dataclass(frozen=True, slots=True)
class Proof:
    """What was verified. `size` is that of the newest checkpoint; 0 where none covers the entry yet."""

    why: tuple[Message, ...]
    """What does not agree; empty where all does."""
    origin: str
    size: int
    signed_at: datetime | None
    path: tuple[str, ...]
    """The inclusion proof (RFC 9162, section 2.1.3), from the leaf up."""

    @property
    def holds(self) -> bool:
        """Whether everything that could be verified agrees."""
        return not self.why


def prove(entry: Entry) -> Proof:
    """Verify an entry against its own fields, and its leaf against the newest checkpoint."""
    whole = read(entry.place, entry.place + 1).get(entry.place)
    why = [failure.why for failure in entry_failures(whole)] if whole else [Message("it cannot be read")]
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None or newest.size <= entry.place:
        return Proof(tuple(why), "", 0, None, ())
    why += _of_checkpoint(newest)
    path: list[bytes] = []
    try:
        path = bundle.proof(entry.place, newest.size)
    except Missing:
        why.append(Message("stored hashes are missing"))
    else:
        leaf, root = bytes(entry.leaf_hash), bytes(newest.root)
        if not verify_inclusion(leaf, entry.place, newest.size, path, root):
            why.append(Message("its place in the published log does not hold"))
    origin = newest.note.split("\n", 1)[0]
    return Proof(tuple(why), origin, newest.size, newest.signed_at, tuple(part.hex() for part in path))


def _of_checkpoint(newest: Checkpoint) -> list[Message]:
    fault = ring(settings.MASTHEAD_HOME).list.fault_of(newest.note, newest.size, bytes(newest.root))
    return [FAULTS[fault]] if fault else []
