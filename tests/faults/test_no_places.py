"""Entries and what they vouch for at places that are none: SQLite lets half of a place stand there."""

from uuid import UUID

import pytest
from django.db import connection
from tests.evidence.desk import add_person
from tests.faults.hurting import run, without_keys

from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence import rows
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.evidence.verify_entry import read
from masthead.newsroom.evidence.verify_quick import agreed
from masthead.newsroom.evidence.watch import all_of_it

ENTRY, SALT = "e" * 32, b"x" * 16
LAST = 3


@pytest.fixture
def signed(log):
    """Four entries, each of which wrote a person."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has whole numbers alone in a column of whole numbers")
    for name in ("Ada", "Bo", "Cy", "Di"):
        add_person(name)
    publish_checkpoint()
    assert all_of_it().intact
    return log


def entry_at(place, like=1):
    columns = "kind, recorded_at, actor, commitment, leaf_hash, sealed"
    said = place if isinstance(place, str) else repr(place)
    run(
        f"INSERT INTO evidence_entry (id, place, {columns}) SELECT %s, {said}, {columns}"
        " FROM evidence_entry WHERE place = %s",
        ENTRY,
        like,
    )


def vouch(person, place):
    """Have the log say at this place that the row of a person is as it is now."""
    ((_, row),) = rows.stored_rows(Person, [person.pk])
    run(
        'INSERT INTO evidence_rowdigest (place, "table", row, salt, digest) VALUES (%s, %s, %s, %s, %s)',
        place, "accounts_person", person.pk.hex, SALT, rows.row_digest(SALT, row),
    )  # fmt: skip


def eve(entry):
    """A row of a person that no command wrote."""
    with lifted():
        return Person.objects.create(name="Eve", entry_id=entry)


def found():
    failure = verify_log().first_failure
    assert failure is not None
    return failure


@pytest.mark.parametrize("place", [1.5, 2.5, LAST + 0.5])
def test_a_changed_row_is_not_vouched_for_by_an_entry_between_two(signed, place):
    person = Person.objects.get(name="Bo")
    run("UPDATE accounts_person SET name = 'Eve' WHERE name = 'Bo'")
    entry_at(place)
    vouch(person, place)
    assert str(place) in str(found().why)


@pytest.mark.parametrize("place", [1.5, LAST + 0.5])
def test_a_row_of_an_entry_between_two_is_found(signed, place):
    entry_at(place)
    vouch(eve(UUID(ENTRY)), place)
    assert str(place) in str(found().why)


@pytest.mark.parametrize(
    "place", [-0.5, 0.5, LAST - 0.5, LAST + 0.5, LAST + 1.5, "9e999", "-9e999", "'there'", "x'31'"]
)
def test_an_entry_alone_at_no_place_is_found(signed, place):
    run("PRAGMA ignore_check_constraints = ON")
    entry_at(place)
    failure = found()
    assert failure.place is None
    assert "an entry stands at" in str(failure.why)


@pytest.mark.parametrize("place", [1.5, LAST + 0.5, -0.5, LAST + 7.5])
def test_what_is_said_of_a_row_at_no_place_is_found(signed, place):
    vouch(Person.objects.get(name="Bo"), place)
    assert "speaks of a row of accounts_person" in str(found().why)


def test_neither_look_passes_what_it_does_not_read(signed):
    vouch(Person.objects.get(name="Bo"), 1.5)
    assert agreed(0, LAST + 1) is None
    astray = []
    read(0, LAST + 1, astray)
    assert len(astray) == 1


def test_a_word_on_a_row_that_stands_nowhere_at_all_is_none(signed):
    """Where the table was made anew without its conditions: no place is compared with nothing."""
    without_keys("evidence_rowdigest")
    vouch(eve(Entry.objects.get(place=1).pk), None)
    assert found().place == 1


def test_more_entries_than_the_head_counts_are_found(signed):
    """One that stands at no place at all."""
    entry_at(1.5)
    without_keys("evidence_entry")
    run("UPDATE evidence_entry SET place = NULL WHERE place = 1.5")
    assert "5 entries" in str(found().why)
