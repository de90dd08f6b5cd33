"""Verify that the tables and columns are there: a damaged list of tables looks like one not set up yet."""

from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from masthead.errors import Damaged
from masthead.language import Message
from masthead.newsroom.evidence import high_water


def schema_failure(home: Path) -> Message | None:
    """What is not there of the tables, once anything was published; None where all is, or of another version.

    A database that was not brought up to date yet, or that a later version brought further, has other tables
    in good order: the list of migrations that it keeps says so.
    """
    if not _published(home):
        return None
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        # Without any table it is not a damaged database but another, empty one: `look` says so.
        if not there or ("django_migrations" in there and _of_another_version()):
            return None
        for model in apps.get_models():
            table = model._meta.db_table
            if not model._meta.managed or model._meta.proxy:
                continue
            if table not in there:
                return Message("the database has no table %(table)s any more", {"table": table})
            described = connection.introspection.get_table_description(cursor, table)
            kept = {column.name for column in described}
            for field in model._meta.local_concrete_fields:
                if field.column not in kept:
                    return Message(
                        "the table %(table)s has no column %(column)s any more",
                        {"table": table, "column": str(field.column)},
                    )
    return None


def _published(home: Path) -> bool:
    try:
        return high_water.read(home).size > 0
    except Damaged:
        return (home / high_water.FILE).exists()


def _of_another_version() -> bool:
    loader = MigrationLoader(connection)
    return set(loader.disk_migrations or {}) != {
        key for key in loader.applied_migrations or {} if key[0] in loader.migrated_apps
    }
