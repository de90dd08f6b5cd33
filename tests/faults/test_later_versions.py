"""An older version on tables that a later one changed, and tables that change while they are looked at."""

from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection
from tests.cli.terminal import Desk as Terminal
from tests.desk.log.test_log import html
from tests.faults.test_altered_columns import LATER, POSTGRESQL, SIGNED_ONCE, SQLITE
from tests.faults.test_altered_tables import alter
from tests.newsroom.desk import ready
from tests.newsroom.logins import client_of
from tests.newsroom.test_disk import full_at

from masthead.errors import ReadOnly
from masthead.newsroom.evidence import damage
from masthead.newsroom.evidence import tables_asked as asked
from masthead.newsroom.evidence.high_water import OfLaterVersion
from masthead.newsroom.evidence.models import KeptDamage
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify_schema import schema_failure
from masthead.newsroom.evidence.watch import look, verify

NO_LATER = "DELETE FROM django_migrations WHERE name = '9999_later'"
RENAMED = "ALTER TABLE review_waiver RENAME COLUMN reason TO why"
NAMED_BACK = "ALTER TABLE review_waiver RENAME COLUMN why TO reason"
PROVIDER_RENAMED = "ALTER TABLE register_aisystem RENAME COLUMN provider TO why"
SIGNED_ONCE_AGAIN = (
    "CREATE UNIQUE INDEX version_is_signed_once_by_a_person"
    " ON review_signoff (version_id, person_id, said_sha256)"
)


@pytest.fixture
def published(small):
    ready(small)
    publish_checkpoint()
    assert verify().intact
    return small


@contextmanager
def before_tables_are_looked_at(*altered):
    """Before tables are looked at for the first time, the second time and so on, have them altered so."""
    coming = list(altered)
    said = asked.SQLITE if connection.vendor == "sqlite" else asked.POSTGRESQL

    def first(execute, sql, params, many, context):
        if sql == said["ordinary"] and coming:
            alter(coming.pop(0))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(first):
        yield
    assert not coming


def test_a_later_version_is_waited_for_no_longer_than_it_is_there(published):
    home = settings.MASTHEAD_HOME
    alter(f"{LATER}; {RENAMED}")
    assert not look()
    with pytest.raises(OfLaterVersion, match="Install that version again"):
        verify()
    assert len(damage.known(home)) == 1
    with pytest.raises(ReadOnly, match="installs it again"):
        ready(published)
    alter(f"{NO_LATER}; {NAMED_BACK}")
    assert look()
    assert not damage.is_there(home)
    # Nobody said so: what was found is kept for whoever asks.
    assert len(list((home / damage.KEPT).iterdir())) == 1
    ready(published)


def test_the_desk_says_what_ends_the_wait_for_a_later_version(published):
    alter(f"{LATER}; {SIGNED_ONCE}")
    assert not look()
    band = html(client_of(published.steward))
    assert "installs it again and runs <code>masthead log verify</code>" in band
    assert "puts back a backup" not in band


def test_a_whole_look_ends_the_wait_for_a_later_version_too(published):
    alter(f"{LATER}; {RENAMED}")
    assert not look()
    alter(NAMED_BACK)
    assert verify().intact
    assert not damage.is_there(settings.MASTHEAD_HOME)


def test_a_later_version_found_on_a_full_disk_is_waited_for_no_longer_either(published):
    home = settings.MASTHEAD_HOME
    alter(f"{LATER}; {RENAMED}")
    with full_at(0):
        assert not look()
        with pytest.raises(OfLaterVersion):
            verify()
    assert not list(home.glob("damage*"))
    (found,) = damage.known(home)
    assert "the table review_waiver has no column reason any more" in str(found.why)
    with pytest.raises(ReadOnly, match="installs it again"):
        ready(published)
    alter(f"{NO_LATER}; {NAMED_BACK}")
    with full_at(0):
        assert look()
    assert not damage.is_there(home)
    ready(published)


def test_what_a_full_disk_did_not_take_of_it_is_forgotten_and_what_it_took_before_is_kept(published):
    home = settings.MASTHEAD_HOME
    alter(f"{LATER}; {RENAMED}")
    assert not look()
    alter(f"{NAMED_BACK}; {SIGNED_ONCE}")
    with full_at(0):
        assert not look()
    assert len(damage.known(home)) == 2
    alter(SIGNED_ONCE_AGAIN)
    assert verify().intact
    assert not damage.is_there(home)
    assert len(list((home / damage.KEPT).iterdir())) == 1


def test_what_else_was_found_outlasts_the_wait_for_a_later_version(published):
    alter(f"{LATER}; {RENAMED}")
    assert not look()
    alter(f"{NO_LATER}; {NAMED_BACK}; {SIGNED_ONCE}")
    assert not look()
    alter(SIGNED_ONCE_AGAIN)
    assert not look()
    (left,) = damage.known(settings.MASTHEAD_HOME)
    assert "the same row twice" in str(left.why)
    with pytest.raises(ReadOnly, match="puts back a backup"):
        ready(published)


COMMANDS = {
    "a list": ("register", "list", "--json"),
    "a change": ("register", "pause", "Ink", "--by", "Ada Steward", "--json"),
    "a backup": ("backup", "../backups", "--json"),
}


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS.keys())
def test_a_command_says_what_ends_the_wait_for_a_later_version(working, terminal: Terminal, words):
    alter(f"{LATER.replace('review', 'register')}; {PROVIDER_RENAMED}")
    done = terminal(*words)
    assert done.code == 2, done
    said = done.json["error"]
    assert "A later version changed this database" in said["what"]
    assert said["remedy"].startswith("Install that version again.")
    assert "masthead init" not in done.out


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS.keys())
def test_a_command_on_tables_of_before_says_how_they_are_brought_up_to_date(
    working, terminal: Terminal, words
):
    alter(PROVIDER_RENAMED)
    done = terminal(*words)
    assert done.code == 2, done
    assert "masthead init" in done.json["error"]["remedy"]


def test_a_migration_committed_while_tables_are_looked_at_is_no_damage(published):
    replaced = (SQLITE if connection.vendor == "sqlite" else POSTGRESQL)["a condition replaced"][1]
    with before_tables_are_looked_at(f"{LATER.replace('review', 'items')}; {replaced}"):
        assert look()
    assert not damage.is_there(settings.MASTHEAD_HOME)


def test_a_column_gone_with_a_later_version_meanwhile_stops_no_other_host(published):
    with before_tables_are_looked_at(f"{LATER}; {RENAMED}"):
        assert not look()
    (found,) = damage.known(settings.MASTHEAD_HOME)
    assert found.here
    assert not KeptDamage.objects.exists()


def test_what_is_well_when_it_is_looked_at_again_is_not_kept(published):
    with before_tables_are_looked_at(SIGNED_ONCE, SIGNED_ONCE_AGAIN):
        assert look()
    assert not damage.is_there(settings.MASTHEAD_HOME)


def test_what_is_well_when_all_is_verified_again_is_not_kept(published):
    alter(LATER)
    with before_tables_are_looked_at(SIGNED_ONCE, SIGNED_ONCE_AGAIN):
        assert verify().intact
    assert not damage.is_there(settings.MASTHEAD_HOME)


def test_names_that_postgresql_writes_out_in_quotes_are_the_same_names(published):
    if connection.vendor != "postgresql":
        pytest.skip("there is no such setting")
    alter("SET quote_all_identifiers = on")
    assert schema_failure(settings.MASTHEAD_HOME) is None
