"""A text in passages: each with the notes that stand beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from masthead.desk.item.notes import Note, Weight
from masthead.desk.item.reading import LONG
from masthead.desk.item.segments import Mark, Segment, home_of, segments
from masthead.reading.document import Block, Document

MOST = 200
"""Notes on one page; a text with more is not read note by note."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words on which the same findings lie. `weight` is the class of the gravest, empty for none."""

    start: int
    text: str
    weight: str
    notes: tuple[Note, ...]
    """Those whose number stands at its end."""


@dataclass(frozen=True, slots=True)
class Line:
    """One block of the text."""

    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A block that something is said of, what is said, and the blocks that follow up to the next such."""

    noted: tuple[Line, ...]
    """One line; none where the text begins with lines that nothing is said of."""
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


def copy_of(document: Document, notes: Sequence[Note]) -> Copy:
    """The text of `document` with `notes` beside it."""
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
    weight: Weight | None = notes[segment.names[0]].weight if segment.names else None
    return Piece(segment.start, segment.text, weight or "", tuple(notes[name] for name in segment.ends))


def _passages(lines: Sequence[Line], beside: dict[int, list[Note]]) -> list[Passage]:
    starts = sorted({0, *beside})
    passages = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        noted = lines[start : start + 1] if start in beside else ()
        rest = lines[start + len(noted) : end]
        passages.append(Passage(tuple(noted), tuple(beside.get(start, ())), tuple(rest)))
    return passages if lines else []
