"""Where the database sorts by a language, what the record names stays: in Danish, `aa` comes after `z`."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from itertools import count, islice
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from tests.newsroom.desk import Desk, text
from tests.newsroom.test_leftovers import age, files, gone_through

from masthead.newsroom.items import blobs
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.items.models import Version


@pytest.fixture
def danish(small: Desk) -> Iterator[Desk]:
    """A desk whose database sorts the hashes of versions and sources as Danish does."""
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        own = connection.connection  # not through the guard: no row changes
        if own.execute("SELECT 1 FROM pg_collation WHERE collname = 'da-x-icu'").fetchone() is None:
            pytest.skip("this PostgreSQL was built without ICU")
        for table in ("items_version", "items_source"):
            own.execute(f'ALTER TABLE {table} ALTER sha256 TYPE varchar(64) COLLATE "da-x-icu"')
        yield small
        return
    _sort(small.home / "db.sqlite3")
    connection_created.connect(_with_danish)
    try:
        yield small
    finally:
        connection_created.disconnect(_with_danish)


def _sort(file: Path) -> None:
    """SQLite has no languages of its own: the columns are given one that we bring."""
    connection.close()  # it opens again with the collation
    with closing(sqlite3.connect(file, isolation_level=None)) as own:
        own.create_collation("danish", _compared)
        own.execute("PRAGMA writable_schema = ON")
        before, after = '"sha256" varchar(64)', '"sha256" varchar(64) COLLATE danish'
        own.execute("UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE type = 'table'", [before, after])
        own.execute("PRAGMA writable_schema = RESET")
        own.execute("REINDEX")


def _with_danish(connection: BaseDatabaseWrapper, **_: object) -> None:
    connection.connection.create_collation("danish", _compared)


def _compared(one: str, other: str) -> int:
    first, second = ((each.replace("aa", "å"), each) for each in (one, other))
    return (first > second) - (first < second)


def _words() -> Iterator[str]:
    """Texts whose hashes begin with `aa`."""
    texts = (f"A text number {number}." for number in count())
    return (words for words in texts if sha256(words.encode()).hexdigest().startswith("aa"))


def test_the_database_sorts_as_told(danish: Desk):
    named = [add_item(danish.author, text(words), language="en").sha256 for words in islice(_words(), 1)]
    add_item(danish.author, text(), language="en")
    assert Version.objects.order_by("-sha256").values_list("sha256", flat=True)[0] == named[0]


def test_what_a_record_names_stays_however_the_database_sorts(danish: Desk):
    *named, left = islice(_words(), 4)
    for words in named:
        add_item(danish.author, text(words), sources=[text(f"{words} Notes.")], language="en")
    gone = blobs.keep(left.encode())
    before = files()
    age()
    assert gone_through() == 1
    assert files() == before - {gone}
