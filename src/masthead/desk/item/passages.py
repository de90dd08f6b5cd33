"""A text in passages: each with the notes that stand beside it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from masthead.desk.item.notes import Note
from masthead.desk.item.parts import Part, Parts, parts_of
from masthead.desk.item.segments import Mark, Segment, home_of, segments
from masthead.reading.document import Block, BlockKind, Document

MOST = 100
"""Notes on one page; a part with more is not read note by note."""

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
    """A part of a text with its notes. `whole` are those of no place in the text, beside its first part."""

    passages: tuple[Passage, ...]
    whole: tuple[Note, ...]
    part: Part
    lines: int
    """How many paragraphs the whole text has, one too long for a page counted as several."""
    unshown: int
    """Notes of this part that are not shown."""
    elsewhere: int
    """The next part, in turn, that has notes; 0 for none but this."""


def copy_of(
    document: Document, notes: Sequence[Note], touched: Sequence[tuple[int, int]] = (), part: int = 1
) -> Copy:
    """A part of the text of `document` with its notes; `touched` are the places that AI touched."""
    parts = parts_of(document.text, document.blocks)
    here = parts.part(part)
    shown, homes = parts.lines[here.first : here.after], homes_of(parts, notes)
    of_part = [note for note in notes if homes[note.number][0] == here.number]
    kept = of_part[:MOST]
    beside: dict[int, list[Note]] = {}
    for note in kept:
        line = homes[note.number][1]
        if line is not None:
            beside.setdefault(line - here.first, []).append(note)
    marks = [note.mark for note in kept if note.mark and homes[note.number][1] is not None]
    marks += [Mark(f"{AI}{start}", start, end, LEAST) for start, end in touched]
    by_name = {str(note.number): note for note in kept}
    near = _near(marks, shown)
    lines = [_line(document.text, line, near[number], by_name) for number, line in enumerate(shown)]
    others = sorted({home for home, _ in homes.values()} - {here.number})
    return Copy(
        tuple(_passages(lines, beside)),
        tuple(note for note in kept if homes[note.number][1] is None),
        here,
        len(parts.lines),
        len(of_part) - len(kept),
        next((other for other in others if other > here.number), others[0] if others else 0),
    )


def homes_of(parts: Parts, notes: Sequence[Note]) -> dict[int, tuple[int, int | None]]:
    """By the number of a note: the part it stands in, and its line; the first part where it has no line."""
    homes: dict[int, tuple[int, int | None]] = {}
    for note in notes:
        line = home_of(note.mark, parts.lines) if note.mark else None
        homes[note.number] = (1 if line is None else parts.holding(line), line)
    return homes


def part_with(document: Document, notes: Sequence[Note], at: str) -> int:
    """The part of the text in which the note of that id stands; the first where there is none."""
    homes = homes_of(parts_of(document.text, document.blocks), [note for note in notes if note.id == at])
    return next((part for part, _ in homes.values()), 1)


def _near(marks: Sequence[Mark], lines: Sequence[Block]) -> list[list[Mark]]:
    """For each line, the marks that may lie on it."""
    near: list[list[Mark]] = [[] for _ in lines]
    for mark in marks:
        first = bisect_left(lines, mark.start, key=_end)
        for number in range(first, len(lines)):
            if lines[number].start > mark.end:
                break
            near[number].append(mark)
    return near


def _end(line: Block) -> int:
    return line.end


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
