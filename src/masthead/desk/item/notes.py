"""Findings as they stand beside the text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from masthead.desk.item.segments import Mark
from masthead.desk.item.ways import Way, way
from masthead.gate.clearance import Obstacle, ObstacleCode
from masthead.gate.findings import FIX, WAIVE, WAYS_OUT
from masthead.language import Message
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.review.models import Finding, Waiver
from masthead.newsroom.review.on_record import OnRecord
from masthead.newsroom.review.reading import weighed
from masthead.vocabulary import LABELS, Consequence, WaiverReason


class Weight(StrEnum):
    """What a finding means for the item now; the value is the class it has on the page."""

    STOPS = "stop"
    WARNS = "mind"
    NOTED = "noted"
    WAIVED = "waived"


ORDER = list(Weight)
OF = {Consequence.BLOCK: Weight.STOPS, Consequence.WARN: Weight.WARNS, Consequence.RECORD: Weight.NOTED}
SHOWS = {
    "all": tuple(Weight),
    "stops": (Weight.STOPS,),
    "warns": (Weight.WARNS,),
    "waived": (Weight.WAIVED,),
}
"""What can be asked for with `?show=`."""
NAMES = {
    "all": Message("All"),
    "stops": Message("What stops"),
    "warns": Message("What warns"),
    "waived": Message("Waived"),
}


@dataclass(frozen=True, slots=True)
class Nearest:
    """The passage of a source that comes closest; `difference` runs from its wording to ours."""

    source: str
    quote: str
    difference: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """One finding: its number on the page, what it means, and who waived it why."""

    number: int
    finding: Finding
    weight: Weight
    message: Message
    nearest: Nearest | None
    waiver: Waiver | None
    ways: tuple[Way, ...]
    part: int = 0
    """The part of the text it stands in, where that is not the one shown; 0 for here."""

    @property
    def id(self) -> str:
        """Its place on the page."""
        return f"note-{self.number}"

    @property
    def slot(self) -> str:
        """Where beside it the form to waive it opens."""
        return f"waive-{self.number}"

    @property
    def reason(self) -> Message | None:
        """Why it was waived."""
        return LABELS[WaiverReason(self.waiver.reason)] if self.waiver else None

    @property
    def mark(self) -> Mark | None:
        """Its words in the text; None where it has no place there."""
        if self.finding.start is None or self.finding.end is None:
            return None
        return Mark(str(self.number), self.finding.start, self.finding.end, ORDER.index(self.weight))


def notes_of(seen: OnRecord, who: Someone) -> tuple[Note, ...]:
    """Every finding of the newest run, in reading order, numbered from 1."""
    return tuple(
        Note(
            number,
            found,
            Weight.WAIVED if waived else OF[consequence],
            Message.from_json(found.message),
            _nearest(found.nearest),
            seen.waivers.get(found.fingerprint),
            () if waived else _ways(found, seen, who),
        )
        for number, (found, consequence, waived) in enumerate(weighed(seen.version, seen=seen), 1)
    )


STANDING = "standing"
"""The place on the page where it says what is in the way, or that nothing is."""


def following(fingerprint: str, shown: Sequence[Note]) -> str:
    """Where on the page to go on once the finding of that fingerprint is waived.

    That is the next of the notes `shown` before it was that weighs as much, else that stops the item, from
    the first again after the last; `STANDING` where there is none.
    """
    here = next((note for note in shown if note.finding.fingerprint == fingerprint), None)
    if here is None:
        return STANDING
    left = [each for each in shown if each.finding.fingerprint != fingerprint]
    alike = [each for each in left if each.weight is here.weight]
    alike = alike or [each for each in left if each.weight is Weight.STOPS]
    later = (each for each in alike if each.number > here.number)
    found = next(later, alike[0] if alike else None)
    return found.id if found else STANDING


def _ways(found: Finding, seen: OnRecord, who: Someone) -> tuple[Way, ...]:
    obstacle = Obstacle(
        ObstacleCode.FINDING, Message.from_json(found.message), (), (), finding=found.fingerprint
    )
    named = WAYS_OUT.get(found.check_id, (FIX, WAIVE))
    return tuple(way(words, seen, obstacle, who) for words in named)


def _nearest(kept: Any) -> Nearest | None:
    if not kept:
        return None
    difference = tuple((str(kind), str(words)) for kind, words in kept.get("difference", ()))
    return Nearest(str(kept["source"]), str(kept["quote"]), difference)


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow the notes, and how many it leaves."""

    name: str
    words: Message
    count: int
    chosen: bool


def filters(notes: Iterable[Note], chosen: str) -> tuple[Filter, ...]:
    """The filters, with what each leaves."""
    weights = [note.weight for note in notes]
    return tuple(
        Filter(name, NAMES[name], sum(weight in shown for weight in weights), name == chosen)
        for name, shown in SHOWS.items()
    )


def narrowed(notes: Sequence[Note], chosen: str) -> tuple[Note, ...]:
    """The notes that the filter `chosen` leaves."""
    return tuple(note for note in notes if note.weight in SHOWS[chosen])
