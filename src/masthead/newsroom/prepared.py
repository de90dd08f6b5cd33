"""Queries that are put into words once: for Django that takes several times as long as to ask them.

Nothing of an answer is kept: each call asks the database.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from secrets import token_hex
from threading import local
from typing import Any
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    Model,
    QuerySet,
    UUIDField,
)
from django.db.models.fetch_modes import FETCH_ONE
from django.db.models.query import get_related_populators

type Value = UUID | str | int | date

COLUMNS: "dict[type, Field[Any, Any]]" = {
    UUID: UUIDField(),
    str: CharField(),
    int: BigIntegerField(),
    date: DateField(),
    datetime: DateTimeField(),
}
"""How the database takes each kind of value."""


class Prepared[M: Model]:
    """The rows of `make(*values)`, for other values each time.

    `make` gives a query of whole rows, related ones too (`select_related`), that compares columns with the
    values and does nothing else with them; it is called once for each thread. Safe to use from any thread.
    """

    def __init__(self, make: "Callable[..., QuerySet[M]]") -> None:
        self._make = make
        self._known = local()

    def __call__(self, *values: Value) -> list[M]:
        """The rows, as they are now."""
        asking: _Asking[M] | None = getattr(self._known, "asking", None)
        if asking is None or asking.statement.connection is not _here():
            asking = self._known.asking = _models(_stated(self._make, values))
        return list(asking.ask(values))

    def first(self, *values: Value) -> M | None:
        """The first of the rows; None where there is none."""
        return next(iter(self(*values)), None)


class PreparedRows:
    """As `Prepared`, of a query with `values_list`: plain rows that name their columns."""

    def __init__(self, make: "Callable[..., QuerySet[Any, Any]]") -> None:
        self._make = make
        self._known = local()

    def __call__(self, *values: Value) -> list[Any]:
        """The rows, as they are now."""
        statement: _Statement | None = getattr(self._known, "statement", None)
        if statement is None or statement.connection is not _here():
            statement = self._known.statement = _stated(self._make, values)
            names = statement.compiler.query.selected
            self._known.row = namedtuple("Row", names)  # type: ignore[misc]  # no names for the checker to read
        return [self._known.row(*row) for row in statement.ask(values)]


@dataclass(frozen=True, slots=True)
class _Statement:
    """A query in words. `params` are what it was made with, `places` which value stands for which of them."""

    connection: BaseDatabaseWrapper
    compiler: Any
    converters: Any
    sql: str
    params: tuple[Any, ...]
    places: tuple[int | None, ...]

    def ask(self, values: tuple[Value, ...]) -> Iterator[Any]:
        taken = _taken(values)
        params = [
            param if place is None else taken[place]
            for param, place in zip(self.params, self.places, strict=True)
        ]
        with self.connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        return iter(self.compiler.apply_converters(rows, self.converters))


@dataclass(frozen=True, slots=True)
class _Asking[M: Model]:
    """A statement whose rows are of a model."""

    statement: _Statement
    populators: Any
    names: list[str]

    def ask(self, values: tuple[Value, ...]) -> Iterator[M]:
        compiler, alias = self.statement.compiler, self.statement.connection.alias
        kind, own = compiler.klass_info["model"], compiler.klass_info["select_fields"]
        start, end = own[0], own[-1] + 1
        for row in self.statement.ask(values):
            made = kind.from_db(alias, self.names, row[start:end])
            for populator in self.populators:
                populator.populate(row, made)
            for name, place in (compiler.annotation_col_map or {}).items():
                setattr(made, name, row[place])
            yield made


def _here() -> BaseDatabaseWrapper:
    """This thread's connection."""
    return connections[DEFAULT_DB_ALIAS]


def _stated(make: "Callable[..., QuerySet[Any, Any]]", values: tuple[Value, ...]) -> _Statement:
    stand_ins = tuple(_stand_in(value, number) for number, value in enumerate(values, 1))
    known, query = _taken(stand_ins), make(*stand_ins)
    compiler: Any = query.query.get_compiler(connection=_here())
    sql, params = compiler.as_sql()
    places = tuple(known.index(param) if param in known else None for param in params)
    if set(places) - {None} != set(range(len(values))):
        raise TypeError("a query that does not compare a column with each value as it is")
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    return _Statement(_here(), compiler, converters, sql, tuple(params), places)


def _models[M: Model](statement: _Statement) -> _Asking[M]:
    compiler, alias = statement.compiler, statement.connection.alias
    columns = [column for column, *_ in compiler.select]
    own = compiler.klass_info["select_fields"]
    return _Asking(
        statement,
        get_related_populators(compiler.klass_info, compiler.select, alias, FETCH_ONE),
        [column.target.attname for column in columns[own[0] : own[-1] + 1]],
    )


def _stand_in(value: Value, number: int) -> Value:
    """A value of the same kind that no query holds of itself."""
    if isinstance(value, UUID):
        return uuid4()
    if isinstance(value, int):
        return 2**31 - 1 - number
    if isinstance(value, str):
        return token_hex()
    day = date.min + timedelta(days=number)
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if isinstance(value, datetime) else day


def _taken(values: tuple[Value, ...]) -> list[Any]:
    return [COLUMNS[type(value)].get_db_prep_value(value, _here()) for value in values]
