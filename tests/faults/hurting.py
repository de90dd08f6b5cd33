"""Ways to hurt a record that go around the guard, as a bad disk or a stranger would."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.guard import lifted


def rename_somebody(before: str = "Ann Author", after: str = "Eve Author") -> None:
    """Change a row that an entry vouches for."""
    with lifted():
        assert Person.objects.filter(name=before).update(name=after) == 1


def put_back() -> None:
    """Undo it."""
    rename_somebody("Eve Author", "Ann Author")


@contextmanager
def keys_unheeded(cursor: Any) -> Iterator[None]:
    """References and triggers count for nothing; on SQLite references do so from then on."""
    if connection.vendor == "sqlite":
        cursor.execute("PRAGMA foreign_keys = OFF")
        yield
        return
    cursor.execute("SET session_replication_role = replica")
    try:
        yield
    finally:
        # What is left so is itself a finding.
        cursor.execute("RESET session_replication_role")


def run(sql: str, *values: object) -> None:
    """Run a statement with keys unheeded and the guard lifted."""
    with lifted(), connection.cursor() as cursor, keys_unheeded(cursor):
        cursor.execute(sql, list(values))


def without_keys(table: str) -> None:
    """Have a table take a row twice: made anew without its conditions and indexes, or without its keys."""
    if connection.vendor == "sqlite":
        run("PRAGMA legacy_alter_table = ON")
        run(f"ALTER TABLE {table} RENAME TO older")
        run(f"CREATE TABLE {table} AS SELECT * FROM older")
        run("DROP TABLE older")
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('p', 'u')",
            [table],
        )
        keys = cursor.fetchall()
    for (key,) in keys:
        run(f'ALTER TABLE {table} DROP CONSTRAINT "{key}" CASCADE')
