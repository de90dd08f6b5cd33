"""A long text in parts, each as much as one page shows."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from masthead.reading.document import Block

CHARACTERS = 30_000
"""Characters of a part: five thousand words, so that nearly every story is one."""
LINES = 300
"""Paragraphs of a part."""
AT_ONCE = 10_000
"""Characters of a paragraph shown as one; a longer one is cut at a space."""


@dataclass(frozen=True, slots=True)
class Part:
    """The lines `first` up to `after` of the text, as lines are shown; `number` of `count` parts, from 1."""

    number: int
    count: int
    first: int
    after: int

    @property
    def before(self) -> int:
        """The part before it; 0 for none."""
        return self.number - 1

    @property
    def next(self) -> int:
        """The part after it; 0 for none."""
        return self.number + 1 if self.number < self.count else 0


@dataclass(frozen=True, slots=True)
class Parts:
    """All lines of a text, and at which of them each part begins."""

    lines: tuple[Block, ...]
    begins: tuple[int, ...]

    def part(self, number: int) -> Part:
        """That part; the first or the last where there is none of that number."""
        number = min(max(number, 1), len(self.begins))
        ends = (*self.begins[1:], len(self.lines))
        return Part(number, len(self.begins), self.begins[number - 1], ends[number - 1])

    def holding(self, line: int) -> int:
        """The number of the part that a line is in."""
        return bisect_right(self.begins, line)


def parts_of(text: str, blocks: Sequence[Block]) -> Parts:
    """The blocks of `text` as lines, in parts; one part where everything fits on a page."""
    lines = tuple(line for block in blocks for line in _lines(text, block))
    begins, characters = [0], 0
    for number, line in enumerate(lines):
        characters += line.end - line.start
        if number > begins[-1] and (characters > CHARACTERS or number - begins[-1] >= LINES):
            begins.append(number)
            characters = line.end - line.start
    return Parts(lines, tuple(begins))


def _lines(text: str, block: Block) -> list[Block]:
    """The block, cut where it is too long; the space at which it is cut is in neither."""
    start, found = block.start, list[Block]()
    while block.end - start > AT_ONCE:
        space = text.rfind(" ", start + 1, start + AT_ONCE)
        cut, follows = (space, space + 1) if space > 0 else (start + AT_ONCE, start + AT_ONCE)
        found.append(Block(block.kind, start, cut))
        start = follows
    return [*found, Block(block.kind, start, block.end)] if found else [block]
