"""Verify that tables keep rows as they were handed in, each once: keys, and nothing that acts by itself.

Whoever may alter tables needs to change no row: a trigger changes it before it is sealed, and where a key is
gone a second row of the same name hides the first. So what the database says of its tables is held against
what the models say, whatever constraints are called. Tables, indexes and columns of somebody's own are left
alone.
"""

from collections.abc import Iterable, Iterator, Mapping

from django.db import models

from masthead.language import Message
from masthead.newsroom.evidence.conditions import lacking
from masthead.newsroom.evidence.tables_asked import Kept
from masthead.newsroom.evidence.tables_needed import Needed, needed


def acting_failures(listed: Iterable[type[models.Model]], told: Mapping[str, Kept]) -> Iterator[Message]:
    """What the tables of these models, each of which is there, do of themselves. None of any version does."""
    for model in listed:
        table = model._meta.db_table
        if table not in told:
            yield Message("%(table)s is no ordinary table any more", {"table": table})
            continue
        for name in told[table].acting:
            yield Message(
                "the database changes rows of %(table)s by itself: %(name)s", {"table": table, "name": name}
            )


def key_failures(listed: Iterable[type[models.Model]], told: Mapping[str, Kept]) -> Iterator[Message]:
    """What keeps no rows of these models apart, or together, any more; their tables and columns are there."""
    for model in listed:
        table, want, kept = model._meta.db_table, needed(model), told[model._meta.db_table]
        for columns in want.unique:
            if columns not in kept.unique:
                yield _twice(table, ", ".join(sorted(columns)))
        for name in _partial(table, want, kept):
            yield _twice(table, name)
        for column, target in want.references - kept.pointing:
            yield Message(
                "rows of %(table)s may point to none of %(target)s: the key of %(column)s is gone",
                {"table": table, "target": target, "column": column},
            )


def value_failures(listed: Iterable[type[models.Model]], told: Mapping[str, Kept]) -> Iterator[Message]:
    """Columns of these models that take other values than they were made for."""
    for model in listed:
        table, want, kept = model._meta.db_table, needed(model), told[model._meta.db_table]
        for column, (sort, full) in want.columns.items():
            if model._meta.auto_created:
                break  # Between two models, with an id as the settings had it when it was made.
            sort_kept, full_kept = kept.columns[column]
            # One that takes no NULL where it might refuses aloud.
            if sort_kept != sort or full > full_kept:
                yield Message(
                    "the column %(column)s of %(table)s is of another sort than it was made",
                    {"table": table, "column": column},
                )
        gone = lacking(table, list(want.checks.values()), kept.checks)
        for name in (name for name, words in want.checks.items() if words in gone):
            yield Message(
                "%(table)s may hold what it must not: the condition of %(name)s is gone",
                {"table": table, "name": name},
            )


def _partial(table: str, want: Needed, kept: Kept) -> Iterator[str]:
    for name, (columns, condition) in want.partial.items():
        alike = [words for of, words in kept.partial if of == columns]
        if not alike or lacking(table, [condition], alike):
            yield name


def _twice(table: str, key: str) -> Message:
    return Message(
        "%(table)s may hold the same row twice: the key of %(key)s is gone", {"table": table, "key": key}
    )
