"""Findings at their words: a text cut at every edge of a mark, block by block.

Pure. Marks may touch, nest, overlap and span blocks; each piece says which marks lie on it, so that no tag
ever has to cross another.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from masthead.reading.document import Block


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of text that something is said of; `start` and `end` are code points of the text.

    `weight` orders marks that lie on the same words: the smallest is the one seen.
    """

    name: str
    start: int
    end: int
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a block on which the same marks lie throughout; it may be empty where a mark is.

    `names` are the marks on it, the smallest weight first; `ends` those that are seen to end here: it is
    where their numbers stand.
    """

    start: int
    text: str
    names: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


def segments(text: str, block: Block, marks: Sequence[Mark]) -> tuple[Segment, ...]:
    """The pieces of `block`, in order; joined they are the block's words."""
    inside = [mark for mark in marks if _touches(mark, block)]
    edges = {block.start, block.end}
    for mark in inside:
        edges |= {max(mark.start, block.start), min(mark.end, block.end)}
    places = sorted(edges)
    empty = sorted({mark.start for mark in inside if mark.start == mark.end})
    pieces = sorted([*pairwise(places), *((place, place) for place in empty)])
    return tuple(_piece(text, start, end, inside, block) for start, end in pieces)


def _touches(mark: Mark, block: Block) -> bool:
    if mark.start == mark.end:
        return block.start <= mark.start <= block.end
    return mark.start < block.end and block.start < mark.end


def _piece(text: str, start: int, end: int, marks: Iterable[Mark], block: Block) -> Segment:
    on = sorted(
        (mark for mark in marks if _covers(mark, start, end)),
        key=lambda mark: (mark.weight, mark.end - mark.start, mark.start, mark.name),
    )
    # Blocks are joined by one newline: a mark that ends with it ends in this block.
    ends = tuple(
        mark.name
        for mark in sorted(on, key=lambda mark: mark.start)
        if min(mark.end, block.end) == end and mark.end <= block.end + 1
    )
    return Segment(start, text[start:end], tuple(mark.name for mark in on), ends)


def _covers(mark: Mark, start: int, end: int) -> bool:
    if start == end:
        return mark.start == mark.end == start
    return mark.start <= start and end <= mark.end


def home_of(mark: Mark, blocks: Sequence[Block]) -> int | None:
    """The number of the block at whose side a mark is spoken of: the last it lies on; None for none."""
    # Blocks stand in order and apart: the last that begins before its end is the only one to ask.
    reached = bisect_right if mark.start == mark.end else bisect_left
    last = reached(blocks, mark.end, key=_start) - 1
    return last if last >= 0 and _touches(mark, blocks[last]) else None


def _start(block: Block) -> int:
    return block.start


def placed(marks: Iterable[Mark], blocks: Sequence[Block]) -> Iterator[tuple[Mark, int]]:
    """Each mark that lies on a block, with the number of its home."""
    for mark in marks:
        home = home_of(mark, blocks)
        if home is not None:
            yield mark, home
