"""Verify one entry against its own fields."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from masthead.language import Message
from masthead.newsroom.evidence import sealed
from masthead.newsroom.evidence.kinds import FIELDS, IMPLICIT, Kind
from masthead.newsroom.evidence.log import rows_field, time_field
from masthead.newsroom.evidence.models import Entry, EntryField


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that does not agree. `place` is the entry's; None where it is of the log as a whole."""

    place: int | None
    why: Message


def entry_failures(entry: Entry) -> Iterator[Failure]:
    """What does not agree within an entry loaded with its fields and row digests."""
    fields = {field.name: field for field in entry.fields.all()}
    try:
        yield from [Failure(entry.place, why) for why in _disagreements(entry, fields)]
    except (TypeError, ValueError, AttributeError):
        # A column that holds another type than it should: SQLite lets one be written.
        yield Failure(entry.place, Message("it cannot be read"))


def _disagreements(entry: Entry, fields: Mapping[str, EntryField]) -> Iterator[Message]:
    if any(kind == entry.kind for kind in Kind) and fields.keys() != {
        *FIELDS[Kind(entry.kind)].opens,
        *IMPLICIT,
    }:
        yield Message("its fields are not those of its kind")
    for field in fields.values():
        if field.value is not None and field.salt is not None and not _digest_holds(field):
            yield Message("its field %(name)s was changed", {"name": field.name})
    commitment = bytes(entry.commitment)
    if sealed.commitment_of({name: bytes(field.digest) for name, field in fields.items()}) != commitment:
        yield Message("its commitment does not belong to its fields")
    if sealed.face_leaf(entry.kind, commitment) != bytes(entry.leaf_hash):
        yield Message("its hash does not belong to its kind and commitment")
    yield from _columns(entry, fields)


def _digest_holds(field: EntryField) -> bool:
    assert field.salt is not None  # noqa: S101 - the caller looked
    assert field.value is not None  # noqa: S101 - the caller looked
    return sealed.field_digest(bytes(field.salt), field.name, bytes(field.value)) == bytes(field.digest)


def _columns(entry: Entry, fields: Mapping[str, EntryField]) -> Iterator[Message]:
    """The columns of the entry's row, and its list of rows, against what is sealed of them."""
    expected: Mapping[str, Any] = {
        "actor": str(entry.actor) if entry.actor else None,
        "entry": str(entry.id),
        "recorded_at": time_field(entry.recorded_at),
        "rows": rows_field(sorted(entry.row_digests.all(), key=lambda d: (d.table, d.row))),
    }
    for name, value in expected.items():
        field = fields.get(name)
        if field is None or field.value is None:
            continue
        if _value(bytes(field.value)) != value:
            yield Message("its row says another %(name)s than is sealed", {"name": name})


def _value(content: bytes) -> object:
    try:
        return json.loads(content)
    except ValueError:
        return ...
