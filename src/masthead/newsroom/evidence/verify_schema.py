"""Verify that the tables and columns are there, and keep rows as they should.

A damaged list of tables looks like one not set up yet.
"""

from pathlib import Path

from django.apps import apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from masthead.language import Message
from masthead.newsroom.evidence import missing
from masthead.newsroom.evidence.verify_tables import table_failures


def schema_failure(home: Path) -> Message | None:
    """What is wrong with the tables once anything was published; None if nothing is, or of another version.

    A database that was not brought up to date yet, or that a later version brought further, has other tables
    in good order: the list of migrations that it keeps says so. None of any version changes rows by itself.
    """
    if not missing.may_have_published(home):
        return None
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        # Without any table it is not a damaged database but another, empty one: `look` says so.
        if not there:
            return None
        listed = [each for each in apps.get_models(include_auto_created=True) if _has_a_table(each)]
        if "django_migrations" in there and _of_another_version():
            known = [each for each in listed if each._meta.db_table in there]
            return next(table_failures(known, keys=False), None)
        for model in listed:
            table = model._meta.db_table
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
    return next(table_failures(listed), None)


def _has_a_table(model: type[models.Model]) -> bool:
    return model._meta.managed and not model._meta.proxy


def _of_another_version() -> bool:
    loader = MigrationLoader(connection)
    return set(loader.disk_migrations or {}) != {
        key for key in loader.applied_migrations or {} if key[0] in loader.migrated_apps
    }
