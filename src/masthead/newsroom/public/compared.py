"""What two versions of an item say differently: it never changes, and is the costly part of a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from masthead.newsroom.items.models import Version
from masthead.newsroom.items.reading import document_of
from masthead.newsroom.public.page import Passage
from masthead.newsroom.public.serving.freshness import ERASED, Rests
from masthead.newsroom.public.serving.store import Store, when_protected
from masthead.reading.canonical import fold
from masthead.reading.difference import Change, Piece, compare, paragraphs, within
from masthead.vocabulary import Medium

AROUND = 160
"""Characters of unchanged words shown before and after changed ones."""
AT_ONCE = 700
"""Characters of new words shown in one piece."""
LONGEST = 100_000
"""Characters of paragraphs that differ, old and new, beyond which they are not compared word by word."""
ROOM = 8_000_000
"""Bytes that all comparisons kept may take."""
NOTHING = Rests(ERASED)
"""What a comparison rests on: versions never change."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one version says: its paragraphs, and its title where the text does not give it itself."""

    paragraphs: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What a newer version changed, whether or not it may still be told; words are known by their hash.

    `changed` are its new or changed paragraphs, each with the hash of all its words. `standing` is every
    paragraph of the newer version, `title` its title, `titled` the passage that tells it where it is new.
    Where what differs is `too_long` for a page to be made in a moment, nothing of it is told.
    """

    changed: tuple[tuple[bytes, Passage], ...]
    taken_out: int
    standing: frozenset[bytes]
    title: str
    titled: Passage | None
    too_long: bool = False
    rests: Rests | None = NOTHING

    @property
    def weight(self) -> int:
        """Bytes it takes in memory, at most."""
        told = [*(passage for _, passage in self.changed), *([self.titled] if self.titled else [])]
        pieces = [words for passage in told for _, words in passage.pieces]
        return 4 * sum(map(len, pieces)) + 200 * (len(pieces) + len(told)) + 120 * len(self.standing) + 1_000


kept: Store[tuple[UUID, UUID], Compared] = Store(ROOM)
when_protected(kept.clear)


def said_of(version: Version) -> Said:
    """What a version says; of a picture only its title. Raises `MastheadError` where it cannot be read."""
    if version.item.medium != Medium.TEXT:
        return Said((), version.title)
    return Said(paragraphs(document_of(version)), version.title if version.titled else "")


def between(old: Said, new: Said) -> Compared:
    """What changed from `old` to `new`. A paragraph that only moved is no change of words."""
    changed: list[tuple[bytes, Passage]] = []
    taken_out = 0
    before, after = (frozenset(map(_mark, each.paragraphs)) for each in (old, new))
    too_long = _unlike(old, after) + _unlike(new, before) > LONGEST
    for row in () if too_long else compare(old.paragraphs, new.paragraphs):
        mark = _mark("".join(piece.words for piece in row.new))
        if row.change is Change.SAME or (row.change is Change.ADDED and mark in before):
            continue
        if row.change is Change.REMOVED:
            taken_out += _mark(row.pieces[0].words) not in after
        else:
            changed.append((mark, Passage(tuple(_shortened(row.pieces)))))
    titled = None
    if old.title != new.title and new.title:
        titled = Passage(tuple(_shortened(within(old.title, new.title))), title=True)
    return Compared(tuple(changed), taken_out, after, new.title, titled, too_long)


def _unlike(one: Said, other: frozenset[bytes]) -> int:
    """Characters of the paragraphs that the other does not have."""
    return sum(len(words) for words in one.paragraphs if _mark(words) not in other)


def _mark(words: str) -> bytes:
    return sha256(fold(words).encode()).digest()


def _shortened(pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """Each piece as it is told: `same` and `added` with words, `removed` without."""
    last = len(pieces) - 1
    for place, piece in enumerate(pieces):
        if piece.change is Change.REMOVED:
            if piece.words.strip():
                yield piece.change.value, ""
        elif piece.change is Change.ADDED:
            # The rule under new words begins and ends with them.
            words = piece.words.strip()
            before, _, after = piece.words.partition(words) if words else (piece.words, "", "")
            for change, said in ((Change.SAME, before), (piece.change, words), (Change.SAME, after)):
                if said:
                    yield change.value, _cut(said, AT_ONCE, 0)
        else:
            yield piece.change.value, _cut(piece.words, AROUND * (place > 0), AROUND * (place < last))


def _cut(words: str, start: int, end: int) -> str:
    """The first `start` and the last `end` characters, cut between words where something is left out."""
    if len(words) <= start + end + 1:
        return words
    head = words[:start].rsplit(None, 1)[0] if start else ""
    tail = words[-end:].split(None, 1)[-1] if end else ""
    return f"{head} … {tail}"
