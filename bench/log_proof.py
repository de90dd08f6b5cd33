"""What an inclusion proof costs in a log of ten million entries, from the hashes that a database holds.

In a process of its own whose database `MASTHEAD_HOME` names. The tree is made up: every node of its stored
levels is there, and the entries of two hundred tiles and of the growing edge, each as long as a real one. The
others would be read by no proof that is asked for.
"""

import json
import random
import statistics
from collections.abc import Callable, Iterator
from itertools import batched
from time import perf_counter, process_time
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from datetime import UTC, datetime

from django.db import connection, transaction

from masthead.newsroom.evidence import tree, written
from masthead.newsroom.evidence.bundle import proof
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.models import Entry, LogHead, Node
from masthead.newsroom.evidence.vouched import new_id
from masthead.tlog.frontier import TILE_LEVELS
from masthead.tlog.hashes import node_hash
from masthead.tlog.proofs import TILE, verify_inclusion

SIZE = 10_000_000
TILES = 200


def main() -> None:
    """Make the tree, prove two hundred places in it, and say what that took."""
    chance = random.Random(7)
    # Not the first tile: real entries stand there.
    tiles = sorted(chance.sample(range(1, SIZE // TILE), TILES))
    make(set(tiles), chance)
    places = [tile * TILE + chance.randrange(TILE) for tile in tiles]
    chance.shuffle(places)
    root, reads, taken = tree.at(SIZE).root(), 0, []
    before = process_time()
    for place in places:
        proof(place, SIZE)
    spent = (process_time() - before) * 1000 / len(places)
    for place in places:
        with connection.execute_wrapper(counting := _Counting()):
            begun = perf_counter()
            path = proof(place, SIZE)
            taken.append((perf_counter() - begun) * 1000)
        reads = max(reads, counting.count)
        leaf = bytes(Entry.objects.values_list("leaf_hash", flat=True).get(place=place))
        if not verify_inclusion(leaf, place, SIZE, path, root):
            raise SystemExit(f"the proof of {place} does not hold")
    told = {"cpu": spent, "median": statistics.median(taken), "slowest": max(taken), "reads": reads}
    print(json.dumps(told))


class _Counting:
    """Counts statements."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.count += 1
        return execute(*args)


def make(tiles: set[int], chance: random.Random) -> None:
    """Write the entries of `tiles` and every stored node above, and move the head."""
    with lifted(), transaction.atomic():
        below: list[bytes] = []
        for tile in range(SIZE // TILE):
            leaves = [chance.randbytes(32) for _ in range(TILE)] if tile in tiles else []
            below.append(_over(leaves) if leaves else chance.randbytes(32))
            if leaves:
                written.insert(Entry, list(_entries(tile * TILE, leaves)))
        edge = [chance.randbytes(32) for _ in range(SIZE % TILE)]
        written.insert(Entry, list(_entries(SIZE - len(edge), edge)))
        level = TILE_LEVELS
        while below:
            written.insert(Node, [(level, index, digest) for index, digest in enumerate(below)])
            below = [_over(list(each)) for each in batched(below, TILE) if len(each) == TILE]
            level += TILE_LEVELS
        LogHead.objects.update(size=SIZE)


def _over(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        hashes = [node_hash(left, right) for left, right in zip(hashes[::2], hashes[1::2], strict=True)]
    return hashes[0]


def _entries(first: int, leaves: list[bytes]) -> Iterator[tuple[Any, ...]]:
    now = datetime.now(UTC)
    for number, leaf in enumerate(leaves):
        yield new_id(), first + number, 15, now, None, leaf, leaf, bytes(700)


if __name__ == "__main__":
    main()
