"""The files that a log is served as: C2SP tlog-tiles. Coordinates, paths and bytes; pure.

    tile/<L>/<N>[.p/<W>]         up to 256 hashes of 32 bytes: at level L the roots over 256^L leaves each
    tile/entries/<N>[.p/<W>]     up to 256 entries, each after its length as a big-endian uint16

Promises: a tile has exactly one path and a path means at most one tile; `covering(size)` are the tiles that a
checkpoint of that size needs, each once, none empty; from these alone the root and every proof of that tree
and of each smaller one can be computed (`hashes_in` with `proofs.Tree`).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from masthead.tlog.frontier import TILE_LEVELS
from masthead.tlog.hashes import HASH_BYTES, node_hash
from masthead.tlog.note import Malformed
from masthead.tlog.proofs import Hashes

FULL = 1 << TILE_LEVELS
"""Hashes, or entries, in a full tile."""
HIGHEST = 63
"""The highest level that a path may name."""
ENTRIES = -1
"""The level of entry bundles. They have the shape of tiles of level 0."""
LARGEST_SIZE = 2**63 - 1
"""The most entries a log may have; a number of any path stays below."""
LARGEST_ENTRY = 0xFFFF
"""The most bytes of one entry."""

# ASCII alone: digits of other scripts are decimals to Python.
_PATH = re.compile(r"tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([0-9]{1,3}))?")


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """One file: the `index`-th at its level, with `width` hashes or, at level `ENTRIES`, entries.

    Two widths of one place are two files: the narrower one holds the beginning of the wider.
    """

    level: int
    index: int
    width: int = FULL

    def __post_init__(self) -> None:
        """Refuse, with `Malformed`, what no path can name."""
        if not (ENTRIES <= self.level <= HIGHEST and 0 <= self.index <= LARGEST_SIZE):
            raise Malformed("a tile has a level from 0 to 63 and an index below 2^63")
        if not 1 <= self.width <= FULL:
            raise Malformed("a tile is 1 to 256 wide")

    @property
    def path(self) -> str:
        """Where it is served, below the log's prefix: `tile/0/x001/x234/067.p/8`."""
        digits = f"{self.index:03d}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        *groups, last = (digits[at : at + 3] for at in range(0, len(digits), 3))
        level = "entries" if self.level == ENTRIES else str(self.level)
        partial = "" if self.width == FULL else f".p/{self.width}"
        return "/".join(("tile", level, *(f"x{group}" for group in groups), f"{last}{partial}"))

    @classmethod
    def parse(cls, path: str) -> "Tile":
        """The tile of a path. `Malformed` for anything but the one spelling that `path` gives."""
        said = _PATH.fullmatch(path)
        if said is None:
            raise Malformed("this is not the path of a tile")
        level, index, width = said.groups()
        tile = cls(
            ENTRIES if level == "entries" else int(level),
            int(index.replace("x", "").replace("/", "")),
            FULL if width is None else int(width),
        )
        # A leading zero, an empty group in front and a width of 256 would each be a second path to one tile.
        if tile.path != path:
            raise Malformed("a number in the path of a tile is written in one way only")
        return tile

    @property
    def span(self) -> int:
        """How many leaves one of its hashes stands for; of a bundle, 1."""
        return 1 << TILE_LEVELS * max(self.level, 0)

    @property
    def first(self) -> int:
        """The index, at its level, of its first hash or entry."""
        return self.index * FULL

    @property
    def sizes(self) -> range:
        """The sizes of trees that have it at just this width; of a full one all from the smallest on.

        `floor(size / 256^L) mod 256` is the width of the rightmost tile at level L.
        """
        least = (self.first + self.width) * self.span
        return range(least, least + self.span if self.width < FULL else LARGEST_SIZE + 1)


def width_at(size: int, level: int, index: int) -> int:
    """How wide the tile at `index` of `level` is in a tree of `size` leaves; 0 where it has none there."""
    complete = size >> TILE_LEVELS * max(level, 0)
    return max(0, min(FULL, complete - index * FULL))


def covering(size: int) -> Iterator[Tile]:
    """Every tile and bundle of a tree of `size` leaves: bundles first, then each level from the leaves up.

    For size 0 there is none. Lazy: nothing is kept, however large the tree.
    """
    for level in (ENTRIES, *range(HIGHEST + 1)):
        hashes = size >> TILE_LEVELS * max(level, 0)
        if not hashes:
            return
        for index in range(-(-hashes // FULL)):
            yield Tile(level, index, width_at(size, level, index))


def levels(size: int) -> Sequence[int]:
    """The levels of a tree of `size` leaves, that of the bundles among them."""
    return () if size == 0 else (ENTRIES, *range((size.bit_length() - 1) // TILE_LEVELS + 1))


def hashes_of(tile: Tile, content: bytes) -> list[bytes]:
    """The hashes in the bytes of a tile. `Malformed` where they are not as many as it is wide."""
    if len(content) != tile.width * HASH_BYTES:
        raise Malformed("a tile is exactly as long as its width says")
    return [content[at : at + HASH_BYTES] for at in range(0, len(content), HASH_BYTES)]


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over the 256 hashes of a full tile: one hash of the tile above it."""
    if len(hashes) != FULL:
        raise ValueError("only a full tile is hashed into the level above")
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]


def bundle(bodies: Iterable[bytes]) -> bytes:
    """An entry bundle. ValueError for an entry that its length does not fit before."""
    parts = []
    for body in bodies:
        if len(body) > LARGEST_ENTRY:
            raise ValueError("an entry has at most 65,535 bytes")
        parts += [len(body).to_bytes(2, "big"), body]
    return b"".join(parts)


def entries_of(tile: Tile, content: bytes) -> list[bytes]:
    """The entries in the bytes of a bundle. `Malformed` where they are not as many as it is wide."""
    found, at = [], 0
    while at < len(content):
        start = at + 2
        at = start + int.from_bytes(content[at:start], "big")
        if start > len(content) or at > len(content):
            raise Malformed("this entry bundle ends within an entry")
        found.append(content[start:at])
    if len(found) != tile.width:
        raise Malformed("an entry bundle holds exactly as many entries as its width says")
    return found


def hashes_in(size: int, read: Callable[[Tile], bytes]) -> Hashes:
    """The hashes of a tree of `size` leaves for `proofs.Tree`, out of its tiles as `read` fetches them.

    Asks for the tiles of `covering(size)` and no other. What comes back is only as true as the root that is
    computed from it: compare that with a signed one. Raises `Malformed`, and what `read` raises.
    """

    def hashes(level: int, start: int, count: int) -> Sequence[bytes]:
        at, index = level // TILE_LEVELS, start // FULL
        tile = Tile(at, index, width_at(size, at, index))
        return hashes_of(tile, read(tile))[start - tile.first : start - tile.first + count]

    return hashes
