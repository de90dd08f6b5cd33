"""Which words a correction changed, as far as the audience may read them.

No word is told that does not stand in what is out now: what a correction takes out may be the very address
or name that should not have been there (docs/decisions, 7), and so may be what a later one took out again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from masthead.errors import MastheadError
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.items.reading import document_of
from masthead.newsroom.public.page import Passage, PublicDifference
from masthead.newsroom.review.models import Publication
from masthead.reading.canonical import fold
from masthead.reading.difference import Change, Piece, Row, compare, paragraphs, within
from masthead.vocabulary import Medium

LONG = 200_000
"""Bytes of a text that is compared for its page."""
MOST = 5
"""Changed paragraphs that are shown of one correction; of the others the number is told."""
AROUND = 160
"""Characters of unchanged words shown before and after changed ones."""
AT_ONCE = 700
"""Characters of new words shown in one piece."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What one publication said: its paragraphs, and its title where the text does not give it itself."""

    paragraphs: tuple[str, ...]
    title: str


def differences(item: Item) -> list[PublicDifference]:
    """What changed in words with each publication of `item` after its first, oldest first.

    Nothing in all of them once the item is withdrawn.
    """
    out = list(item.publications.order_by("entry__place").select_related("version"))
    if getattr(item, "withdrawal", None) is not None:
        return [PublicDifference()] * (len(out) - 1)
    said = [_told(each, item) for each in out]
    return [_between(old, new, said[-1]) for old, new in pairwise(said)]


def _told(out: Publication, item: Item) -> _Told | None:
    """None where it cannot be compared: too long, or no longer to be read. The page is told without it."""
    version: Version = out.version
    if item.medium != Medium.TEXT:
        return _Told((), version.title)
    if version.size > LONG:
        return None
    try:
        words = paragraphs(document_of(version))
    except MastheadError:
        return None
    return _Told(words, version.title if version.titled else "")


def _between(old: _Told | None, new: _Told | None, now: _Told | None) -> PublicDifference:
    if old is None or new is None or now is None:
        return PublicDifference()
    passages: list[Passage] = []
    taken_out = changed_again = 0
    before, after, standing = (frozenset(map(fold, each.paragraphs)) for each in (old, new, now))
    if old.title != new.title and new.title and new.title == now.title:
        passages.append(Passage(_pieces(within(old.title, new.title)), title=True))
    for row in compare(old.paragraphs, new.paragraphs):
        words = fold("".join(piece.words for piece in row.new))
        if row.change is Change.SAME or (row.change is Change.ADDED and words in before):
            continue
        if row.change is Change.REMOVED:
            taken_out += fold(row.pieces[0].words) not in after
        elif words in standing:
            passages.append(Passage(_of(row)))
        else:
            changed_again += 1
    more = max(0, len(passages) - MOST)
    return PublicDifference(tuple(passages[:MOST]), more, taken_out, changed_again)


def _of(row: Row) -> tuple[tuple[str, str], ...]:
    return _pieces(row.pieces)


def _pieces(pieces: Sequence[Piece]) -> tuple[tuple[str, str], ...]:
    return tuple(_shortened(pieces))


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
