"""Verify that ids, days and moments are spelled as they are written: SQLite alone keeps them as text.

The same moment may be written with a zone, an id in capitals: Django reads it as what it was, and what asks
by it in SQL, which compares text, finds another or nothing.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

from masthead.newsroom.evidence.rows import kind_of

_SPELLED = ("UUIDField", "DateField", "DateTimeField")


def misspelled[M: models.Model](found: "models.QuerySet[M]", key: str = "pk") -> dict[Any, str]:
    """Of these rows those of which a column is spelled otherwise, by `key`, and the name of that column."""
    if connection.vendor != "sqlite":
        return {}
    fields = [field for field in found.model._meta.concrete_fields if kind_of(field) in _SPELLED]
    table = found.model._meta.db_table
    # A plus keeps Python's driver from making something of it.
    kept: dict[str, Any] = {
        f"as_it_is_{field.attname}": RawSQL(  # noqa: S611 - names of our own columns
            f'+"{table}"."{field.column}"', [], output_field=models.TextField()
        )
        for field in fields
    }
    rows = found.annotate(**kept).values_list(key, *(field.attname for field in fields), *kept)
    many = len(fields)
    return {
        each: name
        for each, *values in rows
        if (name := _otherwise(fields, values[:many], values[many:])) is not None
    }


def _otherwise(
    fields: "Sequence[models.Field[Any, Any]]", read: Sequence[Any], kept: Sequence[Any]
) -> str | None:
    for field, value, text in zip(fields, read, kept, strict=True):
        if field.get_db_prep_save(value, connection) != text:
            return str(field.name)
    return None
