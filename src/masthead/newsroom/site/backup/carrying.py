"""Carry every row from one database to another, whichever they are.

Values go through the fields of the models, as the record's own rows do: a row vouched for on SQLite is the
same row on PostgreSQL. The table of migrations is not carried: the other database has been brought to the
same state by its own.
"""

from collections.abc import Iterator
from itertools import batched

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections
from django.db.models import Model

from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.site.backup.checking import SESSIONS

AT_ONCE = 500


def tables() -> Iterator[type[Model]]:
    """Every table but who is signed in."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in SESSIONS:
            yield model


def carry(source: str, target: str) -> int:
    """Copy all rows from one Django connection to the other, whose tables are emptied first; gives how many.

    Both are inside a transaction of the caller's: the one reads one state, the other takes all or nothing.
    """
    there = set(connections[source].introspection.table_names())
    models = list(tables())
    with lifted(), connections[target].cursor() as cursor:
        if connections[target].vendor == "postgresql":
            # What was migrated in this transaction left its keys to be checked at once.
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        quote = connections[target].ops.quote_name
        for model in models:
            cursor.execute(f"DELETE FROM {quote(model._meta.db_table)}")  # noqa: S608 - a name of ours
        carried = sum(_table(model, source, target) for model in models if model._meta.db_table in there)
        for statement in connections[target].ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    return carried


def _table(model: type[Model], source: str, target: str) -> int:
    fields = list(model._meta.local_concrete_fields)
    connection = connections[target]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
    rows = model._base_manager.using(source).order_by().values_list(*(field.attname for field in fields))
    count = 0
    with connection.cursor() as cursor:
        for some in batched(rows.iterator(AT_ONCE), AT_ONCE):
            cursor.executemany(
                insert,
                [
                    [
                        field.get_db_prep_save(value, connection)
                        for field, value in zip(fields, row, strict=True)
                    ]
                    for row in some
                ],
            )
            count += len(some)
    return count
