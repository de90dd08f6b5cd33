"""In each column another sort of value than was written: neither look takes it for what it was.

SQLite keeps any sort of value in any column, and what reads one makes the same of several.
"""

import json
import re
from itertools import chain

import pytest
from django.db import DatabaseError, connection, models
from tests.faults import everything
from tests.faults.hurting import run
from tests.faults.test_flipped_bits import evidence
from tests.witness.conftest import reach

from masthead.errors import Damaged
from masthead.newsroom.evidence.as_kept import Held
from masthead.newsroom.evidence.key_ring import UNREADABLE
from masthead.newsroom.evidence.models import (
    Checkpoint,
    Cosignature,
    Entry,
    LogHead,
    Node,
    RowDigest,
    Stamp,
)
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.evidence.verify_beyond import beyond_failures
from masthead.newsroom.evidence.verify_checkpoints import checkpoints
from masthead.newsroom.evidence.verify_entry import entry_failures, read
from masthead.newsroom.evidence.verify_quick import agreed
from masthead.newsroom.evidence.verify_rows import row_failures
from masthead.newsroom.evidence.verify_said import Said, said_failures
from masthead.newsroom.evidence.vouched import Vouched

__all__ = ["reach"]

BY_THEMSELVES = (LogHead, Node, Checkpoint, Cosignature, Stamp)
"""Tables that are looked at in one way alone."""


@pytest.fixture
def full(small, reach, monkeypatch, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps to the types of its columns")
    everything.fill(small, reach, monkeypatch, tmp_path)
    run("PRAGMA synchronous = OFF")
    run("PRAGMA ignore_check_constraints = ON")
    return small


def others(field, value):
    """Values that are of another sort, or say the same in another form."""
    if isinstance(value, str):
        yield value.encode()
        yield from [bytes.fromhex(value)] if re.fullmatch("(?:[0-9a-f]{2})+", value) else []
    elif isinstance(value, bytes):
        yield from (value.hex(), value.decode("latin-1"), 5)
    elif value is None:
        # Of a row that is another by now the salt is gone; there is nothing to hold one to.
        yield from ("",) if field.model is RowDigest else ("", b"")
    else:
        yield from (value + 0.5, -value - 0.5, float("inf"), f"{value}x", f"{value}".encode())
        if isinstance(field, models.BooleanField):
            yield from (2, -1, 2**62)
    if isinstance(field, models.JSONField) and value is not None:
        yield from (f"{value} ", json.dumps(json.loads(value), separators=(",", ":"), indent=1))
    if not field.null:
        yield None


def cells(model):
    """Of each column one value, and a null where it may have one."""
    fields = model._meta.concrete_fields
    with connection.cursor() as cursor:
        asked = ", ".join(f'+"{field.column}"' for field in fields)
        cursor.execute(f'SELECT rowid, {asked} FROM "{model._meta.db_table}" ORDER BY rowid DESC')
        rows = cursor.fetchall()
    for at, field in enumerate(fields, 1):
        for sort in {type(row[at]) for row in rows}:
            row = next(row for row in rows if type(row[at]) is sort)
            where = {field.column: value for field, value in zip(fields, row[1:], strict=True)}
            yield field, row[0], row[at], where


def closely(model, where):
    """What the closer look finds about a row that says this where it is sound."""
    if issubclass(model, Vouched):
        # By the id that the log has: the row may have no such one any more.
        yield from row_failures(RowDigest.objects.filter(table=model._meta.db_table, row=where["id"]))
    elif model in (Entry, RowDigest):
        place, astray = where["place"], []
        whole = read(place, place + 1, astray).get(place)
        yield from astray if whole is None else chain(astray, entry_failures(whole))
        if whole is None:
            yield "gone"
    elif model is LogHead:
        try:
            yield from filter(None, [verify_log().first_failure])
        except Damaged:
            yield "gone"
    else:
        yield from beyond_failures(LogHead.objects.get().size)
        if model is Checkpoint and checkpoints(where["size"], where["size"] + 1).get(where["size"]) is None:
            yield "gone"
        try:
            yield from said_failures(Said(), Held())
        except UNREADABLE:
            yield "unreadable"


def quickly(model, where):
    """Whether the quick look takes it for what it was."""
    if model in BY_THEMSELVES:
        return False
    if issubclass(model, Vouched):
        digests = RowDigest.objects.filter(table=model._meta.db_table, row=where["id"])
        place = digests.latest("entry").entry_id
    else:
        place = where["place"]
    found = agreed(place, place + 1)
    return found is not None and place not in (*found.other_rows, *found.erased)


def put(model, field, number, value):
    """What stands there once this was put; None twice over where the database does not take it."""
    table = model._meta.db_table
    try:
        run(f'UPDATE "{table}" SET "{field.column}" = %s WHERE rowid = %s', value, number)
    except DatabaseError:
        return None, False
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT +"{field.column}" FROM "{table}" WHERE rowid = %s', [number])
        return cursor.fetchone()[0], True


def test_no_column_takes_another_sort_of_value_for_the_one_written(full, tally):
    tried, unnoticed, too_quick = 0, [], []
    for model in evidence():
        for field, number, value, where in cells(model):
            for other in others(field, value):
                now, taken = put(model, field, number, other)
                # A column may make of it what it was.
                if not taken or (type(now) is type(value) and now == value):
                    continue
                tried += 1
                changed = (model._meta.db_table, field.column, value, now)
                unnoticed += [changed] if next(iter(closely(model, where)), None) is None else []
                too_quick += [changed] if quickly(model, where) else []
                # Where a whole number was the row's number too, it is another by now.
                where_now = now if field.column == "size" and type(now) is int else number
                assert put(model, field, where_now, value) == (value, True)
    assert not unnoticed, (len(unnoticed), unnoticed)
    assert not too_quick, (len(too_quick), too_quick)
    assert verify_log().intact
    tally(f"{tried:5} values of another sort in the columns of {len(evidence())} tables: each noticed")
