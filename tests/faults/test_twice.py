"""Two rows with one id, two entries at one place: whichever is read last must not hide the other."""

import pytest
from django.db import connection
from tests.evidence.desk import add_person, adopt
from tests.faults.hurting import run, without_keys

from masthead.errors import Damaged
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence import watch
from masthead.newsroom.evidence.models import Checkpoint, Entry, LogHead
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.evidence.verify_quick import agreed
from masthead.newsroom.policy.models import PolicyRevision

SIZE = 5


@pytest.fixture
def signed(log):
    """Entries 0 to 3 each wrote a person, entry 4 a revision, which has a column of JSON."""
    ada = add_person("Ada")[0]
    for name in ("Bo", "Cy", "Di"):
        add_person(name)
    adopt(ada, 1)
    publish_checkpoint()
    assert verify_log().intact
    return log


def copied(model, into=None, **other):
    """Put each row of a table there again, of which some columns say something `other`."""
    columns = [field.column for field in model._meta.concrete_fields]
    said = ", ".join(other.get(column, f'"{column}"') for column in columns)
    table = model._meta.db_table
    names = ", ".join(f'"{column}"' for column in columns)
    run(f"INSERT INTO {into or table} ({names}) SELECT {said} FROM {table} WHERE {_which(model)}")


def _which(model):
    return {Person: "name = 'Bo'", Entry: "place = 1", Checkpoint: f"size = {SIZE}"}.get(model, "1 = 1")


def found():
    failure = verify_log().first_failure
    assert failure is not None
    return failure


@pytest.mark.parametrize("forged", ["first", "last"])
def test_two_persons_of_one_id_name_the_entry_that_wrote_one(signed, forged):
    without_keys("accounts_person")
    copied(Person, name="'Eve'")
    if forged == "first":
        run("UPDATE accounts_person SET name = CASE name WHEN 'Bo' THEN 'Eve' ELSE 'Bo' END"
            " WHERE name IN ('Bo', 'Eve')")  # fmt: skip
    failure = found()
    assert (failure.place, str(failure.why)) == (1, "two rows of accounts_person have one id")


def test_the_same_row_twice_is_one_too_many(signed):
    without_keys("accounts_person")
    copied(Person)
    assert found().place == 1


@pytest.mark.parametrize("number", ["number", "number + 1"])
def test_two_revisions_of_one_id_name_the_entry_that_wrote_one(signed, number):
    """Which are read another way."""
    without_keys("policy_policyrevision")
    copied(PolicyRevision, number=number)
    assert agreed(0, SIZE) is None
    assert "two rows of policy_policyrevision" in str(found().why)
    assert found().place == SIZE - 1


def test_a_row_in_a_table_that_inherits_is_a_second_one(signed):
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has tables that inherit")
    run("CREATE TABLE more () INHERITS (accounts_person)")
    copied(Person, into="more", name="'Eve'")
    assert found().place == 1
    run("DELETE FROM more")
    run("CREATE TABLE entries () INHERITS (evidence_entry)")
    copied(Entry, into="entries")
    assert found().place == 1


@pytest.mark.parametrize("kind", ["kind", "18"])
def test_two_entries_at_one_place_are_named(signed, kind):
    without_keys("evidence_entry")
    copied(Entry, kind=kind)
    failure = found()
    assert (failure.place, str(failure.why)) == (1, "two entries stand at its place")


@pytest.mark.parametrize("signed_at", ["signed_at", "'2026-11-20 10:00:00'"])
def test_two_checkpoints_of_one_size_are_named(signed, signed_at):
    without_keys("evidence_checkpoint")
    copied(Checkpoint, signed_at=signed_at)
    assert f"the checkpoint of {SIZE} entries" in str(found().why)


def test_two_heads_are_damage_and_kept(signed):
    without_keys("evidence_loghead")
    copied(LogHead, size="size - 1")
    with pytest.raises(Damaged):
        watch.verify()
    assert (signed / "damage.json").exists()
