"""One linear pass over the text that says where it pays to look closely.

All detectors' prefilters are joined into one expression for re2, whose time is linear in the text whatever
the text is. Only what it points at is looked at by the slower patterns and validators.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

_JOINED = (
    r"@[^\s@]"
    r"|[0-9](?:[ .\-/()+]{0,3}[0-9]){5,}"
    # Accounts of some countries may have letters all through.
    r"|\b[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11}"
    # An Italian codice fiscale has no six digits in a row.
    r"|[A-Za-z]{6}[0-9A-Za-z]{2}[A-Za-z][0-9A-Za-z]{2}[A-Za-z][0-9A-Za-z]{3}[A-Za-z]"
)
_BEFORE, _AFTER = 24, 40
"""How far an identifier may reach beyond its digits: an IBAN's letters, a code's prefix or suffix."""
_GAP = re.compile(r"\s|$")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the text with six digits or more together; `digits` is the most that stand together."""

    start: int
    end: int
    digits: int


@dataclass(frozen=True, slots=True)
class Spots:
    """Code-point offsets: of every @ worth a look, and of stretches around digits."""

    at: tuple[int, ...]
    stretches: tuple[Stretch, ...]


@cache
def _scanner() -> Any:
    import re2

    options = re2.Options()
    options.never_capture = True
    return re2.compile(_JOINED, options)


def scan(folded: str) -> Spots:
    """Where to look in a folded text."""
    at: list[int] = []
    stretches: list[Stretch] = []
    for match in _scanner().finditer(folded):
        start, end = match.span()
        if folded[start] == "@":
            at.append(start)
            continue
        begin, digits = max(0, start - _BEFORE), sum(map(str.isdigit, folded[start:end]))
        reach, settled = min(end + _AFTER, len(folded)), -1
        if stretches and begin <= stretches[-1].end:
            last = stretches.pop()
            begin, digits, settled = last.start, max(digits, last.digits), last.end
        if reach > settled:  # not to cut a word; what is settled is never searched again
            gap = _GAP.search(folded, reach)
            settled = gap.start() if gap else len(folded)
        stretches.append(Stretch(begin, settled, digits))
    return Spots(tuple(at), tuple(stretches))
