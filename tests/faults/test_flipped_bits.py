"""A thousand random bits, of the log and of what it vouches for: each one is noticed and named."""

import gc
import os
import random
import re
from collections import Counter
from itertools import chain, repeat

import pytest
from django.apps import apps
from django.db import connection
from tests.faults import everything, flipping
from tests.faults.flipping import Cell
from tests.newsroom.desk import approved, ready, use
from tests.witness.conftest import reach

from masthead.errors import Damaged, Unavailable
from masthead.newsroom.evidence import high_water, rows, watch
from masthead.newsroom.evidence.models import (
    Checkpoint,
    Cosignature,
    Entry,
    Erasure,
    LogHead,
    Node,
    RowDigest,
    Stamp,
)
from masthead.newsroom.evidence.vouched import Vouched
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder

__all__ = ["reach"]

TRIES = 1000
AGAIN = 60
"""How often another bit of a column is tried where the database does not let one be stored."""

PARTS = 4
"""The columns are shared out, so that no test of them takes long."""

NO_EVIDENCE = {
    "evidence_keptdamage": "there only while the record is damaged, which is then known",
    "witness_seen": "what we remember of others' logs: the larger of it and of a file beside it counts",
    "witness_doubted": "what others' logs have signed, until it is compared",
    "witness_awaited": "since when a head of another log is missed",
    "witness_contact": "how it went when somebody was last asked",
}
"""Tables of these rooms that hold no evidence, and what they hold."""


def evidence():
    """Every table of the log and of what it vouches for, however new it is."""
    rooms = chain.from_iterable(apps.get_app_config(room).get_models() for room in ("evidence", "witness"))
    tables = {model._meta.db_table: model for model in rooms} | rows.vouched_tables()
    assert tables.keys() >= NO_EVIDENCE.keys()
    return [model for name, model in tables.items() if name not in NO_EVIDENCE]


def seed():
    """Another one each time; `MASTHEAD_SEED` repeats a run."""
    chosen = int(os.environ.get("MASTHEAD_SEED") or random.SystemRandom().randrange(10**9))
    print("MASTHEAD_SEED =", chosen)
    return random.Random(chosen)


@pytest.fixture
def full(small, reach, monkeypatch, tmp_path):
    """A log in which no table is empty."""
    flipping.forget()
    everything.fill(small, reach, monkeypatch, tmp_path)
    _quicker()
    return small


@pytest.fixture
def busy(small):
    """A log with a publication and its checkpoint."""
    flipping.forget()
    approved(small)
    version = ready(small, use())
    public.publish(small.editor, version, site_folder(version.item))
    _quicker()
    return small


def _quicker():
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")


def failure():
    """What verification finds first; None where all agrees."""
    try:
        return watch.all_of_it().first_failure
    except Damaged as error:
        return watch.Failure(None, error.what)


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_each_turned_bit_is_noticed_and_named(full, part, tally):
    chance, superseded = seed(), older_digests()
    cells = flipping.cells(evidence())
    cells = {name: cells[name] for name in sorted(cells)[part::PARTS]}
    assert failure() is None
    unnoticed, unnamed, tried, refused = [], [], Counter(), []
    # Each column once, and then whichever.
    for name in chain(sorted(cells), repeat(None)):
        if tried.total() >= TRIES // PARTS:
            break
        for _ in range(AGAIN):
            cell = chance.choice(cells[name or chance.choice(sorted(cells))])
            if cell.name == "evidence_rowdigest.salt" and cell.where in superseded:
                continue  # the row that it stood for is another by now: there is nothing to hold it to
            with flipping.flipped(cell, chance) as changed:
                if changed is None:
                    continue
                found = failure()
                if found is None and flipping.says_the_same(cell, changed):
                    continue
                tried[cell.name] += 1
                if found is None:
                    unnoticed.append((cell.name, cell.value, changed))
                elif not named(cell, changed, found):
                    unnamed.append((cell.name, cell.value, changed, found.place, str(found.why)))
                break
        else:
            refused.append(name)
    print(
        f"{tried.total()} bits in {len(tried)} of {len(cells)} columns of {len(evidence())} tables; none of",
        refused,
    )
    assert not unnoticed, unnoticed[:5]
    assert not unnamed, unnamed[:5]
    assert tried.keys() | set(refused) == cells.keys()
    assert connection.vendor == "postgresql" or not refused, "a server keeps to its constraints"
    assert failure() is None
    tally(f"{tried.total():5} bits turned in {len(tried):3} columns: each noticed, its place named")


def test_every_column_of_evidence_holds_something_to_be_turned_over(full):
    models = evidence()
    assert [model for model in models if not model._base_manager.exists()] == []
    assert flipping.columns(models) - flipping.cells(models).keys() == set()


def named(cell: Cell, changed, found):
    """Whether what was found says where: the entry, else the checkpoint, signature, stamp or hash."""
    if issubclass(cell.model, Vouched | Entry | RowDigest):
        return found.place in places(cell, changed)
    sizes = {cell.row.get(name) for name in ("size", "checkpoint_id")} | {changed} - {None}
    which = {
        Checkpoint: r"the checkpoint of (\d+) entries",
        Cosignature: r"the cosignature of .+ on the checkpoint of (\d+) entries",
        Stamp: r"the time stamp from .+ on the checkpoint of (\d+) entries",
    }
    why = str(found.why)
    if cell.model in which:
        said = re.search(which[cell.model], why, re.DOTALL)
        return bool(said) and int(said[1]) in sizes
    if cell.model is Node:
        return f"the stored hash {cell.row['index']} of level {cell.row['level']} " in why
    return cell.model is LogHead  # of the log as a whole


def places(cell: Cell, changed):
    """The entries that a turned bit concerns."""
    if issubclass(cell.model, Vouched):
        digests = RowDigest.objects.filter(table=cell.table, row=cell.row["id"])
        # An erasure that is not as it was written is missed first where something is gone.
        erased = {cell.row["place"]} if cell.model is Erasure else set()
        return {digests.order_by("-entry").values_list("entry", flat=True).first()} | erased
    concerned = {cell.row["place"], *([changed] if cell.name == "evidence_rowdigest.place" else [])}
    if cell.name in ("evidence_rowdigest.table", "evidence_rowdigest.row"):
        # It speaks of another row now, so that an older entry is the last one to vouch for the row it was of.
        older = RowDigest.objects.filter(row=cell.row["row"])
        concerned |= set(older.values_list("entry", flat=True))
    return concerned


def older_digests():
    """Where the digests stand that a later entry has superseded."""
    number = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {number} FROM evidence_rowdigest d WHERE EXISTS (SELECT 1 FROM evidence_rowdigest n"
            ' WHERE n."table" = d."table" AND n."row" = d."row" AND n.place > d.place)'
        )
        return {row[0] for row in cursor.fetchall()}


def test_each_turned_bit_of_the_file_that_says_how_far_was_published_is_noticed(busy, tally):
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
        assert same or failure() is not None, bit
    tally("  100 bits turned in the file that says how far was published: each noticed")
    path.write_bytes(content)
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
            found += failure() is not None
        except Unavailable:
            found += 1
        finally:
            connection.close()
    assert found >= 8
    path.write_bytes(content)
    gc.collect()
    assert watch.all_of_it().intact
