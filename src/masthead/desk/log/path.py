"""The audit path of an entry, step by step up to the root, and drawn. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from masthead.tlog.hashes import node_hash

STEP = 44
"""Height of a step, in units of the drawing."""
WIDTH, MARGIN = 300, 34
SIDE = 84
"""How far a neighbour stands from the trunk."""


@dataclass(frozen=True, slots=True)
class Step:
    """One hash of the path: the subtree over the entries `first` to `last`, on the `left` or the right.

    `joined` is the hash of the two together, one level up.
    """

    number: int
    left: bool
    first: int
    last: int
    hash: bytes
    joined: bytes

    @property
    def one(self) -> bool:
        """Whether the subtree is a single entry."""
        return self.first == self.last


def steps(place: int, size: int, leaf: bytes, path: Sequence[bytes]) -> tuple[Step, ...]:
    """The path from the leaf at `place` to the root of the tree of `size` leaves (RFC 9162, section 2.1.3).

    ValueError where `path` is not as long as it has to be.
    """
    found, at = [], leaf
    subtrees = list(_subtrees(place, 0, size))[::-1]
    for number, ((left, first, last), beside) in enumerate(zip(subtrees, path, strict=True), 1):
        at = node_hash(beside, at) if left else node_hash(at, beside)
        found.append(Step(number, left, first, last, beside, at))
    return tuple(found)


def _subtrees(place: int, first: int, end: int) -> Iterator[tuple[bool, int, int]]:
    """What stands beside the way from the root down to a leaf: whether on the left, and its entries."""
    while end - first > 1:
        middle = first + (1 << ((end - first - 1).bit_length() - 1))
        if place < middle:
            yield False, middle, end - 1
            end = middle
        else:
            yield True, first, middle - 1
            first = middle


@dataclass(frozen=True, slots=True)
class Branch:
    """A neighbour of the way up, drawn: where it stands and where the two join."""

    step: Step
    x: int
    y: int
    join: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The way up, from the entry at the bottom to the root at the top."""

    width: int
    height: int
    trunk: int
    entry: int
    root: int
    branches: tuple[Branch, ...]


def drawn(way: Sequence[Step]) -> Drawing:
    """The steps on a sheet, the entry lowest. Left is left in every language: it is the order of the log."""
    height = STEP * len(way) + 2 * MARGIN
    branches = []
    for step in way:
        y = height - MARGIN - STEP * (step.number - 1)
        x = WIDTH // 2 + (-SIDE if step.left else SIDE)
        branches.append(Branch(step, x, y, y - STEP))
    return Drawing(WIDTH, height, WIDTH // 2, height - MARGIN, MARGIN, tuple(branches))
