"""The keys of the log as the record has them: which sign a checkpoint, which count, and how they hand over.

The first key is known by its line in `keys/log.pub`, and from the first change on by the row of that change.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import DataError

from masthead.errors import Damaged, NotReady
from masthead.language import Message
from masthead.newsroom.evidence import keys
from masthead.newsroom.evidence.models import Entry, KeyRevocation, LogHead, LogKey
from masthead.tlog.handover import Ground
from masthead.tlog.key_list import KeyList, Listed, State
from masthead.tlog.note import VerifierKey


@dataclass(frozen=True, slots=True)
class Ring:
    """Every key of the log, and until when each that handed over signs along with those after it."""

    list: KeyList
    overlaps: tuple[datetime | None, ...]
    """For each key: until when. None for the current one, and where nothing was handed over."""

    @property
    def current(self) -> VerifierKey:
        """The key that signs now."""
        return self.list.current.key

    def signing(self, size: int, at: datetime | None) -> tuple[VerifierKey, ...]:
        """The keys that sign a checkpoint of `size` entries whose last was recorded `at`, oldest first.

        They depend on the record alone and not on the clock: a checkpoint that a crash kept from being
        published is signed by the very same keys later. A replacement ends what signed along before it: what
        happened to one key may have happened to those beside it.
        """
        came = [each for each in self.list.keys if each.size <= size]
        found = [came[-1].key]
        for each, until in zip(reversed(came[:-1]), reversed(self.overlaps[: len(came) - 1]), strict=True):
            if until is None:
                break
            if at is not None and at < until and each.counts_at(size):
                found.insert(0, each.key)
        return tuple(found)


UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, OverflowError, DataError)
"""What reading a row raises in which something else stands than was written: SQLite lets anything be, and
PostgreSQL has moments that Python has none for."""


def ring(home: Path) -> Ring:
    """The keys as they are on record.

    `NotReady` where not even the first is known, `Damaged` where the rows about them cannot be read.
    """
    try:
        return _ring(home)
    except UNREADABLE as error:
        raise Damaged(
            Message("What the record says of the log's keys cannot be read."),
            Message("Nothing was signed. Keep the database as it is, and see `masthead log verify`."),
        ) from error


def _ring(home: Path) -> Ring:
    rows = list(LogKey.objects.order_by("from_size"))
    if not rows:
        return Ring(KeyList.of(_first(home)), (None,))
    gone = {each.key: each for each in KeyRevocation.objects.all()}
    lines = [rows[0].previous, *(row.key for row in rows)]
    sizes = [0, *(row.from_size for row in rows)]
    overlaps = (*(row.overlap_until for row in rows), None)
    listed = tuple(_listed(line, size, gone.get(line)) for line, size in zip(lines, sizes, strict=True))
    notes = [row.statement for row in rows] + [gone[line].statement for line in lines if line in gone]
    bare = Ring(KeyList(listed[0].key.name, listed, tuple(notes)), overlaps)
    return _with_states(bare)


def published(home: Path) -> str:
    """What `/log/keys` says: `masthead.tlog.key_list`. `NotReady` where there is no log."""
    return str(ring(home).list)


def handovers(home: Path) -> tuple[str, ...]:
    """The signed notes by which a stranger follows from an earlier key to the current one."""
    return ring(home).list.notes


def newest_time(size: int) -> datetime | None:
    """When the last of the first `size` entries was recorded, on the log's own clock."""
    return Entry.objects.filter(place=size - 1).values_list("recorded_at", flat=True).first()


def _first(home: Path) -> VerifierKey:
    """The first key while nothing has changed: from the file of its line, else from the private half."""
    try:
        return VerifierKey.parse(keys.public_line(home))
    except (NotReady, ValueError):
        origin = LogHead.objects.values_list("origin", flat=True).first()
        if origin is None or not (home / keys.PRIVATE).is_file():
            raise NotReady(
                Message("Neither `keys/log.pub` nor `keys/log.key` is in the home folder."),
                Message(
                    "Put them back from a backup. If the key is lost for good, run `masthead key replace"
                    " --reason lost --old LINE --by NAME` with the public line as you published it."
                ),
            ) from None
        return keys.FileSigner(home / keys.PRIVATE, origin).key


def _listed(line: str, size: int, gone: KeyRevocation | None) -> Listed:
    key = VerifierKey.parse(line)
    if gone is None:
        return Listed(key, State.EARLIER, size)
    return Listed(key, State.REVOKED, size, gone.from_size, Ground(gone.reason), gone.since)


def _with_states(bare: Ring) -> Ring:
    size = LogHead.objects.values_list("size", flat=True).first() or 0
    signing = bare.signing(size, newest_time(size))
    states = dict.fromkeys(signing, State.ALONG) | {bare.current: State.CURRENT}
    listed = tuple(
        each
        if each.state is State.REVOKED
        else Listed(each.key, states.get(each.key, State.EARLIER), each.size)
        for each in bare.list.keys
    )
    return Ring(KeyList(bare.list.origin, listed, bare.list.notes), bare.overlaps)
