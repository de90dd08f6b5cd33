"""Words pasted from a page, found again in its text."""

import re
from dataclasses import dataclass
from unicodedata import normalize

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
