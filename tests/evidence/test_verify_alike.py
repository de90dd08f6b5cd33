"""What is alike in whole columns is looked at all the same, and entries are cut where one ends."""

import re

import pytest
from django.db import connection
from tests.evidence.desk import add_person
from tests.evidence.test_bulk import add, decide, names

from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.bulk import record_all
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry, RowDigest
from masthead.newsroom.evidence.raw import Alike
from masthead.newsroom.evidence.verify_quick import Agreed, agreed

HALF, ALL = 20, 40


@pytest.fixture
def alike(log):
    """What the first half of a log let know; of its entries and rows only names and ids differ."""
    add(names(ALL))
    known = Alike()
    assert agreed(0, HALF, known) == agreed(0, HALF)
    return known


def by_hand(statement, *parameters):
    with lifted(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def row_of(place):
    return Person.objects.get(pk=RowDigest.objects.get(entry=place).row)


def test_what_is_not_alike_any_more_agrees_as_well(alike):
    add_person("Ada")
    add_person("Bo")
    for start, end in ((HALF, ALL), (HALF, ALL + 2), (ALL, ALL + 2), (0, HALF)):
        found = agreed(start, end, alike)
        assert found is not None
        assert found == agreed(start, end)


def test_a_row_that_says_something_else_is_not_as_it_was(alike):
    row = row_of(HALF + 7)
    by_hand("UPDATE accounts_person SET ends_on = '2026-11-23' WHERE name = %s", row.name)
    found = agreed(HALF, ALL, alike)
    assert isinstance(found, Agreed)
    assert found.other_rows == [HALF + 7]


@pytest.mark.parametrize("column", ["actor", "recorded_at"])
def test_an_entry_that_says_something_else_needs_a_closer_look(alike, column):
    other = {"actor": row_of(3).pk, "recorded_at": "2026-11-22T10:00:00Z"}[column]
    with lifted():
        Entry.objects.filter(place=HALF + 7).update(**{column: other})
    assert agreed(HALF, ALL, alike) is None


def test_the_same_bytes_of_another_type_need_a_closer_look(alike):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite holds another type than a column's")
    by_hand("UPDATE evidence_entry SET recorded_at = CAST(recorded_at AS BLOB) WHERE place = %s", HALF + 7)
    assert agreed(HALF, ALL, alike) is None


@pytest.mark.parametrize("cut", ["line", "feed", "entry"])
def test_a_line_that_stands_with_another_entry_is_not_its_own(log, cut):
    add(names(HALF))
    one, other = [bytes(each.sealed) for each in Entry.objects.filter(place__in=(5, 6)).order_by("place")]
    lines, last = one.rsplit(b"\n", 1)
    # As many lines, and as many line feeds between entries, stand there as before.
    before, after = {
        "line": (lines, last + b"\n" + other),
        "feed": (one + b"\n", other.removesuffix(b"\n")),
        "entry": (one + b"\n\n" + other, b""),
    }[cut]
    assert agreed(0, HALF) is not None
    with lifted():
        Entry.objects.filter(place=5).update(sealed=before)
        Entry.objects.filter(place=6).update(sealed=after)
    assert agreed(0, HALF) is None


def redeclared(table, column, other):
    """Have a column kept under another declaration, as whoever can write the file may."""
    connection.close()
    with lifted(), connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
        (sql,) = cursor.fetchone()
        declared = re.search(rf'"{column}" \w+(\(\d+\))?', sql)[0]
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute(
            "UPDATE sqlite_master SET sql = %s WHERE name = %s",
            [sql.replace(declared, f'"{column}" {other}', 1), table],
        )
    connection.close()


ENTRY, DIGEST, PERSON = "evidence_entry", "evidence_rowdigest", "accounts_person"


@pytest.mark.parametrize(
    ("table", "column", "declared", "altered"),
    [
        (ENTRY, "actor", "char(32) COLLATE NOCASE", f"{ENTRY} SET actor = upper(actor)"),
        (ENTRY, "recorded_at", "datetime COLLATE RTRIM", f"{ENTRY} SET recorded_at = recorded_at || ' '"),
        (ENTRY, "place", "any blob", f"{ENTRY} SET place = CAST(place AS REAL)"),
        (ENTRY, "kind", "any blob", f"{ENTRY} SET kind = CAST(kind AS REAL)"),
        (DIGEST, "place", "any blob", f"{DIGEST} SET place = CAST(place AS REAL)"),
        (DIGEST, "table", "varchar(64) COLLATE NOCASE", f'{DIGEST} SET "table" = upper("table")'),
        (PERSON, "id", "char(32) COLLATE NOCASE", f"{DIGEST} SET row = upper(row)"),
    ],
)
def test_a_column_that_calls_alike_what_is_not_needs_a_closer_look(log, table, column, declared, altered):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite keeps another declaration")
    ada, _ = add_person("Ada")
    list(record_all(Kind.PERSON_ADDED, names(ALL - 1), actor=ada.pk, decide=decide))
    known = Alike()
    assert agreed(1, HALF, known) is not None
    redeclared(table, column, declared)
    by_hand("PRAGMA foreign_keys = OFF")
    by_hand(f"UPDATE {altered} WHERE place >= %s", HALF + 7)
    assert agreed(HALF, ALL, known) is None
    assert agreed(HALF, ALL) is None


def test_a_number_of_a_row_is_a_whole_one(log):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite holds another type than a column's")
    add(names(HALF))
    redeclared(PERSON, "revision", "any blob")
    by_hand(f"UPDATE {PERSON} SET revision = CAST(revision AS REAL)")
    assert agreed(0, HALF) is None


def test_an_entry_between_two_places_needs_a_closer_look(alike):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has a place between two")
    by_hand(
        "INSERT INTO evidence_entry (id, place, kind, recorded_at, actor, commitment, leaf_hash, sealed)"
        " SELECT %s, place + 0.5, kind, recorded_at, %s, commitment, leaf_hash, sealed"
        " FROM evidence_entry WHERE place = %s",
        "f" * 32,
        "ab" * 16,
        HALF + 7,
    )
    assert agreed(HALF, ALL, alike) is None
