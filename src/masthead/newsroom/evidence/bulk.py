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

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import batched
from os import urandom
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from masthead.language import Message
from masthead.newsroom.evidence import written
from masthead.newsroom.evidence.appending import Appending, Vouching, begin
from masthead.newsroom.evidence.guard import NotRecorded
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Receipt, recorded
from masthead.newsroom.evidence.rows import shape_of
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
class _Batch:
    """What a batch comes to: its entries' ids, what each vouches for, and the new rows by table."""

    made: Sequence[Made]
    ids: Sequence[UUID]
    vouched: list[list[Vouching]]
    rows: dict[type[Vouched], list[list[Any]]]


def _batch(made: Sequence[Made]) -> _Batch:
    """Its rows are hashed a table at a time."""
    batch = _Batch(made, [new_id() for _ in made], [[] for _ in made], {})
    belonging: dict[type[Vouched], list[int]] = {}
    for number, (one, entry_id) in enumerate(zip(made, batch.ids, strict=True)):
        _must_write(one)
        for model, values in one.rows:
            shape = shape_of(model)
            row = [values[name] for name in shape.given]
            row.insert(shape.at_entry, entry_id)
            batch.rows.setdefault(model, []).append(row)
            belonging.setdefault(model, []).append(number)
    for model, rows in batch.rows.items():
        table, shape = model._meta.db_table, shape_of(model)
        salts, at = urandom(SALT_BYTES * len(rows)), 0
        for number, row, text in zip(belonging[model], rows, shape.texts(rows), strict=True):
            salt = salts[at : at + SALT_BYTES]
            digest = sha256(salt + text.encode()).digest()
            batch.vouched[number].append(Vouching(table, row[shape.at_id], salt, digest))
            at += SALT_BYTES
    return batch


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
            first, moment = appending.place, now or datetime.now(UTC)
            batch = _batch(list(decide(some, moment)))
            if batch.ids:
                # The entries before the rows that name them; a crash before the COMMIT leaves none of either.
                appending.write(_added(appending, kind, actor, moment, batch))
                for model, fresh in batch.rows.items():
                    written.insert(model, fresh)
            places = range(first, appending.place)
        if batch.ids:
            recorded.send_robust(sender=record_all, receipt=Receipt(places[-1], batch.ids[-1], kind, moment))
        yield Batch(some, places)


def _added(
    appending: Appending, kind: Kind, actor: UUID | None, moment: datetime, batch: _Batch
) -> Iterator[int]:
    for one, entry_id, vouched in zip(batch.made, batch.ids, batch.vouched, strict=True):
        yield appending.add(kind, entry_id, actor, moment, one.fields, sorted(vouched))


def recorded_before(model: type[Vouched], ids: Iterable[UUID]) -> set[UUID]:
    """Those of these ids whose rows are on record."""
    # One parameter for all of them: making words for each takes longer than looking them up.
    postgresql = connection.vendor == "postgresql"
    among = "= ANY(%s)" if postgresql else "IN (SELECT value FROM json_each(%s))"
    wanted = list(ids) if postgresql else json.dumps([each.hex for each in ids])
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT id FROM "{model._meta.db_table}" WHERE id {among}', [wanted])  # noqa: S608 - own names
        return {UUID(str(found)) for (found,) in cursor.fetchall()}


def _must_write(made: Made) -> None:
    if not made.rows:
        raise NotRecorded(
            Message("A command changed nothing, so there is nothing to record."),
            Message("Report this as a mistake in Masthead; nothing was written."),
        )
