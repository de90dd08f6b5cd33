"""Write many rows of a table at once, past the ORM but not past the guard.

`executemany`, and on PostgreSQL COPY in its binary form where there are many. Values are given by column, in
Python's types; each database's own are made of them here. Every row must be new: a primary key that is there
is an error.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import cache, lru_cache, partial
from itertools import chain, repeat
from operator import attrgetter, is_
from typing import Any

from django.db import connection, models

from masthead.newsroom.evidence.guard import permit

MANY = 20
"""From how many rows on COPY is worth its two more messages to PostgreSQL and back."""
TOGETHER = 250
"""Rows in one statement of SQLite's: a third less work than one by one."""

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
    insert_parts(model, [list(zip(*rows, strict=True))])


def insert_parts(model: type[models.Model], parts: Iterable[Columns]) -> None:
    """Insert rows that are given by column, some at a time. COPY takes them as they come."""
    table = table_of(model, connection.vendor)
    coming = (table.converted(part) for part in parts if part and part[0])
    first = next(coming, None)
    if first is None:
        return
    named = ", ".join(f'"{column}"' for column in table.columns)
    into, every = f'INTO "{table.name}" ({named}) VALUES', chain([first], coming)
    if connection.vendor == "postgresql" and len(first[0]) >= MANY:
        with permit("COPY", table.name):
            _copy(f'COPY "{table.name}" ({named}) FROM STDIN (FORMAT binary)', table.types, every)
        return
    for part in every:
        with permit("INSERT", table.name):
            _insert(f"INSERT {into} ", part)


def _insert(insert: str, columns: Columns) -> None:
    """Together on SQLite as far as they go in whole statements, which it keeps; the rest one by one."""
    wide, many = len(columns), len(columns[0])
    whole = many - many % TOGETHER if connection.vendor == "sqlite" else 0
    for start in range(0, whole, TOGETHER):
        values: list[Any] = [None] * (wide * TOGETHER)
        for at, column in enumerate(columns):
            values[at::wide] = column[start : start + TOGETHER]
        rows = ",".join([f"({','.join('?' * wide)})"] * TOGETHER)
        # Past Django's cursor, which would look for each gap in so long a text anew.
        _run(insert + rows, partial(_execute, values=values))
    if whole < many:
        places = ", ".join(["%s"] * wide)
        rest = zip(*(column[whole:] for column in columns), strict=True)
        with connection.cursor() as cursor:
            cursor.executemany(f"{insert}({places})", list(rest))


def _execute(cursor: Any, sql: str, *, values: Sequence[Any]) -> None:
    sqlite3.Cursor.execute(cursor, sql, values)


def _copy(statement: str, types: Sequence[str], parts: Iterable[Columns]) -> None:
    def copy(cursor: Any, sql: str) -> None:
        with cursor.copy(sql) as copy:
            copy.set_types(types)
            for columns in parts:
                for row in zip(*columns, strict=True):
                    copy.write_row(row)

    _run(statement, copy)


def _run(statement: str, how: Callable[[Any, str], object]) -> None:
    """Run a statement as Django runs every one: through the connection's wrappers, the guard among them."""
    connection.ensure_connection()

    def run(sql: str, _params: object, _many: bool, context: dict[str, Any]) -> None:
        with connection.wrap_database_errors, closing(context["cursor"]):
            how(context["cursor"], sql)

    execute: Callable[..., Any] = run
    for wrapper in reversed(connection.execute_wrappers):
        execute = partial(wrapper, execute)
    execute(statement, None, False, {"connection": connection, "cursor": connection.connection.cursor()})


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
