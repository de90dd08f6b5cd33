"""What verifying a whole log costs, beside the very same hashes of entries that are in memory already.

In a process of its own whose database `MASTHEAD_HOME` names. Verified by one process, and by one for each
core; of both, what it took by the clock and in CPU of all processes, their start included. Bare is one
process: SHA-256 of each line of each entry, of its commitment, its leaf, the nodes above, and of its row, all
of it cut and joined beforehand where that can be; no database, no comparison. The same with the text of the
row made from its columns is what would be left if the database cost nothing.
"""

import json
import resource
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import batched
from time import perf_counter, process_time
from typing import Any, NamedTuple

import django
import psutil

if __name__ == "__main__":
    django.setup()

from django.db import connection

from bench.clock import peak
from masthead.newsroom.evidence import raw, verify_quick
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry, LogHead, RowDigest
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.evidence.verify_apart import HowMany, one, one_a_core
from masthead.newsroom.items.models import AIUse
from masthead.tlog.frontier import Frontier

SAMPLE = 20_000
"""Entries hashed bare: as many as fit in memory without weighing there; per entry it makes no difference."""
ROUNDS = 3
ROWS = (
    "SELECT {columns} FROM items_aiuse t JOIN evidence_entry e ON t.entry_id = e.id WHERE e.place >= %s"
    " ORDER BY e.place"
)


@dataclass(frozen=True)
class Laid:
    """The bytes of each hash, laid out beforehand; and the columns of which those of the rows are made."""

    lines: Sequence[bytes]
    committed: Sequence[bytes]
    faces: Sequence[bytes]
    rows: Sequence[bytes]
    columns: Sequence[Sequence[Any]]


def main() -> None:
    """Say what an entry costs, in microseconds, by one process and by as many as there are cores."""
    size = LogHead.objects.get().size
    # By one process first: what it held at most, it is said to hold from then on.
    held = {
        "alone": _most(lambda: _verified(size, one)),
        "several": _most(lambda: _verified(size, one_a_core)),
    }
    count = min(SAMPLE, size - 3)
    laid = _in_memory(size - count)
    _hashed(laid)
    hashed, made, alone, several = [], [], [], []
    # In turn, so that all meet the same neighbours.
    for _ in range(ROUNDS):
        hashed.append(_spent(lambda: _hashed(laid), count))
        made.append(_spent(lambda: _texts(laid), count))
        alone.append(_spent(lambda: _verified(size, one), size))
        several.append(_spent(lambda: _verified(size, one_a_core), size))
    bare = _least(hashed)
    told = {
        "several": _least(several)._asdict(),
        "alone": _least(alone)._asdict(),
        "bare": bare._asdict(),
        "rows": bare.cpu + _least(made).cpu,
        "processes": one_a_core(size),
        "held": held,
    }
    print(json.dumps(told))


class Spent(NamedTuple):
    """Microseconds an entry: CPU of all processes, and by the clock."""

    cpu: float
    clock: float


def _spent(work: Callable[[], None], count: int) -> Spent:
    before, start = _cpu(), perf_counter()
    work()
    return Spent((_cpu() - before) * 1e6 / count, (perf_counter() - start) * 1e6 / count)


def _cpu() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + ended.ru_utime + ended.ru_stime


def _least(listed: Sequence[Spent]) -> Spent:
    return Spent(min(each.cpu for each in listed), min(each.clock for each in listed))


def _most(work: Callable[[], None]) -> float:
    """The most memory that this process and its children held at once while they worked, in megabytes."""
    done, most = threading.Event(), [0.0]

    def look() -> None:
        while not done.wait(0.02):
            held = peak()
            for each in psutil.Process().children():
                with suppress(psutil.NoSuchProcess):
                    held += each.memory_info().rss / 2**20
            most[0] = max(most[0], held)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        work()
    finally:
        done.set()
        looking.join()
    return most[0]


def _verified(size: int, processes: HowMany) -> None:
    verdict = verify_log(processes=processes)
    if not verdict.intact or verdict.size != size:
        raise SystemExit(f"the log is not intact: {verdict.why}")


def _in_memory(first: int) -> Laid:
    """The same for all entries from the place `first` on, of one kind as they are."""
    kept = Entry.objects.filter(place__gte=first).order_by("place")
    salts = RowDigest.objects.filter(entry__place__gte=first).order_by("entry__place")
    shape, lines = raw.shape_of(AIUse, connection.vendor), []
    for (sealed,) in kept.values_list("sealed"):
        lines += bytes(sealed).split(b"\n")
    columns = [*zip(*raw.fetched(ROWS.format(columns=shape.asked), [first]), strict=True)]
    texts = [text.encode() for text in shape.texts(columns)]
    salted = [
        bytes(salt) + text for salt, text in zip(salts.values_list("salt", flat=True), texts, strict=True)
    ]
    frame = verify_quick.frame_of(int(Kind.AI_USE_RECORDED))
    committed = [sha256(line).hexdigest() for line in lines]
    of_entry = [[*column] for column in zip(*batched(committed, len(frame.names)), strict=True)]
    texts = [text.encode() for text in raw.filled(frame.gaps, of_entry)]
    faces = [sha256(text).hexdigest().join(frame.body).encode() for text in texts]
    return Laid(lines, texts, faces, salted, columns)


def _hashed(laid: Laid) -> None:
    """Every hash of an entry, the nodes above it too, a stretch of them at a time."""
    for line in laid.lines:
        sha256(line).hexdigest()
    for text in laid.committed:
        sha256(text).hexdigest()
    leaves = [sha256(face).digest() for face in laid.faces]
    frontier = Frontier()
    for some in batched(leaves, verify_quick.STRETCH):
        frontier.extend(some)
    for row in laid.rows:
        sha256(row).hexdigest()


def _texts(laid: Laid) -> None:
    """The text of each row, made of its columns."""
    shape = raw.shape_of(AIUse, connection.vendor)
    for start in range(0, len(laid.faces), verify_quick.STRETCH):
        columns = [column[start : start + verify_quick.STRETCH] for column in laid.columns]
        for text in shape.texts(columns):
            text.encode()


if __name__ == "__main__":
    main()
