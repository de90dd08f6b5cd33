"""The sources of an item side by side, with an index of where each word stands.

Everything that is looked for goes through the index, so that the work grows with the length of the text
and of the sources, not with their product.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from masthead.checks.finding import Nearest
from masthead.checks.traceability.tokens import MARK, Tokens
from masthead.reading.document import Document

_LONGEST_PASSAGE = 50
"""Words of a passage; longer sentences are cut, so that what is shown can be read at a glance."""
_RARE = 64
"""Places of a word beyond which it says little about where to look."""
_BETWEEN = "\x00"
_PART = 3
"""A sentence is near words when it has one in so many of those that tell."""


def _tells(word: str) -> bool:
    """Whether a word or number says what a sentence is about; short words in Latin letters mostly do not."""
    return len(word) > (3 if word.isascii() else 1) or word.isdecimal()


@dataclass(frozen=True, slots=True)
class Book:
    """One source that could be read."""

    label: str
    document: Document
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one source, in code points."""

    book: int
    start: int
    end: int


class Shelf:
    """All readable sources. A position counts the words of all of them, one after another."""

    def __init__(self, books: Sequence[Book]) -> None:
        self.books = books
        self.forms: list[str] = []
        self._first: list[int] = []
        self.where: defaultdict[str, list[int]] = defaultdict(list)
        for book in books:
            self._first.append(len(self.forms))
            forms = book.tokens.forms
            self.forms.extend(forms[index] for index in book.tokens.words)
            self.forms.append(_BETWEEN)
        for position, form in enumerate(self.forms):
            self.where[form].append(position)
        self.where.default_factory = None
        self._passages: list[int] | None = None

    def places(self, form: str) -> list[int]:
        """The positions of a word."""
        return self.where.get(form, [])

    def bounds(self, book: int) -> tuple[int, int]:
        """The first position of a source and the one after its last."""
        last = self._first[book + 1] - 1 if book + 1 < len(self._first) else len(self.forms) - 1
        return self._first[book], last

    def book_at(self, position: int) -> int:
        """The source that a position is in."""
        return bisect_right(self._first, position) - 1

    def token(self, position: int) -> tuple[Tokens, int]:
        """The tokens of the source that a position is in, and the index of its word among them."""
        book = self.book_at(position)
        tokens = self.books[book].tokens
        return tokens, tokens.words[position - self._first[book]]

    def find(self, words: Sequence[str], low: int = 0, high: int | None = None) -> int | None:
        """The first position from `low` on at which `words` stand together, all before `high`."""
        postings = [self.places(word) for word in words]
        rarest = min(range(len(words)), key=lambda n: len(postings[n]))
        high = len(self.forms) if high is None else high
        wanted, size = list(words), len(words)
        for position in postings[rarest][bisect_left(postings[rarest], low + rarest) :]:
            start = position - rarest
            if start + size > high:
                return None
            if self.forms[start] == wanted[0] and self.forms[start : start + size] == wanted:
                return start
        return None

    def span(self, first: int, after: int) -> Place:
        """The place of the words from one position up to another, both of one source."""
        book = self.book_at(first)
        tokens, base = self.books[book].tokens, self._first[book]
        one, last = tokens.words[first - base], tokens.words[max(first, after - 1) - base]
        return Place(book, tokens.starts[one], tokens.ends[last])

    def position(self, book: int, start: int) -> int:
        """The position of the first word of a source that ends after a code point."""
        tokens = self.books[book].tokens
        index = bisect_right(tokens.ends, start)
        base, after = self.bounds(book)
        return min(base + bisect_left(tokens.words, index), max(base, after - 1))

    def nearest(self, place: Place, difference: tuple[tuple[str, str], ...] = ()) -> Nearest:
        """A place as findings show it."""
        book = self.books[place.book]
        return Nearest(
            book.label, book.tokens.text[place.start : place.end], place.start, place.end, difference
        )

    def around(self, book: int, start: int) -> Place:
        """The sentence that a code point of a source is in, cut where it is very long."""
        passages = self._sentences()
        position = self.position(book, start)
        number = bisect_right(passages, position) - 1
        return self._passage(number)

    def best_passage(self, words: Sequence[str]) -> Place | None:
        """The sentence that shares most rare words with `words`; None where none shares any."""
        number = self._best(words)
        return None if number is None else self._passage(number)

    def near_passage(self, words: Sequence[str]) -> Place | None:
        """As `best_passage`, where that sentence says something like `words`; else None.

        It has at least two of their telling words (one, where there is but one) and at least a third of them.
        """
        number, telling = self._best(words), {word for word in words if _tells(word)}
        if number is None or not telling:
            return None
        passages = self._sentences()
        after = passages[number + 1] if number + 1 < len(passages) else len(self.forms)
        shared = len(telling.intersection(self.forms[passages[number] : after]))
        near = shared >= min(2, len(telling)) and shared * _PART >= len(telling)
        return self._passage(number) if near else None

    def _best(self, words: Sequence[str]) -> int | None:
        known = sorted((len(p), w) for w in set(words) if (p := self.places(w)) and len(w) > 1)
        passages = self._sentences() if known else []
        scores: defaultdict[int, float] = defaultdict(float)
        for count, word in known[:12]:
            if count > _RARE and scores:
                break
            for number in self._numbers(passages, self.places(word)[:_RARE]):
                scores[number] += 1 / count
        if not scores:
            return None
        return max(scores, key=lambda number: (scores[number], -number))

    @staticmethod
    def _numbers(passages: list[int], positions: Sequence[int]) -> Iterator[int]:
        yield from {bisect_right(passages, position) - 1 for position in positions}

    def _sentences(self) -> list[int]:
        """The positions at which sentences begin; worked out when the first finding asks."""
        if self._passages is None:
            self._passages = [
                p for n, book in enumerate(self.books) for p in self._begin(book.tokens, self._first[n])
            ]
        return self._passages

    @staticmethod
    def _begin(tokens: Tokens, base: int) -> Iterator[int]:
        worded = set(tokens.words)
        place, length, broken = -1, _LONGEST_PASSAGE, True
        for index, kind in enumerate(tokens.kinds):
            broken = broken or tokens.begins_sentence(index)
            if kind == MARK and index not in worded:
                continue
            place, length = place + 1, length + 1
            if broken or length >= _LONGEST_PASSAGE:
                yield base + place
                length, broken = 0, False

    def _passage(self, number: int) -> Place:
        passages = self._sentences()
        first = passages[number]
        _, after = self.bounds(self.book_at(first))
        if number + 1 < len(passages):
            after = min(after, passages[number + 1])
        place = self.span(first, after)
        text = self.books[place.book].tokens.text
        end = place.end
        while end < len(text) and end < place.end + 3 and text[end] in '.!?。！？।۔؟”"»’':
            end += 1
        return Place(place.book, place.start, end)
