"""Move on what we have seen of a log, and only then say so: the one place where a cosignature is given.

Order of writes, under a lock on the row of the log: file → row → COMMIT → cosignature. Each head is checked
against the one that is replaced in the same statement that replaces it, so that of two requests at once the
later finds what the earlier wrote. Killed before the COMMIT nothing was said, and the file, which may be one
checked head ahead, is taken as what we saw; killed after it, the head is remembered, the log asks again. In
no order can two heads be cosigned of which neither is the beginning of the other.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction

from masthead.errors import Damaged, NotReady, Refused, Unavailable
from masthead.language import Message
from masthead.newsroom.evidence import kept, marks
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.newsroom.witness import keys, memory
from masthead.newsroom.witness.keys import Cosigner
from masthead.newsroom.witness.memory import Memory
from masthead.newsroom.witness.models import Alarm, Seen
from masthead.tlog import note
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.cosignature import CosignerKey
from masthead.tlog.note import Malformed, Note, Signature, VerifierKey, verify
from masthead.tlog.proofs import verify_consistency

SAME = timedelta(minutes=1)
"""For how long who asks about the head known is given the line that was given before."""


class Behind(Exception):
    """The old size is not the one we have seen: ours is `size`."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


class NotShown(Exception):
    """The proof does not show that what we have seen is the beginning of this."""


class OtherRoot(Exception):
    """We have seen another root for the same size: `known` is that memory."""

    def __init__(self, known: Memory) -> None:
        super().__init__(known.origin)
        self.known = known


class UnderAlarm(Refused):
    """An alarm about this log is open: nothing of it is cosigned until a person has ended that."""


@dataclass(frozen=True, slots=True)
class Head:
    """A checkpoint that its log has signed, in a note with the lines of the log alone; one key of them."""

    note: Note
    checkpoint: Checkpoint
    key: VerifierKey


def signed(found: Note, lines: Iterable[str]) -> Head | None:
    """The head in a note, where one of these verifier-key lines has signed it; None where none has.

    The lines of every one of these keys that signed it stay, since any may be the one that shows a fork;
    those of others, who may be many, are left out. Raises `Malformed` for what is no checkpoint, and for one
    with extension lines: whatever stood in them would be shown to everybody from here, in our name. What is
    left is an origin that a person has entered, a number, a hash and signatures that verify.
    """
    checkpoint = Checkpoint.parse(found.text)
    if checkpoint.extensions:
        raise Malformed("a checkpoint with extension lines is not witnessed here")
    keys = [key for key in map(VerifierKey.parse, dict.fromkeys(lines)) if key.name == checkpoint.origin]
    good = [key for key in keys if verify(found, key)]
    if not good:
        return None
    kept = dict.fromkeys(line for key in good for line in key.lines_in(found.signatures))
    return Head(Note(found.text, tuple(kept)), checkpoint, good[0])


def locked(origin: str) -> Seen:
    """The row of a log, made where it was never seen, under the lock under which a head is moved on."""
    Seen.objects.get_or_create(pk=origin, defaults={"root": Memory(origin).root})
    return Seen.objects.select_for_update().get(pk=origin)


def remembered(origin: str) -> Memory:
    """What we have seen of a log; size 0 where we have seen nothing. `Damaged`."""
    row = Seen.objects.filter(pk=origin).first()
    return memory.larger(_of(row) if row else Memory(origin), memory.read(_home(), origin))


def cosign(head: Head, old: int, proof: Sequence[bytes], *, now: datetime | None = None) -> Signature:
    """Check `head` against what we have seen, remember it, and give our line of signature.

    Raises `Behind`, `OtherRoot`, `NotShown`, `UnderAlarm`; `Unavailable` where our clock stands before our
    newest cosignature; `Damaged` where our own record or memory is; `NotReady` without a key.
    """
    moment = now or datetime.now(UTC)
    origin = head.checkpoint.origin
    if (given := _given(head, old, proof, moment)) is not None:
        return given
    with told_plainly(), transaction.atomic(durable=True):
        row = locked(origin)
        # Under the lock, and before the time: a new key is there once that is forgotten (`begin_anew`).
        witness = keys.own(_home(), keys.origin())
        known = memory.larger(_of(row), memory.read(_home(), origin))
        _refuse(origin)
        _follows(known, head.checkpoint, old, proof)
        time = _time(known, moment)
        noted = _with_all_lines(known, head)
        moved = Memory(origin, head.checkpoint.size, head.checkpoint.root.hex(), str(noted), time)
        # The file before the row: were the row first, a crash between the two and then an older backup could
        # make us forget a head that we had cosigned.
        memory.write(_home(), moved)
        same = Seen.objects.filter(pk=origin, size=row.size, root=row.root, said_at=row.said_at)
        fresh = {} if row.size == moved.size and row.seen_at else {"seen_at": moment}
        if same.update(size=moved.size, root=moved.root, note=moved.note, said_at=time, **fresh) != 1:
            raise Behind(known.size)
    # Only now, with the head durably remembered, does anyone get to have our word for it.
    return witness.cosign(head.note.text, time)


def begin_anew(record: Callable[[CosignerKey, str], None]) -> Cosigner:
    """Make another key to witness with: it has signed nothing, and no time that the last one said binds it.

    `record` puts it on record; see `keys.replaced`. The heads that were seen count on. The times are
    forgotten while no key signs: with the key before, or the fresh one, whoever asks meanwhile would have its
    word for a time, and then for an earlier one.
    """
    return keys.replaced(_home(), keys.origin(), record, _forget_times)


def _forget_times() -> None:
    for origin in sorted({*Seen.objects.values_list("pk", flat=True), *memory.origins(_home())}):
        # What does not agree with itself is not signed by; nothing else is held up by that.
        with suppress(Damaged), told_plainly(), transaction.atomic(durable=True):
            row = locked(origin)
            known = replace(memory.larger(_of(row), memory.read(_home(), origin)), said_at=0)
            memory.write(_home(), known)
            Seen.objects.filter(pk=origin).update(
                size=known.size, root=known.root, note=known.note, said_at=0
            )


def view(origin: str) -> str:
    """The head we have seen of a log, with our cosignature under it; empty where there is none.

    What others compare with what they have seen. The time is that of the cosignature given then; before our
    present key has given one, and where it may sign nothing, there is none.
    """
    witness, known = _key_first(), remembered(origin)
    if witness is None or not known.note or not known.said_at:
        return known.note
    return f"{known.note}{witness.cosign(note.parse(known.note).text, known.said_at)}\n"


def origin_of(digest: str) -> str | None:
    """The log whose origin has that SHA-256 in hex, among those we have seen."""
    for origin in Seen.objects.values_list("pk", flat=True):
        if sha256(origin.encode()).hexdigest() == digest:
            return str(origin)
    return None


def _key_first() -> Cosigner | None:
    """Our key, None where it may not sign: had before the time that is remembered, which it then has said.

    A new one is in its place only once what the one before said is forgotten.
    """
    try:
        return keys.own(_home(), keys.origin())
    except (NotReady, Unavailable):
        return None


def _given(head: Head, old: int, proof: Sequence[bytes], now: datetime) -> Signature | None:
    """The line that was given for this head within `SAME`, without a write: anybody may send it again.

    Whatever is refused is refused before the lock is asked for, too. Only what the row says is said again:
    the file may be a head ahead of it, of which nothing was said yet.
    """
    origin, witness = head.checkpoint.origin, _key_first()
    row = Seen.objects.filter(pk=origin).first()
    known = memory.larger(_of(row) if row else Memory(origin), memory.read(_home(), origin))
    _refuse(origin)
    _follows(known, head.checkpoint, old, proof)
    if witness is None or row is None or known != _of(row) or not row.said_at:
        return None
    if head.checkpoint.size != known.size:
        return None
    new = str(_with_all_lines(known, head)) != known.note
    if new or not 0 <= int(now.timestamp()) - known.said_at < SAME.total_seconds():
        return None
    return witness.cosign(head.note.text, known.said_at)


def _with_all_lines(known: Memory, head: Head) -> Note:
    """The head's note, with the lines of keys that its log has signed it with before, too.

    The first line of each key stays: who has a key can sign one text in as many ways as they like, and two
    lines of a key in a note are no signature at all.
    """
    if head.checkpoint.size != known.size or not known.note:
        return head.note
    lines = (*note.parse(known.note).signatures, *head.note.signatures)
    first = {(each.name, each.key_id): each for each in reversed(lines)}
    return Note(head.note.text, tuple(dict.fromkeys(first[each.name, each.key_id] for each in lines)))


def _follows(known: Memory, head: Checkpoint, old: int, proof: Sequence[bytes]) -> None:
    root = bytes.fromhex(known.root)
    if old != known.size:
        raise Behind(known.size)
    if head.size == known.size and head.root != root:
        raise OtherRoot(known)
    if not verify_consistency(old, head.size, root, head.root, proof):
        raise NotShown


def _refuse(origin: str) -> None:
    """Nothing is said of a log under alarm, nor anything at all by a record that is itself not as it was."""
    if Alarm.objects.filter(origin=origin, ended_at=None).exists():
        raise UnderAlarm(
            Message("An alarm about this log is open, so nothing of it is cosigned."),
            Message("Whoever witnesses it looks into both heads and ends the alarm."),
        )
    kept.refuse(_home())
    marks.keep_up(_home())


def _time(known: Memory, now: datetime) -> int:
    time = int(now.timestamp())
    if time < known.said_at:
        raise Unavailable(
            Message(
                "The clock here stands before what was cosigned last: it was set back, or had been ahead."
            ),
            Message(
                "Set the clock right. If it was ahead when that was cosigned, begin with a new key of the"
                " witness: `masthead witness key --new --by NAME`. Until then nothing of that log is"
                " cosigned."
            ),
        )
    return time


def _of(row: Seen) -> Memory:
    return memory.agreeing(Memory(row.origin, row.size, row.root, row.note, row.said_at))


def _home() -> Path:
    home: Path = settings.MASTHEAD_HOME
    return home
