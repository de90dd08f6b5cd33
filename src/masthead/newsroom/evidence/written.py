"""Write many rows of a table at once, past the ORM but not past the guard.

`executemany`, and on PostgreSQL COPY in its binary form where there are many. Values are given by column, in
Python's types; each database's own are made of them here. Every row must be new: a primary key that is there
is an error.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import cache, lru_cache, partial
from itertools import chain, repeat
from operator import attrgetter, is_
from typing import Any

from django.db import connection, models

from masthead.newsroom.evidence import beside
from masthead.newsroom.evidence.guard import permit
from masthead.newsroom.evidence.unkept import refuse_unless_kept

MANY = 20
"""From how many rows on COPY is worth its two more messages to PostgreSQL and back."""
IN_A_STATEMENT = 250
"""Rows in one statement of SQLite's: a third less work than one by one."""

_CHECKED = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"

type Row = Sequence[Any]
type Columns = Sequence[Sequence[Any]]
type Convert = Callable[[Any], Any]


class Table:
    """A table as it is written: its columns in order, and how a value becomes the database's."""

    def __init__(self, model: type[models.Model], vendor: str) -> None:
        fields = model._meta.concrete_fields
        self.name = model._meta.db_table
        self.attributes = tuple(field.attname for field in fields)
        self.columns = tuple(str(field.column) for field in fields)
        self.types = tuple(_type(field, vendor) for field in fields)
        known = _SQLITE if vendor == "sqlite" else _POSTGRESQL
        self._convert = [
            (at, known[kind]) for at, field in enumerate(fields) if (kind := _kind(field)) in known
        ]
        unknown = {kind for field in fields if (kind := _kind(field)) not in _PLAIN and kind not in known}
        if unknown:
            raise TypeError(f"{self.name} has columns that are not written in bulk: {sorted(unknown)}")

    def converted(self, columns: Columns) -> Columns:
        """Columns as the database's driver takes them."""
        made = list(columns)
        for at, convert in self._convert:
            made[at] = _column(made[at], convert)
        return made


def _column(values: Sequence[Any], convert: Convert) -> Sequence[Any]:
    first = values[0]
    if all(map(is_, values, repeat(first))):
        return (None if first is None else convert(first),) * len(values)
    return tuple([None if value is None else convert(value) for value in values])


def insert(model: type[models.Model], rows: Iterable[Row]) -> None:
    """Insert rows, each in the order of the model's columns."""
    insert_columns(model, list(zip(*rows, strict=True)))


def insert_columns(model: type[models.Model], columns: Columns) -> None:
    """Insert rows that are given by column, in the order of the model's; none is fine.

    `Damaged` where the database says that it took fewer, or more.
    """
    if not columns or not columns[0]:
        return
    table = table_of(model, connection.vendor)
    named = ", ".join(f'"{column}"' for column in table.columns)
    rows = table.converted(columns)
    if connection.vendor == "postgresql" and len(rows[0]) >= MANY:
        with permit("COPY", table.name):
            taken = _copy(f'COPY "{table.name}" ({named}) FROM STDIN (FORMAT binary)', table.types, rows)
    else:
        with permit("INSERT", table.name):
            taken = _insert(f'INSERT INTO "{table.name}" ({named}) VALUES ', rows)  # noqa: S608 - own names
    refuse_unless_kept(table.name, taken, len(rows[0]))


@contextmanager
def checked_meanwhile() -> Iterator[None]:
    """While the body works, PostgreSQL checks the foreign keys of all that was written so far.

    Left to the COMMIT, they are a quarter of its work, and nothing of ours would be left to do. The body asks
    no database. `IntegrityError` after it where a row refers to none.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with beside.answered(lambda: _run(_CHECKED, lambda _, sql: beside.send(sql))):
        yield


def _insert(insert: str, columns: Columns) -> int:
    """Together, on SQLite as far as they go in whole statements, which it keeps; its rest one by one.

    Gives how many the database says that it took.
    """
    wide, many, taken = len(columns), len(columns[0]), 0
    whole = many - many % IN_A_STATEMENT if connection.vendor == "sqlite" else 0
    for start in range(0, whole, IN_A_STATEMENT):
        values: list[Any] = [None] * (wide * IN_A_STATEMENT)
        for at, column in enumerate(columns):
            values[at::wide] = column[start : start + IN_A_STATEMENT]
        rows = ",".join([f"({','.join('?' * wide)})"] * IN_A_STATEMENT)
        # Past Django's cursor, which would look for each gap in so long a text anew.
        taken += _run(insert + rows, partial(_execute, values=values))
    if whole < many:
        places = f"({', '.join(['%s'] * wide)})"
        rest = list(zip(*(column[whole:] for column in columns), strict=True))
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # Not by executemany, whose pipeline takes two more messages.
                cursor.execute(insert + ", ".join([places] * len(rest)), list(chain.from_iterable(rest)))
            else:
                cursor.executemany(insert + places, rest)
            taken += cursor.rowcount
    return taken


def _execute(cursor: Any, sql: str, *, values: Sequence[Any]) -> None:
    sqlite3.Cursor.execute(cursor, sql, values)


def _copy(statement: str, types: Sequence[str], columns: Columns) -> int:
    from psycopg.types.string import BytesBinaryDumper  # On SQLite it is not there.

    # Bytes as they are, which psycopg writes in C: for a UUID, and for bytes asked by their type, it takes
    # what is made in Python, a tenth of our part of the work.
    raw = [
        _column(each, _BYTES) if kind == "uuid" else each for kind, each in zip(types, columns, strict=True)
    ]
    kinds = ["bytea" if kind == "uuid" else kind for kind in types]

    def copy(cursor: Any, sql: str) -> None:
        cursor.adapters.register_dumper(bytes, BytesBinaryDumper)
        with cursor.copy(sql) as copy:
            copy.set_types(kinds)
            for row in zip(*raw, strict=True):
                copy.write_row(row)

    return _run(statement, copy)


def _run(statement: str, how: Callable[[Any, str], object]) -> int:
    """Run a statement as Django runs every one: through the connection's wrappers, the guard among them.

    Gives how many rows the driver says that it was about; less than none where it does not know.
    """
    connection.ensure_connection()

    def run(sql: str, _params: object, _many: bool, context: dict[str, Any]) -> int:
        with connection.wrap_database_errors, closing(context["cursor"]):
            how(context["cursor"], sql)
            return int(context["cursor"].rowcount)

    execute: Callable[..., Any] = run
    for wrapper in reversed(connection.execute_wrappers):
        execute = partial(wrapper, execute)
    cursor = connection.connection.cursor()
    return int(execute(statement, None, False, {"connection": connection, "cursor": cursor}))


def _kind(field: "models.Field[Any, Any]") -> str:
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return target.get_internal_type()


def _type(field: "models.Field[Any, Any]", vendor: str) -> str:
    """What PostgreSQL calls the type of a column, without its length."""
    said = field.db_type(connection) if vendor == "postgresql" else ""
    return (said or "").partition("(")[0]


@lru_cache(maxsize=8)
def _sqlite_time(moment: datetime) -> str:
    return str(moment.astimezone(UTC).replace(tzinfo=None))


def _jsonb(value: Any) -> Any:
    from psycopg.types.json import Jsonb  # On SQLite it is not there.

    return Jsonb(value)


_SQLITE: dict[str, Convert] = {
    "UUIDField": attrgetter("hex"),
    "DateTimeField": _sqlite_time,
    "DateField": str,
    "JSONField": json.dumps,
}
_POSTGRESQL: dict[str, Convert] = {"JSONField": _jsonb}
_BYTES = attrgetter("bytes")
_PLAIN = {
    "CharField",
    "TextField",
    "BinaryField",
    "BooleanField",
    "SmallIntegerField",
    "PositiveSmallIntegerField",
    "IntegerField",
    "PositiveIntegerField",
    "BigIntegerField",
    "PositiveBigIntegerField",
    "UUIDField",
    "DateTimeField",
    "DateField",
}


@cache
def table_of(model: type[models.Model], vendor: str) -> Table:
    """The table of a model, looked at once."""
    return Table(model, vendor)
