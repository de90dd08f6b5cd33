"""A row about the log's keys with a turned bit is found, named and kept, and nothing is signed with it."""

import pytest
from django.db import connection
from tests.faults.hurting import run
from tests.newsroom.desk import ready, size

from masthead.errors import Damaged, ReadOnly
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.accounts.commands.log_keys import revoke, rotate
from masthead.newsroom.evidence import damage, keys, watch
from masthead.newsroom.evidence.models import Checkpoint, KeyRevocation, LogKey
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.site.serving.clock import Verifying
from masthead.tlog.handover import Ground

FIRST = "01a206191f9b703bb132495120385d50"
ROW = {
    "evidence_logkey.key": lambda row: row.key.replace("herald", "heralt", 1),
    "evidence_logkey.previous": lambda row: row.previous[:-3] + "!!!",
    "evidence_logkey.overlap_until": lambda row: "never",
    "evidence_logkey.from_size": lambda row: row.from_size + 1,
    "evidence_logkey.entry_id": lambda row: FIRST,
    "evidence_logkey.id": lambda row: FIRST,
    "evidence_keyrevocation.key": lambda row: row.key[:-3] + "!!!",
    "evidence_keyrevocation.id": lambda row: "x" + FIRST[1:],
    "evidence_keyrevocation.reason": lambda row: "otler",
}
"""What stands in a column afterwards."""


@pytest.fixture
def changed(small):
    """A log whose key was handed over, and whose first key was then revoked."""
    first = keys.public_line(small.home)
    rotate(small.steward, days=0)
    revoke(small.steward, first, Ground.OTHER)
    publish_checkpoint()
    return small


def sqlite_alone():
    if connection.vendor != "sqlite":
        pytest.skip("a server lets no other type stand in a column")


def hurt(name):
    sqlite_alone()
    table, column = name.split(".")
    model = {each._meta.db_table: each for each in (LogKey, KeyRevocation)}[table]
    row = model.objects.select_related("entry").get()
    run("PRAGMA ignore_check_constraints = ON")
    run(f'UPDATE "{table}" SET "{column}" = %s', ROW[name](row))
    return row.entry.place


@pytest.mark.parametrize("name", ROW)
def test_the_entry_of_the_row_is_named_and_the_record_is_read_only(changed, name):
    place = hurt(name)
    verdict = watch.verify()
    assert verdict.first_failure.place == place
    assert damage.known(changed.home)[0].place == place
    with pytest.raises(ReadOnly):
        add_person(changed.steward, "Zoe", [])


@pytest.mark.parametrize("name", ROW)
def test_the_look_at_a_start_sees_it(changed, name):
    place = hurt(name)
    assert watch.look() is False
    assert damage.known(changed.home)[0].place == place


@pytest.mark.parametrize("name", ROW)
def test_nothing_is_signed_with_it(changed, name):
    add_person(changed.steward, "Zoe", [])
    hurt(name)
    before = Checkpoint.objects.count()
    with pytest.raises(Damaged) as refused:
        publish_checkpoint()
    assert not isinstance(refused.value, ReadOnly)
    assert Checkpoint.objects.count() == before


def test_a_public_line_with_a_turned_bit_is_put_right_from_the_private_key(small):
    path = small.home / keys.PUBLIC
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"herald", b"heralt", 1))
    assert watch.verify().intact
    add_person(small.steward, "Zoe", [])
    assert publish_checkpoint().size == size()
    assert path.read_bytes() == whole


def test_a_verification_that_breaks_off_twice_running_counts_as_found_damage(small):
    """Whatever it was: a value so deep that reading it ends the verification, say."""
    sqlite_alone()
    ready(small)
    run("PRAGMA ignore_check_constraints = ON")
    run("UPDATE review_checkrun SET ran = %s", "[" * 200_000)
    verifying = Verifying()
    verifying()
    assert verifying.process.wait(60) == 1
    assert not damage.is_there(small.home)
    verifying()
    assert verifying.process.wait(60) == 0
    assert damage.is_there(small.home)
