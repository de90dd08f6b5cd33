"""Which places of one sequence hold the same as places of another, in order: the ground of a difference.

Time is bounded whatever they hold: what stands once on both sides anchors the rest (as in patience diff),
what is between anchors is compared by its longest common subsequence only while that is small, and counts
as replaced otherwise.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

CELLS = 60_000
"""How many pairs of words are compared one by one before two stretches count as replaced."""

DEPTH = 12
"""How often the stretch between two anchors is anchored anew."""

type Run = tuple[bool, slice, slice]
"""Whether it stayed, where it stands in the old, where in the new."""


def runs(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """Stretches that stayed and stretches that did not, in turn, from the beginning to the end of both."""
    at = to = 0
    for one, other, length in _stretches(old, new):
        if one > at or other > to:
            yield False, slice(at, one), slice(to, other)
        at, to = one + length, other + length
        if length:
            yield True, slice(one, at), slice(other, to)


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Where each longest stretch begins that stayed, and how long it is; an empty one at the very end."""
    start = length = 0
    begun = 0
    for one, other in [*_matched(old, new, (0, len(old)), (0, len(new)), DEPTH), (len(old), len(new))]:
        if length and (one, other) == (start + length, begun + length) and one < len(old):
            length += 1
            continue
        if length:
            yield start, begun, length
        start, begun, length = one, other, 1
    yield len(old), len(new), 0


def _matched(
    old: Sequence[str], new: Sequence[str], one: tuple[int, int], other: tuple[int, int], depth: int
) -> Iterator[tuple[int, int]]:
    """Pairs of places, rising on both sides, that hold the same in `old[one]` and `new[other]`."""
    (a, b), (c, d) = one, other
    while a < b and c < d and old[a] == new[c]:
        yield a, c
        a, c = a + 1, c + 1
    tail = 0
    while a < b - tail and c < d - tail and old[b - tail - 1] == new[d - tail - 1]:
        tail += 1
    b, d = b - tail, d - tail
    anchors = _anchors(old, new, (a, b), (c, d)) if depth and a < b and c < d else []
    if anchors:
        for i, j in [*anchors, (b, d)]:
            yield from _matched(old, new, (a, i), (c, j), depth - 1)
            if i < b:
                yield i, j
            a, c = i + 1, j + 1
    elif 0 < (b - a) * (d - c) <= CELLS:
        yield from ((a + i, c + j) for i, j in _longest(old[a:b], new[c:d]))
    yield from ((b + place, d + place) for place in range(tail))


def _anchors(
    old: Sequence[str], new: Sequence[str], one: tuple[int, int], other: tuple[int, int]
) -> list[tuple[int, int]]:
    """The most places in order whose content stands once on either side."""
    before = Counter(old[place] for place in range(*one))
    after = Counter(new[place] for place in range(*other))
    where = {new[place]: place for place in range(*other) if after[new[place]] == 1}
    pairs = [(i, where[old[i]]) for i in range(*one) if before[old[i]] == 1 and old[i] in where]
    # Patience sorting: the longest rising run of places in the new text.
    tops: list[int] = []
    last: list[int] = []
    back: list[int | None] = []
    for place, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        back.append(last[pile - 1] if pile else None)
        tops[pile : pile + 1] = [j]
        last[pile : pile + 1] = [place]
    found, at = [], last[-1] if last else None
    while at is not None:
        found.append(pairs[at])
        at = back[at]
    return found[::-1]


def _longest(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The longest common subsequence, as pairs of places."""
    length = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        row, below = length[i], length[i + 1]
        for j in reversed(range(len(new))):
            row[j] = below[j + 1] + 1 if old[i] == new[j] else max(below[j], row[j + 1])
    i = j = 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            yield i, j
            i, j = i + 1, j + 1
        elif length[i + 1][j] >= length[i][j + 1]:
            i += 1
        else:
            j += 1
