"""Whether an entry is what it was, and stands in what was published: asked each time a person looks."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from masthead.desk.log.path import Drawing, Step, drawn, steps
from masthead.errors import Damaged, NotReady
from masthead.language import Message
from masthead.newsroom.evidence import bundle, sealed, served
from masthead.newsroom.evidence.legible import legible, or_none
from masthead.newsroom.evidence.models import Checkpoint, Entry
from masthead.newsroom.evidence.verify_entry import entry_failures, read
from masthead.newsroom.evidence.verify_keys import FAULTS, key_list
from masthead.newsroom.public.vouched import Voucher, first_stamps, first_witnesses
from masthead.tlog.note import Malformed, encode
from masthead.tlog.proofs import Missing, verify_inclusion

ELSEWHERE = Message("its place in the published log does not hold")
FORM = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class Proof:
    """What was verified. `head` is the newest checkpoint; None where none covers the entry yet."""

    why: tuple[Message, ...]
    """What does not agree; empty where all does."""
    head: Checkpoint | None
    path: tuple[Step, ...]
    """The inclusion proof (RFC 9162, section 2.1.3), from the leaf up."""
    drawing: Drawing | None
    witnesses: tuple[Voucher, ...] = ()
    """Each with the first head it signed that covers the entry."""
    stamps: tuple[Voucher, ...] = ()
    signed_at: datetime | None = None
    """When the head was signed; None also where that cannot be read."""

    @property
    def holds(self) -> bool:
        """Whether everything that could be verified agrees."""
        return not self.why

    @property
    def origin(self) -> str:
        """Whose log it is, as the head says."""
        return self.head.note.split("\n", 1)[0] if self.head else ""

    @property
    def root(self) -> str:
        """The hash of all entries under the head."""
        return bytes(self.head.root).hex() if self.head else ""


def prove(entry: Entry) -> Proof:
    """Verify an entry against its own fields, and its leaf against the newest checkpoint."""
    whole = read(entry.place, entry.place + 1).get(entry.place)
    why = [failure.why for failure in entry_failures(whole)] if whole else [Message("it cannot be read")]
    newest = next(iter(legible(Checkpoint.objects.order_by("-size")[:1], "signed_at")), None)
    if newest is None or newest.size <= entry.place:
        return Proof(tuple(why), None, (), None)
    signed_root: object = newest.root
    if not isinstance(signed_root, bytes | memoryview):
        return Proof((*why, Message("the newest signed head cannot be read")), None, (), None)
    why += _of_checkpoint(newest)
    signed = or_none(lambda: newest.signed_at)
    if signed is None:
        why.append(Message("when the newest head was signed cannot be read"))
    way: tuple[Step, ...] | None = None
    leaf, root = bytes(entry.leaf_hash), bytes(newest.root)
    try:
        if leaf:
            way = _way(entry.place, newest.size, leaf, root)
            why += [] if way is not None else [ELSEWHERE]
    except (Missing, ValueError):
        why.append(Message("stored hashes are missing"))
    witnesses, stamps = first_witnesses(entry.place), first_stamps(entry.place)
    return Proof(tuple(why), newest, way or (), drawn(way) if way else None, witnesses, stamps, signed)


def _way(place: int, size: int, leaf: bytes, root: bytes) -> tuple[Step, ...] | None:
    """The steps to the root; None where they lead elsewhere, and so would be drawn wrongly."""
    path = bundle.proof(place, size)
    return steps(place, size, leaf, path) if verify_inclusion(leaf, place, size, path, root) else None


def _of_checkpoint(newest: Checkpoint) -> list[Message]:
    home: Path = settings.MASTHEAD_HOME
    try:
        fault = key_list(home, None).fault_of(newest.note, newest.size, bytes(newest.root))
    except (Malformed, NotReady):
        return [Message("the signature of a checkpoint does not verify")]
    except Damaged:
        return [Message("what is on record of the log's keys cannot be read")]
    return [FAULTS[fault]] if fault else []


def as_file(entry: Entry) -> bytes | None:
    """The proof that others' software reads (C2SP tlog-proof); None where no checkpoint covers the entry.

    All of it stands in what is served to anybody: the public face of the entry, as the extra data, is what
    the leaf was made of.
    """
    newest = Checkpoint.objects.defer("signed_at").order_by("-size").first()
    if newest is None or newest.size <= entry.place:
        return None
    try:
        return _file(entry, newest)
    except (Missing, ValueError, TypeError) as error:
        raise Damaged(
            Message("What this proof is made of is missing or cannot be read."),
            Message("Keep the database as it is, and see `masthead log verify`: it names what was changed."),
        ) from error


def _file(entry: Entry, newest: Checkpoint) -> bytes:
    if not entry.leaf_hash:
        raise ValueError("the entry cannot be read")
    face = sealed.canonical(sealed.face(entry.kind, bytes(entry.commitment)))
    lines = [FORM, f"extra {encode(face)}", f"index {entry.place}"]
    lines += [encode(part) for part in bundle.proof(entry.place, newest.size)]
    return "\n".join([*lines, "", ""]).encode() + served.checkpoint(newest)
