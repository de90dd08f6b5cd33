"""What is alike in whole columns is looked at all the same, and entries are cut where one ends."""

import pytest
from django.db import connection
from tests.evidence.desk import add_person
from tests.evidence.test_bulk import add, names

from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.guard import lifted
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
