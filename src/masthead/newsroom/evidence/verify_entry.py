"""Verify one entry against its own fields."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from masthead.language import Message
from masthead.newsroom.evidence import sealed
from masthead.newsroom.evidence.appending import rows_field, time_field
from masthead.newsroom.evidence.fields import Field, fields_of
from masthead.newsroom.evidence.key_ring import UNREADABLE
from masthead.newsroom.evidence.kinds import FIELDS, IMPLICIT, Kind
from masthead.newsroom.evidence.models import Entry, RowDigest
from masthead.newsroom.evidence.verify_spelling import misspelled

_SEALED_AS = {"id": "entry", "row": "rows"}


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that does not agree. `place` is the entry's; None where it is of the log as a whole."""

    place: int | None
    why: Message

    def __post_init__(self) -> None:
        """Half of a place is none, whoever says so: what is found is kept, and JSON has no such numbers."""
        place: object = self.place
        if type(place) is not int:
            object.__setattr__(self, "place", None)

    @property
    def told(self) -> Message:
        """What does not agree, and of which entry."""
        if self.place is None:
            return self.why
        return Message("entry %(place)s: %(why)s", {"place": self.place, "why": self.why})


def sentence(why: Message) -> Message:
    """What does not agree, where it is said by itself and not after other words."""
    return Message("The record does not agree with itself: %(why)s.", {"why": why})


def shown(value: object) -> int | str:
    """What stands in a column of whole numbers, so that it can be told and kept, whatever it is."""
    if type(value) is int:
        return value
    return value.hex() if isinstance(value, bytes) else str(value)


def stands_nowhere(place: object) -> Failure:
    """An entry at a place that is none, which nobody reads."""
    return Failure(
        None, Message("an entry stands at %(place)s, which is no place of the log", {"place": shown(place)})
    )


def speaks_of_nothing(table: object, place: object) -> Failure:
    """A word on a row at a place at which no entry stands."""
    return Failure(
        None,
        Message(
            "the log speaks of a row of %(table)s at %(place)s, where no entry stands",
            {"table": str(table), "place": shown(place)},
        ),
    )


@dataclass(slots=True)
class Whole:
    """An entry with its row digests, without the cycles of a prefetch: memory stays flat."""

    entry: Entry
    digests: list[RowDigest] = field(default_factory=list)
    misspelled: str | None = None
    """The name of what a column says in other characters, or as another sort of value."""
    twice: bool = False
    """Whether another entry stands at its place."""


def read(start: int, end: int, astray: list[Failure] | None = None) -> dict[int, Whole]:
    """The entries from `start` up to `end` by place, without those that cannot be read.

    What stands between two places goes to `astray`: no entry there is read, and nothing is said by one.
    """
    try:
        entries = Entry.objects.filter(place__gte=start, place__lt=end)
        digests = RowDigest.objects.filter(entry__gte=start, entry__lt=end)
        found, nowhere = _by_place(entries)
        for digest in digests:
            if digest.entry_id in found:
                found[digest.entry_id].digests.append(digest)
            elif type(digest.entry_id) is not int:
                # At a place of the log it is the entry that is missing, and that is said with its place.
                nowhere.append(speaks_of_nothing(digest.table, digest.entry_id))
        for place, column in chain(
            misspelled(entries, "place").items(), misspelled(digests, "entry_id").items()
        ):
            if place in found:
                found[place].misspelled = _SEALED_AS.get(column, column)
    except UNREADABLE:
        if end - start == 1:
            return {}
        middle = (start + end) // 2
        return read(start, middle, astray) | read(middle, end, astray)
    if astray is not None:
        astray += nowhere
    return found


def _by_place(entries: Iterable[Entry]) -> tuple[dict[int, Whole], list[Failure]]:
    found: dict[int, Whole] = {}
    nowhere: list[Failure] = []
    for entry in entries:
        place: object = entry.place
        if type(place) is not int:
            nowhere.append(stands_nowhere(place))
        elif place in found:
            found[place].twice = True
        else:
            found[place] = Whole(entry)
    return found, nowhere


def entry_failures(whole: Whole) -> Iterator[Failure]:
    """What does not agree within an entry."""
    entry = whole.entry
    try:
        yield from [Failure(entry.place, why) for why in _disagreements(whole)]
    except (TypeError, ValueError, AttributeError):
        # A column that holds another type than it should: SQLite lets one be written.
        yield Failure(entry.place, Message("it cannot be read"))


def _disagreements(whole: Whole) -> Iterator[Message]:
    entry = whole.entry
    if whole.twice:
        yield Message("two entries stand at its place")
    if whole.misspelled is not None:
        # What is kept in another form than it was written is not what it was, whatever can be made of it.
        yield Message("its row says another %(name)s than is sealed", {"name": whole.misspelled})
        return
    try:
        listed = fields_of(entry)
    except ValueError:
        yield Message("its sealed fields cannot be read")
        return
    fields = {field.name: field for field in listed}
    if entry.kind in Kind and fields.keys() != {*FIELDS[Kind(entry.kind)].opens, *IMPLICIT}:
        yield Message("its fields are not those of its kind")
    # In the one order, and each once: nothing may stand there that is not hashed.
    if [field.name for field in listed] != sorted(fields):
        yield Message("its sealed fields were changed")
    commitment, leaf = bytes(entry.commitment), bytes(entry.leaf_hash)
    sealed_now = sealed.commitment_of({name: kept.digest for name, kept in fields.items()})
    if sealed_now != commitment:
        # Which of the two was changed, its hash tells.
        if sealed.face_leaf(entry.kind, sealed_now) == leaf:
            yield Message("its commitment does not belong to its fields")
        else:
            yield Message("its sealed fields were changed")
    if sealed.face_leaf(entry.kind, commitment) != leaf:
        yield Message("its hash does not belong to its kind and commitment")
    yield from _columns(whole, fields)


def _columns(whole: Whole, fields: Mapping[str, Field]) -> Iterator[Message]:
    """The columns of the entry's row, and its list of rows, against what is sealed of them."""
    entry = whole.entry
    expected: Mapping[str, Any] = {
        "actor": str(entry.actor) if entry.actor else None,
        "entry": str(entry.id),
        "recorded_at": time_field(entry.recorded_at),
        "rows": rows_field(sorted(whole.digests, key=lambda d: (d.table, d.row))),
    }
    for name, value in expected.items():
        kept = fields.get(name)
        if kept is None or kept.value is None:
            continue
        if _value(kept.value) != value:
            yield Message("its row says another %(name)s than is sealed", {"name": name})


def _value(content: bytes) -> object:
    try:
        return json.loads(content)
    except ValueError:
        return ...
