"""The tables of the version before: they are looked at before they are brought up to date."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from tests import databases
from tests.cli.terminal import Desk as Terminal
from tests.newsroom.desk import size

from masthead.errors import Damaged
from masthead.newsroom.evidence import damage, high_water
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.models import KeptDamage
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.site.founding import found
from masthead.newsroom.site.serving import preparing
from masthead.vocabulary import Profile

BEFORE = "0008"
"""The last migration of the log's tables in the release before."""


@pytest.fixture
def older(working):
    """A newsroom at work as that version left it."""
    publish_checkpoint()
    with lifted():
        call_command("migrate", "evidence", BEFORE, verbosity=0)
    databases.close()
    return working


def everything(home):
    """Every byte of an SQLite file; of PostgreSQL, every table with its columns and every row."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        databases.close()
        return (home / "db.sqlite3").read_bytes()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = 'public' ORDER BY 1, 2"
        )
        said = cursor.fetchall()
        for table in sorted({row[0] for row in said}):
            cursor.execute(f'SELECT md5(t::text) FROM "{table}" t ORDER BY 1')
            said += cursor.fetchall()
    return said


def ahead(home):
    mark = high_water.read(home)
    high_water.write(home, high_water.HighWater(mark.origin, mark.size + 7, bytes(32)))


def missing():
    return {each._meta.db_table for each in apps.get_models() if each._meta.managed} - set(
        connection.introspection.table_names()
    )


def test_one_that_is_older_than_what_was_published_is_left_to_the_byte(older):
    ahead(older.home)
    before = everything(older.home)
    prepared = preparing.prepare()
    assert prepared.read_only
    assert everything(older.home) == before
    (kept,) = damage.known(older.home)
    assert "this is an older copy" in str(kept.why)
    assert preparing.prepare().read_only
    assert everything(older.home) == before


def test_init_leaves_it_too_and_says_why(older, terminal: Terminal):
    ahead(older.home)
    before = everything(older.home)
    with pytest.raises(Damaged, match="this is an older copy"):
        list(found("", "", "", Profile.SMALL))
    assert everything(older.home) == before
    assert preparing.prepare().read_only
    with pytest.raises(Damaged, match="read-only"):
        list(found("", "", "", Profile.SMALL))
    assert everything(older.home) == before


@pytest.mark.parametrize("way", ["serve", "init"])
def test_one_in_good_order_is_brought_up_to_date(older, way):
    assert KeptDamage._meta.db_table in missing()
    before = size()
    if way == "serve":
        assert not preparing.prepare().read_only
    else:
        assert list(found("", "", "", Profile.SMALL))
    assert not missing()
    assert size() == before
    assert not damage.is_there(older.home)
    assert verify_log().intact
