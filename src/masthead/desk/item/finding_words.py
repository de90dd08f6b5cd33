"""Words pasted from a page, found again in its text."""

import re
from dataclasses import dataclass
from unicodedata import normalize

from masthead.reading.document import Document

AROUND = 40
MOST = 20


@dataclass(frozen=True, slots=True)
class Spot:
    """Where words stand in a text, in code points, with what stands around them."""

    start: int
    end: int
    before: str
    words: str
    after: str


def spots(text: str, words: str) -> tuple[Spot, ...]:
    """Where `words` stand in `text`, whatever white space lies between them; the first `MOST` of them."""
    parts = normalize("NFC", words).split()
    if not parts:
        return ()
    pattern = re.compile(r"\s+".join(re.escape(part) for part in parts))
    found = []
    for place in pattern.finditer(text):
        start, end = place.span()
        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        found.append(Spot(start, end, before, place.group(), after))
        if len(found) == MOST:
            break
    return tuple(found)


ENDS = re.compile(r"[.!?…。！？][”’»\"']*\s+")


def sentence_of(document: Document, start: int | None, end: int | None) -> Spot | None:
    """The words between two places, with the sentence around them as far as their paragraph goes."""
    block = next((b for b in document.blocks if start is not None and b.start <= start < b.end), None)
    if block is None or start is None or end is None:
        return None
    end = min(end, block.end)
    before, after = document.text[block.start : start], document.text[end : block.end]
    ended = [each.end() for each in ENDS.finditer(before)]
    goes_on = ENDS.search(after)
    if ended:
        before = before[ended[-1] :]
    if goes_on:
        after = after[: goes_on.end()].rstrip()
    return Spot(start, end, before, document.text[start:end], after)
