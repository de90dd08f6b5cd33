"""Put its hash beside each row that was kept before there was one: from here on none goes without.

Of a row as it stands; one that cannot be read is left for verification to name. Some rows are read and
written at a time: memory stays flat but for their keys.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import batched
from typing import Any

from django.db import migrations

from masthead.newsroom.evidence import as_kept, rows
from masthead.newsroom.evidence.key_ring import UNREADABLE


def forwards(apps: Any, schema_editor: Any) -> None:
    """Give each row that has none its hash."""
    connection = schema_editor.connection
    with _never_misread(connection):
        for name in ("Checkpoint", "Cosignature", "Stamp"):
            model = apps.get_model("evidence", name)
            table, key = f'"{model._meta.db_table}"', _key(model, connection)
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {key} FROM {table} WHERE as_kept IS NULL")  # noqa: S608
                keys = [found for (found,) in cursor.fetchall()]
            for some in batched(keys, rows.CHUNK):
                written = list(_hashes(model, connection, some))
                with connection.cursor() as cursor:
                    cursor.executemany(f"UPDATE {table} SET as_kept = %s WHERE {key} = %s", written)  # noqa: S608


def _key(model: Any, connection: Any) -> str:
    """By what a row is sought: SQLite lets anything stand in a column, but for the number of the row."""
    return "rowid" if connection.vendor == "sqlite" else f'"{model._meta.pk.column}"'


def _hashes(model: Any, connection: Any, keys: Sequence[Any]) -> Iterator[tuple[bytes, Any]]:
    """The hash and key of each row that can be read."""
    table, key = f'"{model._meta.db_table}"', _key(model, connection)
    gaps = ", ".join(["%s"] * len(keys))
    asked = f"SELECT *, {key} AS sought_by FROM {table} WHERE {key} IN ({gaps})"  # noqa: S608 - own names
    try:
        found = model.objects.using(connection.alias).raw(asked, keys)
        yield from [(as_kept.digest_of(row), row.sought_by) for row in found]
    except UNREADABLE:
        if len(keys) > 1:
            for each in keys:
                yield from _hashes(model, connection, [each])


@contextmanager
def _never_misread(connection: Any) -> Iterator[None]:
    """Have text that is no UTF-8 be one of `UNREADABLE`; SQLite's driver says it as if the database gave up."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.connection.text_factory = bytes.decode
    try:
        yield
    finally:
        connection.connection.text_factory = str


class Migration(migrations.Migration):
    """Data alone: the column stays as it is."""

    dependencies = [("evidence", "0010_as_kept")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
