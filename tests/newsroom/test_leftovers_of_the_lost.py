"""Where an older database was put back, the files of what was lost are all that is left: none goes."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from tests import databases
from tests.newsroom.desk import ORIGIN, Desk, text
from tests.newsroom.test_leftovers import age, files, gone_through

from masthead.newsroom.evidence.high_water import FILE as PUBLISHED
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.items import blobs
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.items.gone_through import FILE as REMEMBERED
from masthead.newsroom.items.gone_through import read as remembered
from masthead.newsroom.items.leftovers import remember
from masthead.tlog.hashes import EMPTY_ROOT


@pytest.fixture
def put_back(small: Desk, tmp_path: Path) -> Callable[[], None]:
    """Puts back the database as it is now."""
    if connection.vendor != "sqlite":
        pytest.skip("a database of PostgreSQL is put back by its own programs")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(small.home / "db.sqlite3", tmp_path / "morning")

    def put() -> None:
        databases.close()
        for each in small.home.glob("db.sqlite3*"):
            each.unlink()
        shutil.copyfile(tmp_path / "morning", small.home / "db.sqlite3")

    return put


def test_an_older_database_costs_no_file_of_what_was_published(small: Desk, put_back: Callable[[], None]):
    evening = add_item(small.author, text("Evening."), language="en")
    publish_checkpoint()
    put_back()
    age()
    assert gone_through() == 0
    assert blobs.fetch(evening.sha256)


def test_an_older_database_costs_no_file_of_what_nobody_published(small: Desk, put_back: Callable[[], None]):
    """Also after others were recorded in the place of what was lost."""
    lost = add_item(small.author, text("Evening."), language="en")
    gone_through()
    put_back()
    age()
    assert gone_through() == 0
    for number in range(5):
        add_item(small.author, text(f"The day after, {number}."), language="en")
    age()
    assert gone_through() == 0
    assert blobs.fetch(lost.sha256)


def test_what_was_recorded_between_two_rounds_is_missed_too(small: Desk, put_back: Callable[[], None]):
    gone_through()
    lost = add_item(small.author, text("Between two rounds."), language="en")
    remember()
    put_back()
    remember()
    for number in range(5):
        add_item(small.author, text(f"The day after, {number}."), language="en")
    remember()
    age()
    assert gone_through() == 0
    assert blobs.fetch(lost.sha256)


def test_what_was_gone_through_stays_so_when_more_is_remembered(small: Desk):
    remember()
    assert not (small.home / REMEMBERED).exists(), "before the first round there is nothing to go on from"
    gone_through()
    before = remembered(small.home)
    add_item(small.author, text("More."), language="en")
    remember()
    after = remembered(small.home)
    assert before is not None
    assert after is not None
    assert (after.hour, after.log.size) == (before.hour, before.log.size + 1)


@pytest.mark.parametrize("file", [PUBLISHED, REMEMBERED])
@pytest.mark.parametrize(
    "said",
    [{"size": 1000}, {"root": "00" * 32}, {"size": 1, "root": "00" * 32}, {"origin": "another.example/log"}],
)
def test_nothing_goes_where_the_log_does_not_contain_what_was_seen_of_it(
    small: Desk, file: str, said: object
):
    publish_checkpoint()
    gone_through()
    left = blobs.keep(b"Never sent.")
    age()
    kept = json.loads((small.home / file).read_text())
    (small.home / file).write_text(json.dumps(kept | said))
    assert gone_through() == 0
    assert left in files()
    (small.home / file).write_text(json.dumps(kept))
    assert gone_through() == 1


@pytest.mark.parametrize(
    "torn",
    [
        "UPDATE evidence_loghead SET size = size - 1",
        "UPDATE evidence_loghead SET size = size + 1",
        "DELETE FROM evidence_loghead",
    ],
)
def test_nothing_goes_where_the_log_is_torn(small: Desk, torn: str):
    left = blobs.keep(b"Never sent.")
    age()
    nothing = {"origin": ORIGIN, "size": 0, "root": EMPTY_ROOT.hex()}
    (small.home / PUBLISHED).write_text(json.dumps(nothing))  # with which every log agrees
    connection.ensure_connection()
    connection.connection.execute(torn)  # around the guard, as by another's hand
    assert gone_through(datetime.now(UTC)) == 0
    assert left in files()


def test_nothing_goes_while_nobody_knows_how_far_the_log_was_published(small: Desk):
    left = blobs.keep(b"Never sent.")
    age()
    (small.home / PUBLISHED).unlink()
    assert gone_through() == 0
    assert left in files()
