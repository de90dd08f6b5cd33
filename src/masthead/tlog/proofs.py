"""Proofs that an entry is in a tree, and that one tree grew from another: RFC 9162, sections 2.1.3 and 2.1.4.

Proofs are made from stored hashes, at levels that are multiples of 8, read 256 at a time; nothing is rebuilt
whole, so that a proof costs O(log size) whatever the size.
"""

from collections.abc import Callable, Sequence

from masthead.tlog.frontier import TILE_LEVELS
from masthead.tlog.hashes import EMPTY_ROOT, HASH_BYTES, node_hash

type Hashes = Callable[[int, int, int], Sequence[bytes]]
"""`hashes(level, start, count)`: stored hashes at a level that is a multiple of 8, in order.

May give fewer than `count` at the end of what is stored.
"""

TILE = 1 << TILE_LEVELS


class Missing(LookupError):
    """A hash that the tree must have is not stored."""


class Tree:
    """A tree of `size` leaves over stored hashes. Each tile is read once."""

    def __init__(self, size: int, hashes: Hashes) -> None:
        if size < 0:
            raise ValueError("a tree has no negative size")
        self.size = size
        self._hashes = hashes
        self._tiles: dict[tuple[int, int], Sequence[bytes]] = {}

    def root(self, size: int | None = None) -> bytes:
        """The root over the first `size` leaves, all by default."""
        size = self.size if size is None else size
        self._within(size)
        return self._over(0, size) if size else EMPTY_ROOT

    def inclusion(self, place: int) -> list[bytes]:
        """The proof that the leaf at `place` is in the tree. ValueError where there is no such leaf."""
        if not 0 <= place < self.size:
            raise ValueError("no such place in this tree")
        start, end, path = 0, self.size, []
        while end - start > 1:
            middle = start + _split(end - start)
            if place < middle:
                path.append((middle, end))
                end = middle
            else:
                path.append((start, middle))
                start = middle
        return [self._over(*part) for part in reversed(path)]

    def consistency(self, old: int) -> list[bytes]:
        """The proof that the first `old` leaves are those of the tree it grew from.

        Empty for `old` 0 or the whole. ValueError where the tree is smaller than `old`.
        """
        self._within(old)
        if old in (0, self.size):
            return []
        start, end, path = 0, self.size, []
        while old != end:
            middle = start + _split(end - start)
            if old <= middle:
                path.append((middle, end))
                end = middle
            else:
                path.append((start, middle))
                start = middle
        # The old tree's own root is known to whoever asks; a part of it is not.
        known = [] if start == 0 else [self._over(start, end)]
        return known + [self._over(*part) for part in reversed(path)]

    def _within(self, size: int) -> None:
        if not 0 <= size <= self.size:
            raise ValueError("the tree is smaller than that")

    def _over(self, start: int, end: int) -> bytes:
        """The hash over leaves from `start` up to `end`."""
        count = end - start
        if count & (count - 1) == 0:
            return self._complete(count.bit_length() - 1, start)
        middle = start + _split(count)
        return node_hash(self._over(start, middle), self._over(middle, end))

    def _complete(self, level: int, start: int) -> bytes:
        """The hash over the complete subtree of 2^level leaves from `start`, folded from one tile."""
        stored = level - level % TILE_LEVELS
        first, count = start >> stored, 1 << (level - stored)
        hashes = list(self._tile(stored, first // TILE)[first % TILE : first % TILE + count])
        if len(hashes) != count:
            raise Missing(f"hashes {first} to {first + count - 1} at level {stored} are not all stored")
        while len(hashes) > 1:
            hashes = [node_hash(hashes[at], hashes[at + 1]) for at in range(0, len(hashes), 2)]
        return hashes[0]

    def _tile(self, level: int, index: int) -> Sequence[bytes]:
        key = (level, index)
        if key not in self._tiles:
            count = min(TILE, (self.size >> level) - index * TILE)
            self._tiles[key] = self._hashes(level, index * TILE, count)
        return self._tiles[key]


def verify_inclusion(leaf: bytes, place: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` shows the leaf of that hash at `place` in the tree of `size` leaves under `root`.

    RFC 9162, section 2.1.3.2.
    """
    if not 0 <= place < size or any(len(part) != HASH_BYTES for part in (leaf, root, *proof)):
        return False
    at, last, node = place, size - 1, leaf
    for part in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            node = node_hash(part, node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = node_hash(node, part)
        at, last = at >> 1, last >> 1
    return last == 0 and node == root


def verify_consistency(
    old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether `proof` shows that the tree under `new_root` begins with all of the one under `old_root`.

    RFC 9162, section 2.1.4.2. Of the empty tree nothing needs proof but that its root is the hash of nothing.
    """
    if not 0 <= old_size <= new_size or any(len(h) != HASH_BYTES for h in (old_root, new_root, *proof)):
        return False
    if old_size == new_size:
        return not proof and old_root == new_root and (old_size > 0 or old_root == EMPTY_ROOT)
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if len(path) < 2:
        return False
    at, last = old_size - 1, new_size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for part in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(part, old), node_hash(part, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, part)
        at, last = at >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << ((count - 1).bit_length() - 1)
