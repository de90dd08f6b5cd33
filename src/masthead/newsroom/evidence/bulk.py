"""`record_all()`: thousands of entries, one for each record, many in a transaction.

    def decide(some: Sequence[Record], now: datetime) -> Iterable[Made]:   # under the lock on the head
        known = recorded_before(AIUse, [each.id for each in some])
        ...                                           # the rules, asked for all of them at once
        return [Made({"item": …}, [(AIUse, {"id": each.id, …})]) for each in some if each.id not in known]

    for batch in record_all(Kind.AI_USE_RECORDED, records, actor=person.id, decide=decide):
        ...                                           # what is in `batch` is durable

The tables, the hashes and the lock are those of `record()`, and so is verification; what is left out is the
ORM and the lock taken again for each entry. Records are taken from an iterator as they are needed, so memory
does not grow with their number.

A run that was killed is done again from its beginning, by this same function: a row has an id that the same
record always gets (`vouched.id_of`), and `decide` leaves out those that are there. A batch is in the log as a
whole or not at all, whatever happens, so nothing acknowledged is lost and nothing is there twice. Two runs at
once come to the same, for each decides under the lock.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import batched
from os import urandom
from typing import Any
from uuid import UUID

from django.db import transaction

from masthead.language import Message
from masthead.newsroom.evidence import written
from masthead.newsroom.evidence.appending import Vouching, begin
from masthead.newsroom.evidence.guard import NotRecorded
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Receipt, recorded
from masthead.newsroom.evidence.rows import CHUNK, shape_of
from masthead.newsroom.evidence.sealed import SALT_BYTES
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.newsroom.evidence.vouched import Vouched, new_id

AT_ONCE = 2_000
"""Entries in one transaction: enough that a sync of the disk is nothing beside them, few enough (a tenth of a
second) that a command waiting for the lock is not noticed to wait."""

type NewRow = tuple[type[Vouched], Mapping[str, Any]]
"""A row to write: its model, and each of its columns but `entry_id`, under Django's name for it."""


@dataclass(frozen=True, slots=True)
class Made:
    """One entry to be: its fields, as the table of kinds names them, and the rows that it writes."""

    fields: Mapping[str, Any]
    rows: Sequence[NewRow]


@dataclass(frozen=True, slots=True)
class Batch[Record]:
    """Records that are durable. Those that were on record before have no place in `places`."""

    records: Sequence[Record]
    places: range


@dataclass(slots=True)
class _Rows:
    """New rows of a batch, by table in the order in which they came."""

    by_model: dict[type[Vouched], list[list[Any]]] = field(default_factory=dict)

    def vouched(self, entry_id: UUID, rows: Sequence[NewRow]) -> list[Vouching]:
        found = []
        for model, values in rows:
            shape = shape_of(model)
            row = [entry_id if name == "entry_id" else values[name] for name in shape.attributes]
            salt = urandom(SALT_BYTES)
            found.append(Vouching(model._meta.db_table, values["id"], salt, shape.digest(salt, row)))
            self.by_model.setdefault(model, []).append(row)
        return found if len(found) == 1 else sorted(found)


def record_all[Record](
    kind: Kind,
    records: Iterable[Record],
    *,
    actor: UUID | None,
    decide: Callable[[Sequence[Record], datetime], Iterable[Made]],
    now: datetime | None = None,
    at_once: int = AT_ONCE,
) -> Iterator[Batch[Record]]:
    """Append one entry of `kind` for each record that `decide` makes something of, `at_once` at a time.

    Gives each batch once it is durable; a caller that stops taking stops the work. `decide` is called once
    for each batch, under the lock; what it raises aborts that batch alone and comes through unchanged. The
    rest is as `record()` says; KeyError where a row lacks a column.
    """
    for some in batched(records, at_once):
        with told_plainly(), transaction.atomic(durable=True):
            appending = begin()
            first, moment, entry_id, rows = appending.place, now or datetime.now(UTC), None, _Rows()
            for made in decide(some, moment):
                _must_write(made)
                entry_id = new_id()
                vouched = rows.vouched(entry_id, made.rows)
                appending.add(kind, entry_id, actor, moment, made.fields, vouched)
            places = range(first, appending.place)
            if entry_id is not None:
                # The entries before the rows that name them; a crash before the COMMIT leaves none of either.
                appending.write()
                for model, fresh in rows.by_model.items():
                    written.insert(model, fresh)
        if entry_id is not None:
            recorded.send_robust(sender=record_all, receipt=Receipt(places[-1], entry_id, kind, moment))
        yield Batch(some, places)


def recorded_before(model: type[Vouched], ids: Iterable[UUID]) -> set[UUID]:
    """Those of these ids whose rows are on record."""
    wanted, found = list(ids), set[UUID]()
    for start in range(0, len(wanted), CHUNK):
        rows = model._base_manager.filter(pk__in=wanted[start : start + CHUNK])
        found.update(rows.values_list("pk", flat=True))
    return found


def _must_write(made: Made) -> None:
    if not made.rows:
        raise NotRecorded(
            Message("A command changed nothing, so there is nothing to record."),
            Message("Report this as a mistake in Masthead; nothing was written."),
        )
