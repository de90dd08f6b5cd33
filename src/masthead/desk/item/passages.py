"""A text in passages: each with the notes that stand beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from masthead.desk.item.notes import Note
from masthead.desk.item.reading import LONG
from masthead.desk.item.segments import Mark, Segment, home_of, segments
from masthead.reading.document import Block, BlockKind, Document

MOST = 200
"""Notes on one page; a text with more is not read note by note."""


AI, LEAST = "ai-", 99
"""What the marks of AI uses are called, and that they yield to any finding."""
TOGETHER = frozenset({BlockKind.ITEM.value, BlockKind.CELL.value})


@dataclass(frozen=True, slots=True)
class Piece:
    """Words on which the same findings lie. `weight` is the class of the gravest, empty for none."""

    start: int
    text: str
    weight: str
    notes: tuple[Note, ...]
    """Those whose number stands at its end."""
    ai: bool = False
    """Whether it is part of what an AI use on record was for."""


@dataclass(frozen=True, slots=True)
class Line:
    """One block of the text."""

    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A block or list that something is said of, what is said, and the blocks up to the next such."""

    noted: tuple[Line, ...]
    """None where the text begins with lines that nothing is said of."""
    notes: tuple[Note, ...]
    rest: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """A text with its notes. `whole` are those of no place in it, `later` those beyond what is shown."""

    passages: tuple[Passage, ...]
    whole: tuple[Note, ...]
    later: tuple[Note, ...]
    cut: bool
    """Whether the text goes on beyond what is shown."""
    unshown: int
    """Notes that are not shown at all."""


def copy_of(document: Document, notes: Sequence[Note], parts: Sequence[tuple[int, int]] = ()) -> Copy:
    """The text of `document` with `notes` beside it; `parts` are the places that AI touched."""
    shown = [block for block in document.blocks if block.end <= LONG]
    kept, unshown = notes[:MOST], len(notes[MOST:])
    marks = {note.number: note.mark for note in kept}
    homes = {number: home_of(mark, shown) for number, mark in marks.items() if mark}
    beside: dict[int, list[Note]] = {}
    for note in kept:
        home = homes.get(note.number)
        if home is not None:
            beside.setdefault(home, []).append(note)
    by_name = {str(note.number): note for note in kept}
    placed = [mark for number, mark in marks.items() if mark and homes[number] is not None]
    placed += [Mark(f"{AI}{start}", start, end, LEAST) for start, end in parts]
    lines = [_line(document.text, block, _near(placed, block), by_name) for block in shown]
    return Copy(
        tuple(_passages(lines, beside)),
        tuple(note for note in kept if not note.mark),
        tuple(note for note in kept if note.mark and homes[note.number] is None),
        len(shown) < len(document.blocks),
        unshown,
    )


def _near(marks: Sequence[Mark], block: Block) -> list[Mark]:
    return [mark for mark in marks if mark.start <= block.end and block.start <= mark.end]


def _line(text: str, block: Block, marks: Sequence[Mark], notes: dict[str, Note]) -> Line:
    return Line(block.kind.value, tuple(_piece(segment, notes) for segment in segments(text, block, marks)))


def _piece(segment: Segment, notes: dict[str, Note]) -> Piece:
    found = [notes[name] for name in segment.names if name in notes]
    return Piece(
        segment.start,
        segment.text,
        found[0].weight if found else "",
        tuple(notes[name] for name in segment.ends if name in notes),
        ai=len(found) < len(segment.names),
    )


def _passages(lines: Sequence[Line], beside: dict[int, list[Note]]) -> list[Passage]:
    passages: list[Passage] = []
    for _, run in groupby(enumerate(lines), key=_unit):
        numbers = [number for number, _ in run]
        notes = tuple(note for number in numbers for note in beside.get(number, ()))
        part = tuple(lines[number] for number in numbers)
        if notes:
            passages.append(Passage(part, notes, ()))
        elif passages:
            last = passages[-1]
            passages[-1] = Passage(last.noted, last.notes, last.rest + part)
        else:
            passages.append(Passage((), (), part))
    return passages


def _unit(numbered: tuple[int, Line]) -> tuple[str, int]:
    """What stands together: the items of a list, the cells of a table; any other block alone."""
    number, line = numbered
    return (line.kind, -1 if line.kind in TOGETHER else number)
