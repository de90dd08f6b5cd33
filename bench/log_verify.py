"""What verifying a whole log costs, beside the very same hashes of entries that are in memory already.

In a process of its own whose database `MASTHEAD_HOME` names. Bare is: SHA-256 of each line of each entry, of
its commitment, its leaf, the nodes above, and of its row, all of it cut and joined beforehand where that can
be; no database, no comparison. The same with the text of the row made from its columns is what would be left
if the database cost nothing.
"""

import json
from hashlib import sha256
from time import process_time
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from bench.clock import peak
from masthead.newsroom.evidence import rows
from masthead.newsroom.evidence.models import Entry, LogHead, RowDigest
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.evidence.verify_quick import frame_of
from masthead.newsroom.items.models import AIUse
from masthead.tlog.frontier import Frontier

SAMPLE = 20_000
"""Entries hashed bare: as many as fit in memory without weighing there; per entry it makes no difference."""


def main() -> None:
    """Say what an entry costs, in microseconds of CPU."""
    size = LogHead.objects.get().size
    verify_log()
    before = process_time()
    verdict = verify_log()
    taken = process_time() - before
    if not verdict.intact or verdict.size != size:
        raise SystemExit(f"the log is not intact: {verdict.why}")
    most = peak()
    count = min(SAMPLE, size - 3)
    entries, texts = _in_memory(size - count)
    bare, made = _least(lambda: _hashed(entries)), _least(lambda: _texts(texts))
    told = {"verify": taken * 1e6 / size, "bare": bare * 1e6 / count, "rows": (bare + made) * 1e6 / count}
    print(json.dumps(told | {"rss": most}))


def _in_memory(first: int) -> tuple[list[Any], list[Any]]:
    shape = rows.shape_of(AIUse)
    kept = Entry.objects.filter(place__gte=first).order_by("place")
    uses = (
        AIUse.objects.filter(entry__place__gte=first).order_by("entry__place").values_list(*shape.attributes)
    )
    salts = RowDigest.objects.filter(entry__place__gte=first).order_by("entry__place")
    texts = list(uses)
    entries = [
        (frame_of(kind), bytes(sealed).split(b"\n"), bytes(salt or b"") + shape.text(row).encode())
        for (kind, sealed), salt, row in zip(
            kept.values_list("kind", "sealed"), salts.values_list("salt", flat=True), texts, strict=True
        )
    ]
    return entries, texts


def _hashed(entries: list[Any]) -> None:
    frontier = Frontier()
    for frame, lines, row in entries:
        commitment = frame.commitment % tuple([sha256(line).hexdigest() for line in lines])
        frontier.append(sha256((frame.body % sha256(commitment.encode()).hexdigest()).encode()).digest())
        sha256(row).digest()


def _texts(listed: list[Any]) -> None:
    shape = rows.shape_of(AIUse)
    for row in listed:
        shape.text(row).encode()


def _least(work: Any) -> float:
    taken = []
    for _ in range(5):
        before = process_time()
        work()
        taken.append(process_time() - before)
    return min(taken)


if __name__ == "__main__":
    main()
