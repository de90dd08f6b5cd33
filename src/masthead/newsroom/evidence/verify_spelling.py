"""Verify that a row is kept as it was written, and not as something else that says the same: SQLite alone.

It keeps ids, days, moments and JSON as text, and any sort of value in any column. The same moment may be
written with a zone, an id in capitals, a text as bytes, yes as 2: Django reads each as what it was, and what
asks by it in SQL finds another or nothing.
"""

import json
from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

from masthead.newsroom.evidence.rows import INTEGERS, kind_of

_SPELLED = ("UUIDField", "DateField", "DateTimeField", "JSONField")
_SORTS = {
    **dict.fromkeys((*_SPELLED, "CharField", "TextField"), "typeof({0}) = 'text'"),
    **dict.fromkeys(INTEGERS, "typeof({0}) = 'integer'"),
    "BooleanField": "typeof({0}) = 'integer' AND {0} IN (0, 1)",
    "BinaryField": "typeof({0}) = 'blob'",
}
"""What holds of a value that was written to a column of each kind."""


def misspelled[M: models.Model](found: "models.QuerySet[M]", key: str = "pk") -> dict[Any, str]:
    """Of these rows those of which a column is kept otherwise, by `key`, and the name of that column."""
    if connection.vendor != "sqlite":
        return {}
    fields = _spelled(found.model)
    table = found.model._meta.db_table
    # A plus keeps Python's driver from making something of it.
    kept: dict[str, Any] = {
        f"as_it_is_{field.attname}": RawSQL(  # noqa: S611 - names of our own columns
            f'+"{table}"."{field.column}"', [], output_field=models.TextField()
        )
        for field in fields
    }
    kept["of_another_sort"] = RawSQL(  # noqa: S611 - names of our own columns
        of_another_sort(found.model), [], output_field=models.TextField()
    )
    rows = found.annotate(**kept).values_list(key, *(field.attname for field in fields), *kept)
    many, written = len(fields), _written(found.model, connection.vendor)
    return {
        each: name
        for each, *values, other in rows
        if (name := other or _otherwise(written, values[:many], values[many:])) is not None
    }


def any_of_another_sort(model: type[models.Model], key: str) -> tuple[object, str] | None:
    """The first row of a table with another sort of value than was written: its `key`, and the column's name.

    Reads all of it: for the short ones.
    """
    if connection.vendor != "sqlite":
        return None
    other, table = of_another_sort(model), model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT +"{key}", {other} FROM "{table}" WHERE {other} IS NOT NULL LIMIT 1')  # noqa: S608
        found: tuple[object, str] | None = cursor.fetchone()
    return found


def newest_of_another_sort(model: type[models.Model], key: str) -> bool:
    """Whether the row of a table with the largest `key` keeps another sort of value than was written."""
    if connection.vendor != "sqlite":
        return False
    table = f'"{model._meta.db_table}"'
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {of_another_sort(model)} FROM {table} ORDER BY "{key}" DESC LIMIT 1')  # noqa: S608
        found = cursor.fetchone()
    return found is not None and found[0] is not None


@cache
def of_another_sort(model: type[models.Model]) -> str:
    """In SQL, the name of a column in which a row keeps another sort of value than was written; or null."""
    cases = [
        f"WHEN NOT ({_sort(model._meta.db_table, field)}) THEN '{field.name}'"
        for field in model._meta.concrete_fields
    ]
    return f"CASE {' '.join(cases)} END"


def _sort(table: str, field: "models.Field[Any, Any]") -> str:
    column = f'"{table}"."{field.column}"'
    sort = _SORTS[kind_of(field)].format(column)
    return f"{column} IS NULL OR {sort}" if field.null else sort


def _otherwise(written: "Sequence[_Written]", read: Sequence[Any], kept: Sequence[Any]) -> str | None:
    for (name, as_text), value, text in zip(written, read, kept, strict=True):
        if (None if value is None else as_text(value)) != text:
            return name
    return None


type _Written = tuple[str, Callable[[Any], object]]
"""The name of a column that is kept as text, and how a value is written there."""


@cache
def _written(model: type[models.Model], vendor: str) -> list[_Written]:
    """Those of a table, in a database of that `vendor`, the one in use."""
    return [(str(field.name), _as_text(field)) for field in _spelled(model)]


def _as_text(field: "models.Field[Any, Any]") -> Callable[[Any], object]:
    # What Django comes to in more steps, for the most columns and the longest values.
    if kind_of(field) == "UUIDField":
        return attrgetter("hex")
    if kind_of(field) == "JSONField" and getattr(field, "encoder", None) is None:
        return json.dumps
    return lambda value: field.get_db_prep_save(value, connection)


def _spelled(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    return [field for field in model._meta.concrete_fields if kind_of(field) in _SPELLED]
