"""The table of `site.counts`, on PostgreSQL: not written ahead, so that counting costs no wait for the disk."""

from typing import Any

from django.db import migrations


def make(apps: Any, schema_editor: Any) -> None:
    """On SQLite the counts are a file of their own."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE UNLOGGED TABLE IF NOT EXISTS masthead_count"
            " (name text PRIMARY KEY, said text NOT NULL, until double precision NOT NULL)"
        )


def drop(apps: Any, schema_editor: Any) -> None:
    """Forget the counts."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TABLE IF EXISTS masthead_count")


class Migration(migrations.Migration):
    """See `make`."""

    dependencies = [("accounts", "0003_logins")]
    operations = [migrations.RunPython(make, drop)]
