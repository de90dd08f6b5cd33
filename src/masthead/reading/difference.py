"""What changed between two texts: paragraph by paragraph, and inside a changed one word by word.

Two words are the same where their canonical forms are: a CMS's typographic quotes are no change. Where the
two differ, what is shown of the same words is the newer spelling.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from masthead.reading.canonical import fold, tells_itself
from masthead.reading.document import Document
from masthead.reading.matching import runs

PAIRS = 2_500
"""How many pairs of paragraphs are weighed against each other before they count as replaced."""

ALIKE = 0.4
"""What share of their words two paragraphs have in common that count as one paragraph, changed."""

_SCRIPTS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Thai, Lao, Burmese, Khmer, Japanese, Chinese: written without spaces, so compared sign by sign."""
_MARKS = re.escape(".,;:!?…()[]{}\"'“”‘’«»‹›„‚¿¡—–/|⟨⟩")
_GAP = "[ \N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}]"
_GROUPED = rf"(?<=\d)(?<!\d{{4}})(?<![^\W\d_]\d)(?<![^\W\d_]\d\d)(?<![^\W\d_]\d{{3}}){_GAP}(?=\d{{3}}(?!\d))"
"""A space inside `1 250`, as French and ISO 80000-1 write it; none after a year, or after A4."""
_CLOCK = rf"(?<=\d){_GAP}(?=h{_GAP}\d\d(?!\d))|(?<=\d{_GAP}h){_GAP}(?=\d\d(?!\d))"
"""A space inside `17 h 15`."""
_WORD = re.compile(
    rf"[{_SCRIPTS}]|[{_MARKS}]"
    rf"|[^\s{_MARKS}{_SCRIPTS}](?:(?:[^\s{_SCRIPTS}]|{_GROUPED}|{_CLOCK})*[^\s{_MARKS}{_SCRIPTS}])?|\s+"
)
_SHORT = 3
"""Letters of a word that, alone between two changes, is read as part of them."""


class Change(StrEnum):
    """What became of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, went or came; white space stands where it stood."""

    change: Change
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph before and after: `SAME`, only `REMOVED`, only `ADDED`, or changed inside (None)."""

    change: Change | None
    pieces: tuple[Piece, ...]

    @property
    def old(self) -> tuple[Piece, ...]:
        """What stood there before."""
        return tuple(piece for piece in self.pieces if piece.change is not Change.ADDED)

    @property
    def new(self) -> tuple[Piece, ...]:
        """What stands there now."""
        return tuple(piece for piece in self.pieces if piece.change is not Change.REMOVED)


def paragraphs(document: Document) -> tuple[str, ...]:
    """The words of a text block by block, with what its links lead to and its pictures show.

    A link leads somewhere else, or another picture stands under the same words: that is a change too.
    """
    shown = [_with_targets(document, block.start, block.end) for block in document.blocks]
    for picture in sorted(document.pictures, key=lambda each: -each.block):
        shown.insert(picture.block, f"⟨{picture.address}⟩")
    return tuple(words for words in shown if words.strip())


def compare(old: Sequence[str], new: Sequence[str]) -> tuple[Row, ...]:
    """What changed from the paragraphs `old` to the paragraphs `new`, in the order in which they are read."""
    rows: list[Row] = []
    for kept, one, other in runs([fold(each) for each in old], [fold(each) for each in new]):
        if kept:
            rows += [_row(Change.SAME, words) for words in new[other]]
        else:
            rows += _replaced(old[one], new[other])
    return tuple(rows)


def within(old: str, new: str) -> tuple[Piece, ...]:
    """What changed inside one paragraph, or one line such as a title."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    found = runs([fold(each) for each in before], [fold(each) for each in after])
    said = [(kept, "".join(before[one]), "".join(after[other])) for kept, one, other in found]
    return tuple(_pieces(_joined(said)))


type Said = tuple[bool, str, str]
"""Whether it stayed, its old words, its new words."""


def _joined(said: Sequence[Said]) -> list[Said]:
    """One change where only a space or a short word stands between two: it is easier to read."""
    joined: list[Said] = []
    for place, (kept, gone, come) in enumerate(said):
        between = 0 < place < len(said) - 1 and len(come.strip()) <= _SHORT
        if joined and not joined[-1][0] and (not kept or between):
            _, before, after = joined[-1]
            joined[-1] = (False, before + gone, after + come)
        else:
            joined.append((kept, gone, come))
    return joined


def _pieces(said: Iterable[Said]) -> Iterator[Piece]:
    for kept, gone, come in said:
        if kept:
            yield Piece(Change.SAME, come)
            continue
        if gone:
            yield Piece(Change.REMOVED, gone)
        if come:
            yield Piece(Change.ADDED, come)


def _with_targets(document: Document, start: int, end: int) -> str:
    words, at = [], start
    for link in document.links:
        if start < link.end <= end and link.start >= at:
            words.append(document.text[at : link.end])
            at = link.end
            if not tells_itself(fold(document.text[link.start : link.end]), link.target):
                words.append(f" ⟨{link.target}⟩")
    return "".join([*words, document.text[at:end]])


def _row(change: Change, words: str) -> Row:
    return Row(change, (Piece(change, words),))


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    """Paragraphs in place of others: those that are alike as one row, the rest gone or come."""
    at = to = 0
    for one, other in [*_alike(old, new), (len(old), len(new))]:
        yield from (_row(Change.REMOVED, words) for words in old[at:one])
        yield from (_row(Change.ADDED, words) for words in new[to:other])
        if one < len(old):
            yield Row(None, within(old[one], new[other]))
        at, to = one + 1, other + 1


def _alike(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which paragraphs are the same one, changed: in order, and as alike as can be in all."""
    if not 0 < len(old) * len(new) <= PAIRS:
        return []
    before, after = [_bag(words) for words in old], [_bag(words) for words in new]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    share = [[_share(one, other) for other in after] for one in before]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = best[i + 1][j + 1] + share[i][j] if share[i][j] >= ALIKE else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    found, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            found.append((i, j))
            i, j = i + 1, j + 1
    return found


def _bag(words: str) -> Counter[str]:
    return Counter(fold(word) for word in _WORD.findall(words) if word[0].isalnum())


def _share(one: Counter[str], other: Counter[str]) -> float:
    most = max(one.total(), other.total())
    return (one & other).total() / most if most else 0.0
