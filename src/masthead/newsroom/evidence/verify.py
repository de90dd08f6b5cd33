"""Verify the whole log: each leaf from its fields, the tree from its leaves, the rows from their entries.

Reads a stretch of entries at a time, so that memory does not grow with the log: quickly first, and where that
does not agree, entry by entry to say what is wrong. Takes no lock, so that commands go on.
"""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings

from masthead.errors import Damaged, NotReady
from masthead.language import Message
from masthead.newsroom.evidence import high_water, missing
from masthead.newsroom.evidence.as_kept import Held
from masthead.newsroom.evidence.key_ring import UNREADABLE
from masthead.newsroom.evidence.models import Checkpoint, Entry, LogHead, RowDigest
from masthead.newsroom.evidence.raw import fetched
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.newsroom.evidence.verify_apart import HowMany, looked, one
from masthead.newsroom.evidence.verify_beyond import beyond_failures
from masthead.newsroom.evidence.verify_checkpoints import checkpoints
from masthead.newsroom.evidence.verify_entry import Failure, entry_failures, read
from masthead.newsroom.evidence.verify_erased import erased_failures
from masthead.newsroom.evidence.verify_keys import FAULTS, changed_rows, key_failures, key_list
from masthead.newsroom.evidence.verify_quick import STRETCH, Agreed
from masthead.newsroom.evidence.verify_rows import row_failures
from masthead.newsroom.evidence.verify_said import Said, said_failures
from masthead.newsroom.evidence.verify_spelling import any_of_another_sort
from masthead.newsroom.evidence.verify_unvouched import unvouched_rows
from masthead.tlog.frontier import Frontier, Stored
from masthead.tlog.hashes import EMPTY_ROOT, HASH_BYTES
from masthead.tlog.key_list import KeyList
from masthead.tlog.note import VerifierKey
from masthead.tlog.proofs import TILE

__all__ = ["Failure", "Verdict", "verify_log"]

_NODES = 'SELECT "index", hash FROM evidence_node WHERE level = %s AND "index" BETWEEN %s AND %s'


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification found up to the head `size` and `root`. `rows` are the digests of rows it met."""

    origin: str
    size: int
    root: bytes
    rows: int
    checkpoints: int
    first_failure: Failure | None
    said: Said = field(default_factory=Said)
    """What others have said of its checkpoints."""

    @property
    def intact(self) -> bool:
        """Whether all of it agrees."""
        return self.first_failure is None

    @property
    def why(self) -> Message | None:
        """The first failure in words; None where all agrees."""
        return self.first_failure.told if self.first_failure else None

    def to_json(self) -> dict[str, Any]:
        """A JSON object for other software."""
        failure = self.first_failure
        return {
            "intact": self.intact,
            "origin": self.origin,
            "size": self.size,
            "root": self.root.hex(),
            "rows": self.rows,
            "checkpoints": self.checkpoints,
            "cosignatures": self.said.cosignatures,
            "stamps": self.said.stamps,
            "not_looked_at": sorted(self.said.not_looked_at),
            "first_failure": failure and {"place": failure.place, "why": str(failure.why)},
        }


def verify_log(key: VerifierKey | None = None, *, processes: HowMany = one) -> Verdict:
    """Verify everything up to the head as it stands. `key` is one of the log's, else those on record count.

    The first failure in order of places is reported. `NotReady` where there is no log; `Damaged` where its
    head cannot be read; `Unavailable` where one of several `processes` ended before it was done.
    """
    home: Path = settings.MASTHEAD_HOME
    with told_plainly():
        if not LogHead.objects.exists():
            missing.refuse_to_begin(home)
            raise NotReady(
                Message("There is no evidence log here yet."),
                Message("Run `masthead init` in this folder first."),
            )
        # The file before the head: what is published meanwhile must not make the head look older.
        mark = high_water.read(home)
        head = _head()
        run = _Run(head, _sound_keys(home, key), mark)
        failure = run.first_failure(processes(head.size))
    return Verdict(
        head.origin, run.frontier.size, run.frontier.root(), run.rows, run.checkpoints, failure, run.said
    )


def _head() -> LogHead:
    """The one head. `Damaged` where two are there, or one that no log can have."""
    heads = list(LogHead.objects.all()[:2])
    if len(heads) == 1 and any_of_another_sort(LogHead, "size") is None:
        return heads[0]
    raise Damaged(
        Message("The head of the log does not belong to its entries."),
        Message("Keep the database as it is, and see `masthead log verify`."),
    )


def _sound_keys(home: Path, key: VerifierKey | None) -> KeyList | None:
    """The keys that count; None where their rows are not as they were written, and some entry is at fault."""
    if key is None and next(changed_rows(), None) is not None:
        return None
    try:
        return key_list(home, key)
    except Damaged:
        return None


class _Run:
    """One pass over the log, from its first entry to the head."""

    def __init__(self, head: LogHead, keys: KeyList | None, mark: high_water.HighWater) -> None:
        self.head = head
        self.keys = keys
        self.mark = mark
        self.frontier = Frontier()
        self.rows = 0
        self.checkpoints = 0
        self.said = Said()
        self._held = Held()
        self._all_vouched = False
        """Whether another process found every row vouched for."""
        self._coming: dict[int, Checkpoint | None] = {}
        self._looked_at: set[int] = set()
        """Sizes at which there is something to compare, up to where the next stretch begins."""

    def first_failure(self, processes: int) -> Failure | None:
        """The first disagreement; None where all agrees. What cannot be read at all is one too."""
        try:
            with closing(self.failures(processes)) as failures:
                return next(failures, None)
        except UnicodeDecodeError:
            raise
        except UNREADABLE:
            at = self.frontier.size
            return Failure(at if at < self.head.size else None, Message("what is on record cannot be read"))

    def failures(self, processes: int) -> Generator[Failure]:
        """Every disagreement, in order of places; those of the whole come last."""
        if self.mark.origin != self.head.origin or self.mark.size > self.head.size:
            yield Failure(None, Message("the database is older than what was published, or of another log"))
        yield from self._published_at(Frontier())
        with closing(looked(self.head.size, processes, self._rows_are_vouched_for)) as stretches:
            for start, quick in stretches:
                yield from self._stretch(start, min(start + STRETCH, self.head.size), quick)
        yield from self._whole()

    def _stretch(self, start: int, end: int, quick: Agreed | None) -> Iterator[Failure]:
        """Go by the quick look where all is well; where something is not, look at each entry to say what."""
        if quick is None or any(_erased_failures(quick.erased)):
            for at in range(start, end, TILE):
                yield from self._chunk(at, min(at + TILE, end))
            return
        found: list[Failure] = []
        completed: list[Stored] = []
        for size in sorted({end, *(each for each in self._looked_at if start < each < end)}):
            completed += self.frontier.extend(quick.leaves[self.frontier.size - start : size - start])
            found += self._published_at(self.frontier)
        self.rows += quick.digests
        if quick.other_rows:
            found += row_failures(RowDigest.objects.filter(entry__place__in=quick.other_rows))
        found += _node_failures(completed)
        yield from sorted(found, key=_place)

    def _chunk(self, start: int, end: int) -> Iterator[Failure]:
        found: list[Failure] = []
        by_place = read(start, end, found)
        completed: list[Stored] = []
        for place in range(start, end):
            whole = by_place.get(place)
            if whole is None:
                found.append(Failure(place, Message("the entry is missing or cannot be read")))
                break
            found += entry_failures(whole)
            completed += self.frontier.append(_hash(whole.entry))
            found += self._published_at(self.frontier)
        digests = [digest for whole in by_place.values() for digest in whole.digests]
        self.rows += len(digests)
        found += row_failures(digests)
        found += erased_failures(whole.entry for whole in by_place.values())
        found += _node_failures(completed)
        yield from sorted(found, key=_place)

    def _published_at(self, frontier: Frontier) -> Iterator[Failure]:
        """What was published of the log when it had as many entries as `frontier`."""
        last = frontier.size - 1 if frontier.size else None
        if self.mark.size == frontier.size and self.mark.root != frontier.root():
            yield Failure(last, Message("the root is not the one that was published"))
        if frontier.size % STRETCH == 0:
            self._rows_of_checkpoints(frontier.size)
        if frontier.size not in self._coming:
            return
        self.checkpoints += 1
        if why := self._fault_of(self._coming[frontier.size], frontier.root()):
            size = frontier.size
            yield Failure(
                last, Message("the checkpoint of %(size)s entries: %(why)s", {"size": size, "why": why})
            )

    def _fault_of(self, row: Checkpoint | None, root: bytes) -> Message | None:
        if row is None:
            return Message("it cannot be read")
        if bytes(row.root) != root:
            return Message("it was signed over another root")
        if self.keys and (fault := self.keys.fault_of(row.note, row.size, bytes(row.root))):
            return FAULTS[fault]
        return None if self._held(row) else Message("it is not as it was kept")

    def _rows_of_checkpoints(self, size: int) -> None:
        self._coming = checkpoints(size, size + STRETCH)
        self._looked_at = {*self._coming, self.mark.size, size + STRETCH}

    def _rows_are_vouched_for(self) -> None:
        self._all_vouched = True

    def _whole(self) -> Iterator[Failure]:
        if bytes(self.head.peaks) != self.frontier.to_bytes():
            yield Failure(None, Message("the head of the log does not belong to its entries"))
        yield from beyond_failures(self.head.size)
        yield from key_failures()
        if self.keys is None:
            yield Failure(None, Message("what is on record of the log's keys cannot be read"))
        if not self._all_vouched:
            yield from unvouched_rows()
        yield from said_failures(self.said, self._held)


def _place(failure: Failure) -> int:
    """What is said of no entry comes first: it keeps others from being read as they are."""
    return -1 if failure.place is None else failure.place


def _erased_failures(places: list[int]) -> Iterator[Failure]:
    """What does not agree in entries of which something is erased, looked at by themselves."""
    for place in places:
        whole = read(place, place + 1).get(place)
        if whole is None:
            yield Failure(place, Message("the entry is missing or cannot be read"))
            continue
        yield from entry_failures(whole)
        yield from erased_failures([whole.entry])


def _hash(entry: Entry) -> bytes:
    kept: object = entry.leaf_hash
    # What is no hash was reported with its entry; the tree needs something to go on with.
    return bytes(kept) if isinstance(kept, bytes | memoryview) and len(kept) == HASH_BYTES else EMPTY_ROOT


def _node_failures(completed: list[Stored]) -> Iterator[Failure]:
    for level, listed in groupby(sorted(completed, key=lambda each: each.level), lambda each: each.level):
        made = {each.index: each.hash for each in listed}
        kept = dict(fetched(_NODES, [level, min(made), max(made)]))
        for index, digest in made.items():
            if bytes(kept.get(index) or b"") != digest:
                last = ((index + 1) << level) - 1
                yield Failure(
                    last,
                    Message(
                        "the stored hash %(index)s of level %(level)s is not that of the entries under it",
                        {"index": index, "level": level},
                    ),
                )
