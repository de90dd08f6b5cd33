"""The growing edge of a Merkle tree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from masthead.tlog.hashes import EMPTY_ROOT, HASH_BYTES, node_hash

TILE_LEVELS = 8
"""Nodes are stored at levels that are multiples of this (C2SP tlog-tiles: 256 hashes a tile)."""


@dataclass(frozen=True, slots=True)
class Stored:
    """The hash of the complete subtree over leaves `index * 2^level` up to `(index + 1) * 2^level`."""

    level: int
    index: int
    hash: bytes


class Frontier:
    """A tree's size and its peaks: the hashes of its complete subtrees, largest first.

    Invariant: there is one peak for each bit set in `size`, so that the next append and the root need nothing
    else. `append` costs O(1) hashes amortised, `root` O(log size).
    """

    __slots__ = ("_peaks", "_size")

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        """Take up a tree where it stood. ValueError where `peaks` cannot be those of `size` leaves."""
        if size < 0 or len(peaks) != size.bit_count() or any(len(peak) != HASH_BYTES for peak in peaks):
            raise ValueError("a tree has one 32-byte peak for each bit set in its size")
        self._size = size
        self._peaks = list(peaks)

    @classmethod
    def from_bytes(cls, size: int, peaks: bytes) -> "Frontier":
        """The frontier whose `to_bytes` was `peaks`."""
        if len(peaks) % HASH_BYTES:
            raise ValueError("peaks are 32 bytes each")
        return cls(size, [peaks[at : at + HASH_BYTES] for at in range(0, len(peaks), HASH_BYTES)])

    def to_bytes(self) -> bytes:
        """The peaks one after the other."""
        return b"".join(self._peaks)

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return self._size

    def append(self, leaf: bytes) -> Iterator[Stored]:
        """Add the hash of the next leaf; gives the nodes it completes at stored levels above 0."""
        if len(leaf) != HASH_BYTES:
            raise ValueError("a leaf hash has 32 bytes")
        node, level, index = leaf, 0, self._size
        completed = []
        while index & 1:
            node, level, index = node_hash(self._peaks.pop(), node), level + 1, index >> 1
            if level % TILE_LEVELS == 0:
                completed.append(Stored(level, index, node))
        self._peaks.append(node)
        self._size += 1
        return iter(completed)

    def extend(self, leaves: Sequence[bytes]) -> list[Stored]:
        """Add many leaves, a level at a time; gives what `append` of each gives, lowest levels first."""
        if not {HASH_BYTES}.issuperset(map(len, leaves)):
            raise ValueError("a leaf hash has 32 bytes")
        nodes, level, begin = list(leaves), 0, self._size
        completed, peaks = [], []
        while nodes:
            # What stands at an odd index has its left neighbour among the peaks.
            if begin & 1:
                nodes.insert(0, self._peaks.pop())
            if len(nodes) & 1:
                peaks.append(nodes.pop())
            pairs = zip(nodes[::2], nodes[1::2], strict=True)
            nodes = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
            level, begin = level + 1, begin >> 1
            if level % TILE_LEVELS == 0:
                completed += [Stored(level, index, node) for index, node in enumerate(nodes, begin)]
        self._peaks += reversed(peaks)
        self._size += len(leaves)
        return completed

    def root(self) -> bytes:
        """The root of the tree as it stands; of no leaves, the hash of nothing."""
        if not self._peaks:
            return EMPTY_ROOT
        node = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            node = node_hash(peak, node)
        return node
