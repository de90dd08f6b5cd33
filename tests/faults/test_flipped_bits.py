"""A thousand random bits, of the log and of what it vouches for: each one is noticed, with its entry."""

import gc
import os
import random

import pytest
from django.db import connection
from tests.evidence.desk import add_person
from tests.faults import flipping
from tests.newsroom.desk import approved, ready, use

from masthead.errors import Damaged, Unavailable
from masthead.newsroom.evidence import high_water, rows, watch
from masthead.newsroom.evidence.models import (
    Checkpoint,
    Cosignature,
    Entry,
    LogHead,
    LogKey,
    Node,
    RowDigest,
    Stamp,
)
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder

TRIES = 1000

CANNOT_MATTER = {
    "evidence_checkpoint.signed_at": "when the publisher ran: nothing rests on it, and witnesses say theirs",
}
"""Columns of which a turned bit changes nothing that anybody relies on."""

OF_NO_ENTRY = {
    "evidence_loghead.id",
    "evidence_loghead.origin",
    "evidence_loghead.size",
    "evidence_loghead.peaks",
    "evidence_checkpoint.size",
    # The first checkpoint is of a log without entries.
    "evidence_checkpoint.root",
    "evidence_checkpoint.note",
}
"""What is of the log as a whole: noticed, and no entry is to be named for it."""


def seed():
    """Another one each time; `MASTHEAD_SEED` repeats a run."""
    chosen = int(os.environ.get("MASTHEAD_SEED") or random.SystemRandom().randrange(10**9))
    print("MASTHEAD_SEED =", chosen)
    return random.Random(chosen)


@pytest.fixture
def busy(small):
    """A log that commands made, with a publication and its checkpoint."""
    flipping.forget()
    approved(small)
    version = ready(small, use())
    public.publish(small.editor, version, site_folder(version.item))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
    return small


def noticed():
    """What verification says: the place of the entry, None where it has none, or False."""
    try:
        verdict = watch.all_of_it()
    except Damaged:
        return None
    return verdict.first_failure.place if verdict.first_failure else False


def test_each_turned_bit_is_noticed_and_the_entry_named(busy):
    chance, tried, superseded = seed(), 0, older_digests()
    models = [Entry, RowDigest, Checkpoint, LogHead, LogKey, *rows.vouched_tables().values()]
    columns = {name: found for name, found in flipping.cells(models).items() if name not in CANNOT_MATTER}
    assert watch.all_of_it().intact
    unnoticed, unnamed = [], []
    while tried < TRIES:
        name = chance.choice(sorted(columns))
        cell = chance.choice(columns[name])
        if name == "evidence_rowdigest.salt" and cell.where in superseded:
            continue  # the row that it stood for is another by now: there is nothing to hold it to
        with flipping.flipped(cell, chance) as changed:
            if changed is None:
                continue
            tried += 1
            place = noticed()
        if place is False:
            unnoticed.append((name, cell.value, changed))
        elif place is None and name not in OF_NO_ENTRY:
            unnamed.append((name, cell.value, changed))
    print(f"{tried} bits in {len(columns)} columns of {len(models)} tables")
    assert not unnoticed, unnoticed[:5]
    assert not unnamed, unnamed[:5]
    assert watch.all_of_it().intact


def older_digests():
    """Where the digests stand that a later entry has superseded."""
    number = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {number} FROM evidence_rowdigest d WHERE EXISTS (SELECT 1 FROM evidence_rowdigest n"
            ' WHERE n."table" = d."table" AND n."row" = d."row" AND n.place > d.place)'
        )
        return {row[0] for row in cursor.fetchall()}


def test_each_turned_bit_of_the_file_that_says_how_far_was_published_is_noticed(busy):
    path, chance = busy.home / high_water.FILE, seed()
    content, mark = path.read_bytes(), high_water.read(busy.home)
    for bit in chance.sample(range(8 * len(content)), 100):
        path.write_bytes(
            content[: bit // 8] + bytes([content[bit // 8] ^ (1 << bit % 8)]) + content[bit // 8 + 1 :]
        )
        try:
            same = high_water.read(busy.home) == mark  # a capital in a hash, a blank: it says the same
        except Damaged:
            same = False
        assert same or noticed() is not False, bit
    path.write_bytes(content)
    assert watch.all_of_it().intact


def test_each_turned_bit_of_a_stored_hash_is_noticed(log):
    flipping.forget()
    for number in range(257):
        add_person(f"Person {number}")
    publish_checkpoint()
    chance = seed()
    for column in flipping.cells([Node]).values():
        for _ in range(5):
            with flipping.flipped(column[0], chance) as changed:
                assert changed is None or noticed() is not False, (column[0].name, changed)
    assert watch.all_of_it().intact


# Django leaves a connection open that it could not begin.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_a_turned_bit_in_the_file_of_the_database_touches_is_noticed(busy):
    """Of a page that holds something: free pages and the room between rows hold nothing."""
    if connection.vendor != "sqlite":
        pytest.skip(
            "pages of a server are the server's: checksums, which it has from PostgreSQL 18 on by itself"
        )
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    path, chance = busy.home / "db.sqlite3", seed()
    content = path.read_bytes()
    needle = bytes(Entry.objects.order_by("place").first().commitment)
    connection.close()
    start = content.index(needle)
    found = 0
    for at in [*range(start, start + 32, 4), *(chance.randrange(len(content)) for _ in range(40))]:
        path.write_bytes(content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :])
        try:
            found += noticed() is not False
        except Unavailable:
            found += 1
        finally:
            connection.close()
    assert found >= 8
    path.write_bytes(content)
    gc.collect()
    assert watch.all_of_it().intact


def test_what_is_not_turned_over_here_is_listed():
    """A table of the log that is new is either tried above or said to be none of it."""
    from django.apps import apps

    tried = {Entry, RowDigest, Checkpoint, LogHead, LogKey, Node, *rows.vouched_tables().values()}
    said_by_others = {Cosignature, Stamp}  # signed by witnesses and authorities, and verified as theirs
    assert set(apps.get_app_config("evidence").get_models()) - tried == said_by_others
