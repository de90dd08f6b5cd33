"""What this version needs of its tables, as the models say it, in words of the database in use."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.db import connection, models

from masthead.newsroom.evidence.tables_asked import Columns


@dataclass(frozen=True, slots=True)
class Needed:
    """Of one table. Conditions stand under the names of their keys, or of the columns that they are about."""

    columns: dict[str, tuple[str, bool]]
    """The type of each, and whether it takes no NULL."""
    unique: tuple[Columns, ...]
    partial: dict[str, tuple[Columns, str]]
    references: frozenset[tuple[str, str]]
    checks: dict[str, str]


def needed(model: type[models.Model]) -> Needed:
    """Of the table of `model`."""
    return _needed(model, connection.vendor)


@cache
def _needed(model: type[models.Model], _: str) -> Needed:
    fields = model._meta.local_concrete_fields
    return Needed(
        {str(each.column): (_sort(each), not each.null) for each in fields},
        tuple(_keys(model)),
        dict(_partial(model)),
        frozenset(
            (str(each.column), each.target_field.model._meta.db_table)
            for each in fields
            if isinstance(each, models.ForeignKey)
        ),
        dict(_checks(model)),
    )


def _sort(field: "models.Field[object, object]") -> str:
    sort = str(field.db_type(connection)).lower()
    # As the server calls it, and we need not.
    return sort.replace("varchar", "character varying") if connection.vendor == "postgresql" else sort


def _keys(model: type[models.Model]) -> Iterator[Columns]:
    """Columns of which no two rows have the same values."""
    options = model._meta
    yield frozenset(str(each.column) for each in options.pk_fields)
    yield from (frozenset([str(each.column)]) for each in options.local_concrete_fields if each.unique)
    for names in options.unique_together:
        yield frozenset(_columns(model, names))
    yield from (_of(model, each) for each in _unique(model) if each.condition is None)


def _partial(model: type[models.Model]) -> Iterator[tuple[str, tuple[Columns, str]]]:
    # Not entered: that would switch foreign keys off on a connection in use, and check all of them again.
    editor = connection.schema_editor(collect_sql=True)
    for each in _unique(model):
        if each.condition is not None:
            words = str(each.create_sql(model, editor)).partition(" WHERE ")[2]
            yield each.name, (_of(model, each), words)


def _checks(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    editor = connection.schema_editor(collect_sql=True)
    for field in model._meta.local_concrete_fields:
        if words := field.db_check(connection):
            yield str(field.column), str(words)
    for each in model._meta.constraints:
        if isinstance(each, models.CheckConstraint):
            # Without the brackets that every CHECK has.
            yield each.name, str(each.constraint_sql(model, editor)).partition(" CHECK (")[2][:-1]


def _unique(model: type[models.Model]) -> Iterator[models.UniqueConstraint]:
    return (each for each in model._meta.constraints if isinstance(each, models.UniqueConstraint))


def _of(model: type[models.Model], key: models.UniqueConstraint) -> Columns:
    # The stubs leave out that an F has a name.
    said = (one.name for one in key.expressions if isinstance(one, models.F))  # type: ignore[attr-defined]
    return frozenset(_columns(model, key.fields or said))


def _columns(model: type[models.Model], names: Iterable[str]) -> Iterator[str]:
    of = {each.name: str(each.column) for each in model._meta.local_concrete_fields}
    return (of[name] for name in names)
