"""Trees to test on: stored hashes kept in memory, as a database keeps them."""

from functools import cache
from hashlib import sha256

from masthead.tlog.frontier import Frontier
from masthead.tlog.hashes import leaf_hash
from masthead.tlog.proofs import Tree
from masthead.tlog.tiles import ENTRIES, Tile, bundle, covering


@cache
def body(place: int) -> bytes:
    return sha256(str(place).encode()).hexdigest().encode()


class Grown:
    """A log of `size` entries: its frontier, and its hashes at levels 0, 8, 16 and so on."""

    def __init__(self, size: int) -> None:
        self.frontier = Frontier()
        self.levels: dict[int, list[bytes]] = {0: []}
        self.roots = [self.frontier.root()]
        for place in range(size):
            leaf = leaf_hash(body(place))
            self.levels[0].append(leaf)
            for stored in self.frontier.append(leaf):
                level = self.levels.setdefault(stored.level, [])
                assert stored.index == len(level)
                level.append(stored.hash)
            self.roots.append(self.frontier.root())

    def hashes(self, level: int, start: int, count: int) -> list[bytes]:
        return self.levels.get(level, [])[start : start + count]

    def tree(self, size: int) -> Tree:
        return Tree(size, self.hashes)

    def tile(self, tile: Tile) -> bytes:
        """The bytes of a tile or bundle, made from what is kept."""
        if tile.level == ENTRIES:
            return bundle(body(place) for place in range(tile.first, tile.first + tile.width))
        return b"".join(self.hashes(8 * tile.level, tile.first, tile.width))

    def files(self, size: int) -> dict[str, bytes]:
        """Every tile and bundle of the tree of `size` entries, by its path."""
        return {tile.path: self.tile(tile) for tile in covering(size)}
