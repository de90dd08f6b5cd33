"""What only the database can say of itself: broken pages, indexes, rows that point to nothing.

PostgreSQL keeps keys and types by itself and checks its pages where they carry checksums; SQLite lets whoever
opens the file write what they like, and is asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import OperationalError, connection

from masthead.language import Message
from masthead.newsroom.evidence import rows
from masthead.newsroom.evidence.models import Entry, RowDigest
from masthead.newsroom.evidence.trouble import for_good
from masthead.newsroom.evidence.verify_entry import Failure


def database_failures() -> Iterator[Failure]:
    """The first thing that SQLite finds wrong with its file; it reads all of it."""
    if connection.vendor != "sqlite":
        return
    try:
        yield from _found()
    except OperationalError as error:
        if not for_good(error):
            raise
        # A key that points to what is no key, and the like: it gives up, with the names of both.
        yield Failure(None, Message("the database cannot look at itself: %(why)s", {"why": str(error)}))


def _found() -> Iterator[Failure]:
    with connection.cursor() as cursor:
        pointing = cursor.execute("PRAGMA foreign_key_check").fetchone()
        if pointing is not None:
            table, number = pointing[0], pointing[1]
            yield Failure(
                _place(table, number), Message("a row of %(table)s points to nothing", {"table": table})
            )
            return
        (said,) = cursor.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            yield Failure(None, Message("the file of the database is damaged"))


def _place(table: str, number: int) -> int | None:
    """The entry that vouches for the row of that number, or that the row is part of; None where none does."""
    with connection.cursor() as cursor:
        if table == RowDigest._meta.db_table:
            return _one(cursor.execute("SELECT place FROM evidence_rowdigest WHERE rowid = %s", [number]))
        if table not in rows.vouched_tables():
            return None
        row = cursor.execute(f'SELECT id FROM "{table}" WHERE rowid = %s', [number]).fetchone()  # noqa: S608
    try:
        newest = RowDigest.objects.filter(table=table, row=UUID(row[0])).order_by("-entry_id").first()
    except (TypeError, ValueError):
        return None
    return newest.entry_id if newest else None


def _one(cursor: object) -> int | None:
    row = cursor.fetchone()  # type: ignore[attr-defined]
    found = row and row[0]
    return found if isinstance(found, int) and Entry.objects.filter(place=found).exists() else None


@contextmanager
def whatever_stands_there() -> Iterator[None]:
    """Have text that is no UTF-8 read as something else than it was, instead of not at all: SQLite alone."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    connection.connection.text_factory = lambda text: text.decode(errors="backslashreplace")
    try:
        yield
    finally:
        connection.connection.text_factory = str
