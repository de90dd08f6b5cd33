"""Words of a text, found again as they are written: in the Markdown or the words that a person edits.

Pure. Signs of form are passed over on both sides: what is bold, linked or in a list reads the same.
"""

import html
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from unicodedata import combining, normalize

AROUND = 60
"""How much of what stands before and after tells places apart where the same words stand."""

SIGN = re.compile(
    r"(?P<form>\]\([^()\n]*\)|</?[a-zA-Z][^>\n]*>|[\s*_`~\\\[\]#>|-])|(?P<named>&#?\w{1,31};)|.", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Sign:
    """What is read, and the code points of the text that it was written with."""

    read: str
    start: int
    end: int


def _signs(text: str) -> list[Sign]:
    found: list[Sign] = []
    for place in SIGN.finditer(text):
        if place["form"]:
            continue
        read, (start, end) = place.group(), place.span()
        if place["named"]:
            read = html.unescape(read)
        elif found and combining(read):
            read, start = found[-1].read + read, found.pop().start
        found.append(Sign(normalize("NFC", read), start, end))
    return found


class Written:
    """A text without its signs of form; places in it lead back to the text."""

    def __init__(self, text: str) -> None:
        # One sign of a text may be read as several: each leads back to it.
        self.signs = [Sign(letter, sign.start, sign.end) for sign in _signs(text) for letter in sign.read]

    @cached_property
    def read(self) -> str:
        """What is read."""
        return "".join(sign.read for sign in self.signs)

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The signs that stand between two code points of the text."""
        first = bisect_left(self.signs, start, key=lambda sign: sign.start)
        return first, bisect_left(self.signs, end, lo=first, key=lambda sign: sign.start)

    def near(self, first: int, last: int) -> tuple[str, str]:
        """What is read before, nearest first, and after."""
        return self.read[max(0, first - AROUND) : first][::-1], self.read[last : last + AROUND]


def place_in(written: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where in `written` the words of `text` between two places stand, in code points; None for nowhere.

    Where the same words stand more than once it is the place around which most reads as in `text`, then the
    one as far down as there.
    """
    ours, theirs = Written(text), Written(written)
    first, last = ours.within(start, end)
    words = ours.read[first:last]
    if not words:
        return None
    places = [each.start() for each in re.finditer(f"(?={re.escape(words)})", theirs.read)]
    if not places:
        return None
    around, share = ours.near(first, last), first / len(ours.read) * len(theirs.read)

    def likeness(place: int) -> tuple[int, float]:
        there = theirs.near(place, place + len(words))
        return sum(map(_alike, around, there)), -abs(place - share)

    best = max(places, key=likeness)
    return theirs.signs[best].start, theirs.signs[best + len(words) - 1].end


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with that are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
