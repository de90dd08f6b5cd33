"""The right edge of the tree under a published checkpoint, held against the root that was signed.

A full tile has a hash in the tile above it; the narrow ones at the edge have none, so they are looked at
together: only the hashes that were signed give the root that was signed.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from masthead.newsroom.evidence import tree
from masthead.newsroom.evidence.models import Checkpoint
from masthead.tlog import checkpoint, note
from masthead.tlog.frontier import TILE_LEVELS
from masthead.tlog.proofs import Missing, Tree

KEPT = 32
"""Edges kept in memory, each of 65 kB at most. What has the root that was signed has it for ever."""


def under(row: Checkpoint) -> Mapping[int, Sequence[bytes]] | None:
    """The hashes at the edge, by the level of their tile; None where what is stored has another root.

    Costs a query for each level of tiles, once for each checkpoint.
    """
    try:
        said = checkpoint.Checkpoint.parse(note.parse(row.note).text)
        return _read(row.size, said.root) if (said.size, said.root) == (row.size, bytes(row.root)) else None
    except (Missing, ValueError):
        return None


@lru_cache(KEPT)
def _read(size: int, root: bytes) -> Mapping[int, Sequence[bytes]]:
    found: dict[int, Sequence[bytes]] = {}

    def hashes(level: int, start: int, count: int) -> Sequence[bytes]:
        found[level // TILE_LEVELS] = read = tree.stored_hashes(level, start, count)
        return read

    if Tree(size, hashes).root() != root:
        raise Missing("what is stored has another root than was signed")
    return found
