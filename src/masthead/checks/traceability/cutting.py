"""Quotations whose words are a source's, cut out of a sentence that says otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass

from masthead.checks.traceability.denials import (
    conditional,
    denied,
    denied_after,
    denied_before,
    disowned,
    ends_sentence,
    sentence_start,
)
from masthead.checks.traceability.quotations import Quotation
from masthead.checks.traceability.shelf import Place, Shelf
from masthead.checks.traceability.tokens import Tokens

_TRIES = 64
"""Places of one wording that are looked at; beyond them it counts as standing."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The sentence that a quotation was cut out of; `conditional` where it only sets a condition."""

    place: Place
    conditional: bool


def stands(shelf: Shelf, quotation: Quotation) -> bool:
    """Whether one source has all fragments of a quotation, in order."""
    return next(_seats(shelf, quotation), None) is not None


def cut_out(shelf: Shelf, tokens: Tokens, quotation: Quotation) -> Cut | None:
    """How a quotation that stands was cut; None where a source says the words as the text does.

    A denial in the source's sentence before the words, or in what an omission leaves out, must be in the
    text too, before the quotation or in brackets; and brackets may not hold one that the source has not.
    """
    found: Cut | None = None
    for tried, (book, seats) in enumerate(_seats(shelf, quotation)):
        seat = _Seat(shelf, book, seats, tokens, quotation)
        if tried >= _TRIES or not (seat.turned() or seat.bare()):
            return None
        if found is None or (found.conditional and seat.turned()):
            found = Cut(seat.sentence(), not seat.turned())
    return found


def _seats(shelf: Shelf, quotation: Quotation) -> Iterator[tuple[int, list[int]]]:
    """The sources, and the positions in them of each fragment, one after another."""
    for book in range(len(shelf.books)):
        low, high = shelf.bounds(book)
        while True:
            seats: list[int] = []
            position = low
            for fragment in quotation.fragments:
                found = shelf.find(fragment, position, high)
                if found is None:
                    break
                seats.append(found)
                position = found + len(fragment)
            if len(seats) < len(quotation.fragments):
                break
            yield book, seats
            low = seats[0] + 1


class _Seat:
    """One place where the words of a quotation stand in a source."""

    def __init__(
        self, shelf: Shelf, book: int, seats: list[int], tokens: Tokens, quotation: Quotation
    ) -> None:
        self._shelf, self._book, self._ours, self._quotation = shelf, book, tokens, quotation
        self._theirs = shelf.books[book].tokens
        base = shelf.bounds(book)[0]
        words = self._theirs.words
        self._seats = seats
        self._firsts = [words[seat - base] for seat in seats]
        lengths = [len(fragment) for fragment in quotation.fragments]
        self._afters = [words[s - base + n - 1] + 1 for s, n in zip(seats, lengths, strict=True)]

    def turned(self) -> bool:
        """Whether a denial was left out or put in."""
        ours, theirs, gaps = self._ours, self._theirs, self._quotation.gaps
        before = denied_before(theirs, self._firsts[0])
        if before and not (disowned(ours, self._quotation.words[0]) or self._inserted(gaps[0])):
            return True
        after, last = denied_after(theirs, self._afters[-1]), self._inserted(gaps[-1])
        if after and not (last or denied_after(ours, self._quotation.words[-1] + 1)):
            return True
        if self._whole():
            return False
        if (self._inserted(gaps[0]) and not before) or (last and not after):
            return True
        left = zip(self._afters, self._firsts[1:], gaps[1:-1], strict=False)
        return any(self._skipped(one, two) != self._inserted(gap) for one, two, gap in left)

    def bare(self) -> bool:
        """Whether the source sets a condition that the text does not."""
        return conditional(self._theirs, self._firsts[0]) and not conditional(
            self._ours, self._quotation.words[0]
        )

    def sentence(self) -> Place:
        """The whole sentence in the source."""
        tokens, shelf = self._theirs, self._shelf
        last = shelf.around(self._book, tokens.starts[self._afters[-1] - 1])
        start = tokens.starts[sentence_start(tokens, self._firsts[0])]
        return Place(self._book, start, max(last.end, tokens.ends[self._afters[-1] - 1]))

    def _whole(self) -> bool:
        """Whether the source has the quotation with what stands in its brackets, word for word."""
        quotation, forms = self._quotation, self._ours.forms
        run: list[str] = []
        for gap, fragment in zip(quotation.gaps, (*quotation.fragments, ()), strict=True):
            run.extend(forms[n] for n in gap)
            run.extend(fragment)
        start = self._seats[0] - len(quotation.gaps[0])
        return start >= 0 and self._shelf.forms[start : start + len(run)] == run

    def _inserted(self, gap: tuple[int, ...]) -> bool:
        return any(denied(self._ours, index, index + 1) for index in gap)

    def _skipped(self, first: int, after: int) -> bool:
        """Whether a denial is left out; whole sentences that are left out deny nothing of the others."""
        tokens = self._theirs
        ends = [n for n in range(first, after) if ends_sentence(tokens, n)]
        if not ends:
            return denied(tokens, first, after)
        return denied(tokens, first, ends[0]) or denied(tokens, ends[-1], after)
