"""Rows of the log beyond its entries, or before them: nothing asks for them, and they are found."""

import pytest
from django.db import connection
from tests.faults.hurting import run

from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.models import Checkpoint, Entry, RowDigest
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.evidence.watch import all_of_it


@pytest.fixture
def signed(small):
    """A record with a checkpoint."""
    publish_checkpoint()
    assert verify_log().intact
    return small


def why():
    """What verification says of it, SQLite's own word about its file left aside."""
    return str(verify_log().why)


def unchecked(table, name):
    """Have the database take what a condition of it would refuse."""
    if connection.vendor == "sqlite":
        run("PRAGMA ignore_check_constraints = ON")
    else:
        run(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}")


def test_a_checkpoint_of_fewer_than_no_entries(signed):
    size = Checkpoint.objects.latest("size").size
    run("UPDATE evidence_checkpoint SET size = -size WHERE size = %s", size)
    assert f"the checkpoint of {-size} entries" in why()


@pytest.mark.parametrize(("level", "index"), [(8, 0), (8, -1), (16, 0), (7, 0), (64, 0), (8, 2**40)])
def test_a_stored_hash_of_no_entries(signed, level, index):
    unchecked("evidence_node", "evidence_node_level_check")
    run('INSERT INTO evidence_node (level, "index", hash) VALUES (%s, %s, %s)', level, index, bytes(32))
    assert f"the stored hash {index} of level {level} " in why()
    run("DELETE FROM evidence_node")
    assert verify_log().intact


@pytest.mark.parametrize("place", [-1, 10_000])
def test_what_is_said_of_a_row_where_no_entry_stands(signed, place):
    """Else the row that it speaks of could be changed: only the newest word on it counts."""
    run("UPDATE accounts_person SET name = 'Eve' WHERE name = 'Ann Author'")
    row = Person.objects.get(name="Eve").id
    newest = RowDigest.objects.filter(row=row).latest("entry")
    run(
        'INSERT INTO evidence_rowdigest (place, "table", row, salt, digest)'
        ' SELECT %s, "table", row, salt, digest FROM evidence_rowdigest'
        " WHERE place = %s AND row = (SELECT id FROM accounts_person WHERE name = 'Eve')",
        place,
        newest.entry_id,
    )
    assert not verify_log().intact
    run("UPDATE accounts_person SET name = 'Ann Author' WHERE name = 'Eve'")
    assert "speaks of a row" in why()
    assert not all_of_it().intact


@pytest.mark.parametrize("by", [-1000, 1000])
def test_an_entry_before_the_first_or_after_the_last(signed, by):
    unchecked("evidence_entry", "entry_place")
    fields = [field.column for field in Entry._meta.concrete_fields]
    other = {"place": "place + %s", "id": f"(SELECT '{'0' * 8}{'a' * 24}')"}
    if connection.vendor == "postgresql":
        other["id"] = "gen_random_uuid()"
    into, asked = ", ".join(fields), ", ".join(other.get(column, column) for column in fields)
    run(f"INSERT INTO evidence_entry ({into}) SELECT {asked} FROM evidence_entry WHERE place = 1", by)
    found = verify_log().first_failure
    assert found is not None
    assert found.place == 1 + by
