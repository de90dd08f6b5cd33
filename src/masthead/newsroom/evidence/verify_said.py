"""Verify what others have said of checkpoints: each cosignature and each time stamp that is kept.

A cosignature is verified with the key of its witness, a stamp up to the root that the settings name. Where
the key is known no longer, or a stamp leads to no such root, it was not looked at, and that is said: what
cannot be verified is neither fine nor damaged.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import batched
from pathlib import Path

from cryptography.x509 import Certificate
from django.conf import settings

from masthead.language import Message
from masthead.newsroom.evidence.as_kept import Held
from masthead.newsroom.evidence.key_ring import UNREADABLE
from masthead.newsroom.evidence.models import Checkpoint, Cosignature, Stamp
from masthead.newsroom.evidence.verify_entry import Failure
from masthead.newsroom.evidence.verify_spelling import misspelled
from masthead.tlog import note
from masthead.tlog.cosignature import LATEST, TIME_BYTES, CosignerKey, time_of
from masthead.tlog.note import SIGNATURE_BYTES, Malformed, Signature
from masthead.tlog.stamp import NoStamp, claimed_at, read_roots, stamped_at

witness_keys: list[Callable[[], Iterable[str]]] = []
"""Each gives verifier-key lines of witnesses: of those that are asked, and of those that once were."""
_AT_ONCE = 500
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NO_CHECKPOINT = Message("it belongs to no checkpoint that can be read")
_CHANGED = Message("it is not as it was kept")
_UNREADABLE = Message("it cannot be read")


@dataclass(slots=True)
class Said:
    """What was met of others' words, and of whom it could not be verified."""

    cosignatures: int = 0
    stamps: int = 0
    not_looked_at: set[str] = field(default_factory=set)
    """Witnesses whose keys are not known, by name and key id, and authorities, by address."""


def said_failures(said: Said, held: Held) -> Iterator[Failure]:
    """Cosignatures and stamps that do not hold, each named with its checkpoint. Counts in `said`."""
    keys = _keys()
    for size, text, given in _rows(Cosignature):
        said.cosignatures += 1
        why = _cosignature(given, text, keys, said, held) if given else _UNREADABLE
        who = given.name if given else "?"
        if why is not None:
            yield Failure(
                None,
                Message(
                    "the cosignature of %(witness)s on the checkpoint of %(size)s entries: %(why)s",
                    {"witness": who, "size": size, "why": why},
                ),
            )
    roots = _roots()
    for size, text, kept in _rows(Stamp):
        said.stamps += 1
        why = _stamp(kept, text, roots, said, held) if kept else _UNREADABLE
        who = kept.authority if kept else "?"
        if why is not None:
            yield Failure(
                None,
                Message(
                    "the time stamp from %(authority)s on the checkpoint of %(size)s entries: %(why)s",
                    {"authority": who, "size": size, "why": why},
                ),
            )


def _rows[M: (Cosignature, Stamp)](model: type[M]) -> Iterator[tuple[int, str | None, M | None]]:
    """Each row with its checkpoint's size and text; None for a row that cannot be read."""
    about = model._default_manager.order_by("checkpoint").values_list("checkpoint", flat=True)
    for sizes in batched(about.distinct().iterator(_AT_ONCE), _AT_ONCE):
        texts = _texts(sizes)
        for size, row in _of(model, sizes):
            yield size, texts.get(size), row


def _of[M: (Cosignature, Stamp)](model: type[M], sizes: Sequence[int]) -> Iterator[tuple[int, M | None]]:
    try:
        some = model._default_manager.filter(checkpoint__in=sizes).order_by("checkpoint", "pk")
        found, otherwise = list(some), misspelled(some)
    except UNREADABLE:
        if len(sizes) == 1:
            yield sizes[0], None
            return
        for size in sizes:
            yield from _of(model, [size])
        return
    yield from [(row.checkpoint_id, None if row.pk in otherwise else row) for row in found]


def _cosignature(
    row: Cosignature,
    text: str | None,
    keys: Mapping[tuple[str, bytes], list[CosignerKey]],
    said: Said,
    held: Held,
) -> Message | None:
    if text is None:
        return _NO_CHECKPOINT
    line = _line(row)
    if line is None or not held(row):
        return _CHANGED
    known = keys.get((line.name, line.key_id))
    if known is None:
        said.not_looked_at.add(f"{line.name}+{line.key_id.hex()}")
    elif all(time_of(text, line, key) is None for key in known):
        return Message("it does not verify")
    return None


def _line(row: Cosignature) -> Signature | None:
    """The line of a cosignature, where it is one and the other columns say what it says."""
    try:
        (line,) = note.signatures(f"{row.line}\n")
    except (Malformed, ValueError):
        return None
    content = line.signature
    time = int.from_bytes(content[:TIME_BYTES], "big")
    if len(content) != TIME_BYTES + SIGNATURE_BYTES or time > LATEST:
        return None
    same = (line.name, line.key_id, str(line)) == (row.name, bytes(row.key_id), row.line)
    said_at: object = row.said_at
    if not isinstance(said_at, datetime):
        return None  # text that is no time: SQLite lets it stand there
    since = divmod(said_at - _EPOCH, timedelta(seconds=1))  # the time may be beyond all that Python counts
    return line if same and since == (time, timedelta()) else None


def _stamp(row: Stamp, text: str | None, roots: list[Certificate], said: Said, held: Held) -> Message | None:
    if text is None:
        return _NO_CHECKPOINT
    token = bytes(row.token)
    try:
        claimed = claimed_at(token, text)
    except NoStamp:
        return Message("it is not of this checkpoint, or cannot be read")
    if claimed != row.said_at or not held(row):
        return _CHANGED
    try:
        stamped_at(token, text, roots)
    except NoStamp:
        said.not_looked_at.add(row.authority)
    return None


def _texts(sizes: Iterable[int]) -> dict[int, str]:
    """What stands over the signatures of the checkpoints of these sizes."""
    found: dict[int, str] = {}
    for size, signed in Checkpoint.objects.filter(size__in=set(sizes)).values_list("size", "note"):
        try:
            found[size] = note.parse(signed).text
        except Malformed:
            continue  # reported with the checkpoint
    return found


def _keys() -> dict[tuple[str, bytes], list[CosignerKey]]:
    found: dict[tuple[str, bytes], list[CosignerKey]] = defaultdict(list)
    for lines in witness_keys:
        for line in lines():
            try:
                key = CosignerKey.parse(line)
            except Malformed:
                continue  # reported with its row
            found[key.name, key.key_id].append(key)
    return dict(found)


def _roots() -> list[Certificate]:
    """The certificates that stamps lead to; none where none is named, or it cannot be read."""
    try:
        return read_roots(Path(settings.MASTHEAD.tsa_root).read_bytes()) if settings.MASTHEAD.tsa_root else []
    except (OSError, ValueError):
        return []
