"""A terminal is a process of its own: what the served desk sees of the tables, it sees too.

In the process of the tests all tables are known to everybody, so each command here has one to itself.
"""

import os

import pytest
from django.conf import settings
from django.db import connection
from tests.cli.terminal import process
from tests.faults.test_altered_tables import alter
from tests.newsroom.desk import ready

from masthead.errors import ReadOnly
from masthead.language import Message
from masthead.newsroom.evidence import damage
from masthead.newsroom.evidence.high_water import OfLaterVersion
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.watch import look, verify

LATER = (
    "INSERT INTO django_migrations (app, name, applied) VALUES ('usersessions', '0099_later', '2026-11-23');"
    " ALTER TABLE usersessions_usersession RENAME COLUMN user_agent TO browser"
)
ACT = {
    "sqlite": "CREATE TRIGGER forget_it AFTER INSERT ON django_session"
    " BEGIN DELETE FROM evidence_keptdamage; END",
    "postgresql": "CREATE FUNCTION forget_it() RETURNS trigger LANGUAGE plpgsql AS"
    " 'BEGIN DELETE FROM evidence_keptdamage; RETURN NEW; END';"
    " CREATE TRIGGER forget_it AFTER INSERT ON django_session FOR EACH ROW EXECUTE FUNCTION forget_it()",
}
ACTING = "the database changes rows of django_session by itself"
ACKNOWLEDGED = ("log", "acknowledge", "--by", "Ada Steward", "--note", "All is well.")


@pytest.fixture
def published(small):
    ready(small)
    publish_checkpoint()
    assert verify().intact
    return small


@pytest.fixture
def alone(published, tmp_path):
    """A command in a process of its own, on the record that was published."""

    def run(*words):
        url = os.environ["MASTHEAD_DATABASE_URL"]
        said = process(*words, cwd=tmp_path, MASTHEAD_HOME=str(published.home), MASTHEAD_DATABASE_URL=url)
        assert "Traceback" not in said.err
        return said

    return run


def test_what_only_the_served_desk_rests_on_is_waited_for_at_the_terminal_too(published, alone):
    alter(LATER)
    assert not look()
    said = alone("log", "verify")
    assert said.code == 1, said
    assert "usersessions_usersession has no column user_agent" in said.err
    assert damage.is_there(settings.MASTHEAD_HOME)
    with pytest.raises(ReadOnly):
        ready(published)


def test_what_acts_on_sessions_is_seen_at_the_terminal_before_the_desk_has_looked(published, alone):
    alter(ACT[connection.vendor])
    said = alone("log", "verify", "--json")
    assert said.code == 1, said
    assert ACTING in said.json["first_failure"]["why"]
    assert damage.is_there(settings.MASTHEAD_HOME)


def test_nobody_acknowledges_at_the_terminal_what_the_served_desk_would_find_again(published, alone):
    alter(ACT[connection.vendor])
    assert not look()
    said = alone(*ACKNOWLEDGED)
    assert said.code == 1, said
    assert ACTING in said.err
    assert damage.is_there(settings.MASTHEAD_HOME)


def test_one_who_knows_no_such_table_ends_no_wait_for_it(published):
    lacking = Message(
        "the table %(table)s has no column %(column)s any more", {"table": "other_table", "column": "said"}
    )
    later = OfLaterVersion(Message("A later version is here: %(why)s.", {"why": lacking}), Message("Wait."))
    home = settings.MASTHEAD_HOME
    damage.note(home, damage.Found(later.what, None, "start", later=True))
    assert not look()
    assert verify().intact
    assert damage.is_there(home)


def test_of_a_record_that_was_never_served_no_other_version_is_told(tmp_path):
    began = process("init", "--name", "Alder Notes", "--person", "Mira Sand", cwd=tmp_path)
    assert began.code == 0, began
    assert "another version" not in process("log", "verify", cwd=tmp_path).out
    assert process("log", "verify", "--json", cwd=tmp_path).json["other_versions"] == []
