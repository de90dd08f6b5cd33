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
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
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
from masthead.newsroom.evidence.appending import Appending, Sealed, Vouching, begin
from masthead.newsroom.evidence.collector import held_off
from masthead.newsroom.evidence.guard import NotRecorded
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Receipt, recorded
from masthead.newsroom.evidence.rows import shape_of
from masthead.newsroom.evidence.sealed import SALT_BYTES
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.newsroom.evidence.unkept import refuse_unless_kept
from masthead.newsroom.evidence.vouched import Vouched, new_id
from masthead.newsroom.evidence.written import Columns

AT_ONCE = 4_000
"""Entries in one transaction: enough that a sync of the disk is nothing beside them, few enough (two tenths
of a second) that a command waiting for the lock is hardly noticed to wait."""
TOGETHER = 500
"""Entries that are sealed and written together: the next ones are sealed while PostgreSQL checks these."""

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


type _New = Sequence[tuple[UUID, Made]]


def _sealed(
    appending: Appending, kind: Kind, actor: UUID | None, now: datetime, new: _New
) -> Iterator[Sealed]:
    """New entries with the rows that they vouch for, some at a time, as they are asked for."""
    written_before: AbstractContextManager[None] = nullcontext()
    for some in batched(new, TOGETHER):
        with written_before:
            ids, made = zip(*some, strict=True)
            vouched, rows = _vouched(ids, made)
            part = appending.seal(kind, actor, now, ids, [one.fields for one in made], vouched)
        yield part._replace(rows=rows)
        written_before = written.checked_meanwhile()


def _vouched(
    ids: Sequence[UUID], made: Sequence[Made]
) -> tuple[Sequence[Sequence[Vouching]], dict[type[Vouched], Columns]]:
    """What each of some entries vouches for, and its rows by column, hashed a table at a time."""
    given: dict[type[Vouched], list[Mapping[str, Any]]] = {}
    owners: dict[type[Vouched], list[int]] = {}
    for number, one in enumerate(made):
        _must_write(one)
        for model, values in one.rows:
            if model not in given:
                given[model], owners[model] = [], []
            given[model].append(values)
            owners[model].append(number)
    vouched: list[list[Vouching]] = [[] for _ in made]
    rows: dict[type[Vouched], Columns] = {}
    for model, some in given.items():
        table, shape = model._meta.db_table, shape_of(model)
        columns: list[Sequence[Any]] = [[row[name] for row in some] for name in shape.given]
        columns.insert(shape.at_entry, [ids[number] for number in owners[model]])
        rows[model] = columns
        salts, at = urandom(SALT_BYTES * len(some)), 0
        texts = shape.texts(list(zip(*columns, strict=True)))
        for number, row, text in zip(owners[model], columns[shape.at_id], texts, strict=True):
            salt = salts[at : at + SALT_BYTES]
            vouched[number].append(Vouching(table, row, salt, sha256(salt + text.encode()).digest()))
            at += SALT_BYTES
    return [each if len(each) == 1 else sorted(each) for each in vouched], rows


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
    rest is as `record()` says, but that rows are counted and not read again; KeyError where one lacks a
    column. A row refers to what is on record or to what its own entry writes.
    """
    for some in batched(records, at_once):
        with held_off(), told_plainly(), transaction.atomic(durable=True):
            appending = begin()
            first, moment = appending.place, now or datetime.now(UTC)
            new = [(new_id(), made) for made in decide(some, moment)]
            if new:
                appending.write(_sealed(appending, kind, actor, moment, new))
                _refuse_unless_kept(new)
            places = range(first, appending.place)
        if new:
            recorded.send_robust(sender=record_all, receipt=Receipt(places[-1], new[-1][0], kind, moment))
        yield Batch(some, places)


def recorded_before(model: type[Vouched], ids: Iterable[UUID]) -> set[UUID]:
    """Those of these ids whose rows are on record."""
    among, said = _among(ids)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT id FROM "{model._meta.db_table}" WHERE id {among}', [said])  # noqa: S608 - own names
        return {UUID(str(found)) for (found,) in cursor.fetchall()}


def _among(ids: Iterable[UUID]) -> tuple[str, str]:
    """In SQL, that a column is one of these ids, with its parameter."""
    # One parameter for all of them, a text: making words for each takes longer than looking them up.
    wanted = [each.hex for each in ids]
    if connection.vendor == "postgresql":
        return "= ANY(%s::uuid[])", f"{{{','.join(wanted)}}}"
    return "IN (SELECT value FROM json_each(%s))", json.dumps(wanted)


def _refuse_unless_kept(new: _New) -> None:
    """`Damaged` unless as many rows of each table name these entries as they wrote.

    Counted, not read: a row that was put in the place of another is for verification to find.
    """
    of_these, entries = _among(entry for entry, _ in new)
    for model, count in Counter(model for _, made in new for model, _ in made.rows).items():
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE entry_id {of_these}', [entries])  # noqa: S608 - own names
            refuse_unless_kept(table, cursor.fetchone()[0], count)


def _must_write(made: Made) -> None:
    if not made.rows:
        raise NotRecorded(
            Message("A command changed nothing, so there is nothing to record."),
            Message("Report this as a mistake in Masthead; nothing was written."),
        )
