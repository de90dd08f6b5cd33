"""Keep the sealed fields of an entry as the lines that are hashed, in one column of the entry.

No line is made up: salt, name and value are those that stood in the table of fields, so a log that verified
before verifies after, and one that did not, does not. Each part is written by one statement for many entries,
and read part by part: memory stays flat.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import batched
from typing import Any

from django.db import migrations, models

from masthead.newsroom.evidence import fields, sealed

PART = 1000


def forwards(apps: Any, schema_editor: Any) -> None:
    """Write the lines of each entry from its rows in the table of fields."""
    connection = schema_editor.connection
    for start, end in _parts(connection):
        lines = defaultdict(list)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT place, name, salt, value, digest FROM evidence_entryfield"
                " WHERE place >= %s AND place < %s ORDER BY place, name",
                [start, end],
            )
            for place, name, salt, value, digest in cursor:
                if salt is None or value is None:
                    line = sealed.erased_line(name, bytes(digest))
                else:
                    line = sealed.line_of(bytes(salt), name, bytes(value))
                lines[place].append((name, line))
        written = [(b"\n".join(line for _, line in sorted(each)), place) for place, each in lines.items()]
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE evidence_entry SET sealed = %s WHERE place = %s", written)


def backwards(apps: Any, schema_editor: Any) -> None:
    """Write the table of fields from the lines."""
    connection = schema_editor.connection
    for start, end in _parts(connection):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT place, sealed FROM evidence_entry WHERE place >= %s AND place < %s", [start, end]
            )
            kept = [(place, field) for place, lines in cursor for field in fields.parse(bytes(lines))]
            for some in batched(kept, PART):
                cursor.executemany(
                    "INSERT INTO evidence_entryfield (place, name, salt, value, digest)"
                    " VALUES (%s, %s, %s, %s, %s)",
                    [(place, each.name, each.salt, each.value, each.digest) for place, each in some],
                )


def _parts(connection: Any) -> Iterator[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(place), max(place) FROM evidence_entry")
        first, last = cursor.fetchone()
    if first is not None:
        for start in range(first, last + 1, PART):
            yield start, start + PART


class Migration(migrations.Migration):
    """One column instead of a table."""

    dependencies = [("evidence", "0003_witnessed")]
    operations = [
        migrations.AddField("entry", "sealed", models.BinaryField(default=b""), preserve_default=False),
        migrations.RunPython(forwards, backwards),
        migrations.DeleteModel("EntryField"),
    ]
