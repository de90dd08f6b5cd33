"""Where something personal stands, and how sure we are: what every detector of this check yields."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from masthead.vocabulary import Level


class Kind(IntEnum):
    """What was found; where two share a place and a level, the lower one is told."""

    EMAIL = 0
    IBAN = 1
    CARD = 2
    NATIONAL_ID = 3
    PHONE = 4


@dataclass(frozen=True, slots=True)
class Place:
    """One find. `name` says which national id; `why` tells apart reasons that are told in other words."""

    kind: Kind
    start: int
    end: int
    level: Level
    name: str = ""
    why: str = ""


_SURENESS = (Level.ERROR, Level.WARNING, Level.NOTE)


def _rank(place: Place) -> tuple[int, int, int]:
    return _SURENESS.index(place.level), place.kind, place.start - place.end


def one_each(places: Iterable[Place]) -> Iterator[Place]:
    """Places in reading order, of overlapping ones the surest; linear after sorting."""
    kept: Place | None = None
    for place in sorted(places, key=lambda p: (p.start, p.end)):
        if kept is not None and place.start < kept.end:
            kept = min(kept, place, key=_rank)
            continue
        if kept is not None:
            yield kept
        kept = place
    if kept is not None:
        yield kept


def words(*stems: str) -> re.Pattern[str]:
    """A pattern for any of these words, whole, whatever their case."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(stems)})(?!\w)", re.IGNORECASE)


BEFORE, AFTER = 48, 24
"""How many code points around a number a word is looked for."""


def near(text: str, start: int, end: int, pattern: re.Pattern[str]) -> bool:
    """Whether `pattern` stands shortly before or after the place."""
    before = pattern.search(text, max(0, start - BEFORE), start)
    return bool(before or pattern.search(text, end, end + AFTER))


ALONE = r"(?<![0-9A-Za-z_À-ɏ])(?<![0-9A-Za-z][-./_,:=])"
"""Not the tail of a longer word, a decimal, a path or an identifier such as a GUID."""
ENDED = r"(?![0-9A-Za-z_À-ɏ]|[-/_=][0-9A-Za-z]|[.,:]\d)"
"""Not the head of one."""
