"""Verify that tables keep rows as they were handed in, each once: keys, and nothing that acts by itself.

Whoever may alter tables needs to change no row: a trigger changes it before it is sealed, and where a key is
gone a second row of the same name hides the first. So what the database says of its tables is held against
what the models say, whatever constraints are called. Tables, indexes and columns of somebody's own are left
alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models

from masthead.language import Message
from masthead.newsroom.evidence.tables_asked import POSTGRESQL, SQLITE

type Columns = frozenset[str]


@dataclass(slots=True)
class _Kept:
    """What the database says of one table."""

    acting: list[str] = field(default_factory=list)
    computed: list[str] = field(default_factory=list)
    unique: set[Columns] = field(default_factory=set)
    partial: set[str] = field(default_factory=set)
    pointing: set[tuple[str, str]] = field(default_factory=set)


def table_failures(listed: Iterable[type[models.Model]], *, keys: bool = True) -> Iterator[Message]:
    """What the tables of these models lack, or do of themselves; each table is there.

    `keys` is whether their keys are those of this version; what acts by itself is none of any version's.
    """
    told = _asked()
    for model in listed:
        table = model._meta.db_table
        if table not in told:
            yield Message("%(table)s is no ordinary table any more", {"table": table})
            continue
        yield from _acting(table, told[table])
        if keys:
            yield from _lacking(model, told[table])


def _acting(table: str, kept: _Kept) -> Iterator[Message]:
    for name in (*kept.acting, *kept.computed):
        yield Message(
            "the database changes rows of %(table)s by itself: %(name)s", {"table": table, "name": name}
        )


def _lacking(model: type[models.Model], kept: _Kept) -> Iterator[Message]:
    table = model._meta.db_table
    for columns in _keys(model):
        if columns not in kept.unique:
            yield _twice(table, ", ".join(sorted(columns)))
    for words, name in _partial(model).items():
        if words not in kept.partial:
            yield _twice(table, name)
    for column, target in _references(model) - kept.pointing:
        yield Message(
            "rows of %(table)s may point to none of %(target)s: the key of %(column)s is gone",
            {"table": table, "target": target, "column": column},
        )


def _twice(table: str, key: str) -> Message:
    return Message(
        "%(table)s may hold the same row twice: the key of %(key)s is gone", {"table": table, "key": key}
    )


def _keys(model: type[models.Model]) -> Iterator[Columns]:
    """Columns of which no two rows have the same values."""
    options = model._meta
    yield frozenset(str(each.column) for each in options.pk_fields)
    yield from (frozenset([str(each.column)]) for each in options.local_concrete_fields if each.unique)
    for names in options.unique_together:
        yield frozenset(_columns(model, names))
    for each in _unique(model):
        if each.condition is None:
            # The stubs leave out that an F has a name.
            said = (one.name for one in each.expressions if isinstance(one, models.F))  # type: ignore[attr-defined]
            yield frozenset(_columns(model, each.fields or said))


def _partial(model: type[models.Model]) -> dict[str, str]:
    """Names of keys that hold for some rows, by what the database keeps of them: on SQLite all words."""
    some = [each for each in _unique(model) if each.condition is not None]
    if connection.vendor != "sqlite":
        return {each.name: each.name for each in some}
    # Not entered: that would switch foreign keys off on a connection in use, and check all of them again.
    editor = connection.schema_editor(collect_sql=True)
    return {str(each.create_sql(model, editor)): each.name for each in some}


def _unique(model: type[models.Model]) -> Iterator[models.UniqueConstraint]:
    return (each for each in model._meta.constraints if isinstance(each, models.UniqueConstraint))


def _references(model: type[models.Model]) -> set[tuple[str, str]]:
    return {
        (str(each.column), each.target_field.model._meta.db_table)
        for each in model._meta.local_concrete_fields
        if isinstance(each, models.ForeignKey)
    }


def _columns(model: type[models.Model], names: Iterable[str]) -> Iterator[str]:
    of = {each.name: str(each.column) for each in model._meta.local_concrete_fields}
    return (of[name] for name in names)


def _asked() -> dict[str, _Kept]:
    asked = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    told: dict[str, list[tuple[Any, ...]]] = {}
    with connection.cursor() as cursor:
        for what, question in asked.items():
            cursor.execute(question)
            told[what] = cursor.fetchall()
    tables = {name: _Kept() for (name,) in told["ordinary"]}
    spare = _Kept()
    for table, name in told["acting"]:
        tables.get(table, spare).acting.append(name)
    for table, name in told["computed"]:
        tables.get(table, spare).computed.append(name)
    for table, name in told["partial"]:
        tables.get(table, spare).partial.add(name)
    for table, *pointing in told["pointing"]:
        tables.get(table, spare).pointing.add((pointing[0], pointing[1]))
    keys: dict[tuple[str, str], set[str]] = {}
    for table, name, column in (*told["primary"], *told["unique"]):
        keys.setdefault((table, name), set()).add(column)
    for (table, _), columns in keys.items():
        tables.get(table, spare).unique.add(frozenset(columns))
    return tables
