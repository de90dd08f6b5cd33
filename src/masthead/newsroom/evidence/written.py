"""Write many rows of a table at once, past the ORM but not past the guard.

`executemany`, and on PostgreSQL COPY in its binary form where there are many. Values are given by column, in
Python's types; each database's own are made of them here. Every row must be new: a primary key that is there
is an error.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import cache, lru_cache, partial
from itertools import batched, chain, islice, repeat
from operator import attrgetter, is_
from typing import Any

from django.db import connection, models

from masthead.newsroom.evidence.guard import permit

MANY = 20
"""From how many rows on COPY is worth its two more messages to PostgreSQL and back."""
AT_A_TIME = 50
"""Rows made ready for COPY together: few, so that the server has something to do from the beginning."""

type Row = Sequence[Any]
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

    def converted(self, rows: Iterable[Row]) -> Iterable[Row]:
        """Rows as the database's driver takes them."""
        if not self._convert:
            return rows
        # A column at a time: most of one is one object over and over, or one call for each value.
        columns = list(zip(*rows, strict=True))
        for at, convert in self._convert:
            columns[at] = _column(columns[at], convert)
        return zip(*columns, strict=True)


def _column(values: tuple[Any, ...], convert: Convert) -> tuple[Any, ...]:
    first = values[0]
    if all(map(is_, values, repeat(first))):
        return (None if first is None else convert(first),) * len(values)
    return tuple([None if value is None else convert(value) for value in values])


def insert(model: type[models.Model], rows: Iterable[Row]) -> None:
    """Insert rows, each in the order of the model's columns. COPY takes them as they come."""
    coming = iter(rows)
    first = list(islice(coming, MANY))
    if not first:
        return
    table = table_of(model, connection.vendor)
    named = ", ".join(f'"{column}"' for column in table.columns)
    if connection.vendor == "postgresql" and len(first) == MANY:
        parts = batched(chain(first, coming), AT_A_TIME)
        with permit("COPY", table.name):
            statement = f'COPY "{table.name}" ({named}) FROM STDIN (FORMAT binary)'
            _copy(statement, table.types, chain.from_iterable(map(table.converted, parts)))
        return
    converted = table.converted([*first, *coming])
    places = ", ".join(["%s"] * len(table.columns))
    with permit("INSERT", table.name), connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table.name}" ({named}) VALUES ({places})', list(converted))  # noqa: S608 - own names


def _copy(statement: str, types: Sequence[str], rows: Iterable[Row]) -> None:
    """Run COPY as Django runs every statement: through the connection's wrappers, the guard among them."""
    connection.ensure_connection()

    def run(sql: str, _params: object, _many: bool, context: dict[str, Any]) -> None:
        with connection.wrap_database_errors, closing(context["cursor"]), context["cursor"].copy(sql) as copy:
            copy.set_types(types)
            for row in rows:
                copy.write_row(row)

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
