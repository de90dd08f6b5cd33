"""Verify that the tables and columns are there, and keep rows as they should.

A damaged list of tables looks like one not set up yet.
"""

import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from masthead.language import Message
from masthead.newsroom.evidence import missing
from masthead.newsroom.evidence.high_water import OfLaterVersion
from masthead.newsroom.evidence.tables_asked import Kept, asked
from masthead.newsroom.evidence.verify_tables import acting_failures, key_failures, value_failures

_MIGRATIONS = "django_migrations"
_MOST_MIGRATIONS = 500
"""As many may be committed while tables are looked at; after that they count as they are."""
type Listed = Sequence[type[models.Model]]


@dataclass(frozen=True, slots=True)
class Others:
    """Migrations by which a database differs from what this version makes, with their apps, by label.

    `to_come` are those of this version that were not run yet, `later` those that ran and are not known here.
    `unmade` are the apps of which there is no table, such as those of sign-ins before a desk is served.
    """

    to_come: frozenset[tuple[str, str]]
    later: frozenset[tuple[str, str]]
    unmade: frozenset[str] = frozenset()

    def __iter__(self) -> Iterator[str]:
        """Labels of apps of whose tables not all can be looked at."""
        return iter(sorted({label for label, _ in self.to_come | self.later} - self.unmade))


def schema_failure(home: Path) -> Message | None:
    """What is wrong with the tables once anything was published; None if nothing is.

    The list of migrations that a database keeps says which it has in another form than this version makes.
    Tables that are yet to be brought up to date must not act by themselves, and no more is asked of them. Of
    a later version's this one needs all that it rests on: where that is not there, `OfLaterVersion`, for one
    of the two is wrong and it cannot be told which. None of any version changes rows by itself.
    """
    if not missing.may_have_published(home):
        return None
    there, others, told = _at_once()
    # Without any table it is not a damaged database but another, empty one: `look` says so.
    if not there:
        return None
    listed = _with_tables()
    acting = next(acting_failures((each for each in listed if each._meta.db_table in there), told), None)
    to_come, later = ({label for label, _ in some} for some in (others.to_come, others.later))
    current = [each for each in listed if each._meta.app_label not in to_come]
    if acting is None and later:
        of_later = [each for each in current if each._meta.app_label in later]
        _refuse_later(next(_lacking(of_later, there, told), None))
        current = [each for each in current if each._meta.app_label not in later]
    return acting or next(_lacking(current, there, told), None) or next(value_failures(current, told), None)


def _at_once() -> tuple[set[str], Others, dict[str, Kept]]:
    """Tables, by which migrations they differ, and what they are like: of one moment.

    Otherwise a migration that is committed meanwhile has the tables of one version held against the list of
    another.
    """
    before = _listed()
    for _ in range(_MOST_MIGRATIONS):
        told = asked()
        after = _listed()
        if before == after:
            break
        before = after
    return *after, told


def _listed() -> tuple[set[str], Others]:
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    return there, other_versions(there)


def other_versions(there: set[str] | None = None) -> Others:
    """By which migrations the database in use differs; by none where it keeps no list of them."""
    labels = {each.label for each in apps.get_app_configs()}
    with connection.cursor() as cursor:
        there = there or set(connection.introspection.table_names(cursor))
        if _MIGRATIONS not in there:
            return Others(frozenset(), frozenset())
        cursor.execute(f"SELECT app, name FROM {_MIGRATIONS}")  # noqa: S608 - a name of Django's
        ran = {(str(app), str(name)) for app, name in cursor.fetchall()}
    known = {(label, name) for label in labels for name in _names(label)}
    with_some = {label for label, _ in known}
    later = frozenset(each for each in ran - known if each[0] in with_some)
    begun = {label for label, _ in ran} | {
        model._meta.app_label for model in _with_tables() if model._meta.db_table in there
    }
    return Others(frozenset(known - ran), later, frozenset(with_some - begun))


def knows(why: Message) -> bool:
    """Whether the table that this finding is about is one of those that this process looks at.

    A terminal loads no more than it works with: of sign-ins and jobs it may know no table.
    """
    inner = why.values.get("why")
    if isinstance(inner, Message):
        return knows(inner)
    return why.values.get("table") in {model._meta.db_table for model in _with_tables()}


def _names(label: str) -> Iterator[str]:
    """The migrations of an app, which Django would import to say no more."""
    module, _ = MigrationLoader.migrations_module(label)
    try:
        path = import_module(module or "").__path__
    except (ImportError, ValueError, AttributeError):
        return
    found = (each.name for each in pkgutil.iter_modules(path) if not each.ispkg)
    yield from (name for name in found if name[0] not in "_~")


def _with_tables() -> list[type[models.Model]]:
    """Every model with a table of its own that this process knows."""
    found = apps.get_models(include_auto_created=True)
    return [each for each in found if each._meta.managed and not each._meta.proxy]


def _lacking(listed: Listed, there: set[str], told: Mapping[str, Kept]) -> Iterator[Message]:
    """What these models rest on and is not there: tables, columns, keys."""
    for model in listed:
        table = model._meta.db_table
        if table not in there:
            yield Message("the database has no table %(table)s any more", {"table": table})
            continue
        for field in model._meta.local_concrete_fields:
            if field.column not in told[table].columns:
                yield Message(
                    "the table %(table)s has no column %(column)s any more",
                    {"table": table, "column": str(field.column)},
                )
    yield from key_failures(listed, told)


def _refuse_later(why: Message | None) -> None:
    if why is not None:
        raise OfLaterVersion(
            Message(
                "A later version changed this database, and this one cannot work on it: %(why)s.",
                {"why": why},
            ),
            OfLaterVersion.WAY_OUT,
        )
