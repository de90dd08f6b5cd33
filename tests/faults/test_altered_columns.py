"""Columns, conditions and keys of some rows altered: each is noticed, in whatever words it is written."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from tests.cli.terminal import Desk as Terminal
from tests.faults.test_altered_tables import alter
from tests.newsroom.desk import ready

from masthead.errors import Damaged
from masthead.newsroom.evidence import damage
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.models import KeptDamage
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify_schema import other_versions, schema_failure
from masthead.newsroom.evidence.watch import look, verify

RUNS = "DROP INDEX ticket_runs_once_for_a_key; CREATE UNIQUE INDEX ticket_runs_once_for_a_key ON jobs_ticket "
SENT = "DROP INDEX token_is_one; CREATE UNIQUE INDEX token_is_one ON connections_token (digest) "
ANY = {
    "a key of none": ("ticket_runs_once_for_a_key", f"{RUNS} (key) WHERE state = 'nowhere'"),
    "a key of no number": ("ticket_runs_once_for_a_key", f"{RUNS} (key) WHERE id < 0"),
    "a key of other columns": ("ticket_runs_once_for_a_key", f"{RUNS} (key, id) WHERE state = 'running'"),
    "a key of the others": ("token_is_one", f"{SENT} WHERE digest = ''"),
}


def rewritten(table, before, after):
    return (
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET"
        f" sql = replace(sql, '{before.replace("'", "''")}', '{after.replace("'", "''")}')"
        f" WHERE name = '{table}'; PRAGMA writable_schema = RESET"
    )


TIER = "the condition of items_aiuse_tier_known is gone"
NAMED = "\"tier\" IN ('T0', 'T1', 'T2', 'T3', 'TX')"
SQLITE = ANY | {
    "a condition replaced": (TIER, rewritten("items_aiuse", NAMED, "\"tier\" <> ''")),
    "a condition with more let in": (TIER, rewritten("items_aiuse", "'TX')", "'TX', 'none')")),
    "a condition that is a remark": (TIER, rewritten("items_aiuse", NAMED, f"1 /* CHECK ({NAMED}) */")),
    "a condition that is a default": (
        TIER,
        rewritten("items_aiuse", NAMED, "'CHECK (tier)' = 'CHECK (tier)'"),
    ),
    "a condition of a column": (
        "the condition of kind is gone",
        rewritten("evidence_entry", 'CHECK ("kind" >= 0)', ""),
    ),
    "another type": (
        "the column sha256 of items_version is of another sort",
        rewritten("items_version", '"sha256" varchar(64)', '"sha256" integer'),
    ),
    "nothing let in": (
        "the column system of items_aiuse is of another sort",
        rewritten("items_aiuse", '"system" varchar(200) NOT NULL', '"system" varchar(200)'),
    ),
}
TIER_GONE = "ALTER TABLE items_aiuse DROP CONSTRAINT items_aiuse_tier_known"
POSTGRESQL = ANY | {
    "a condition replaced": (
        TIER,
        f"{TIER_GONE}; ALTER TABLE items_aiuse ADD CONSTRAINT items_aiuse_tier_known CHECK (tier <> '')",
    ),
    "a condition gone": (TIER, TIER_GONE),
    "a condition not looked at": (
        TIER,
        f"{TIER_GONE}; ALTER TABLE items_aiuse ADD CONSTRAINT items_aiuse_tier_known"
        f" CHECK ({NAMED}) NOT VALID",
    ),
    "another type": (
        "the column sha256 of items_version is of another sort",
        "ALTER TABLE items_version DROP CONSTRAINT version_hashes_are_sha256;"
        " ALTER TABLE items_version ALTER sha256 TYPE char(64)",
    ),
    "nothing let in": (
        "the column system of items_aiuse is of another sort",
        "ALTER TABLE items_aiuse ALTER system DROP NOT NULL",
    ),
}
IN_OTHER_WORDS = {
    "sqlite": (
        f"{RUNS} (key) WHERE (state = 'running')",
        f"{SENT} WHERE (NOT (digest=''))",
        rewritten("items_aiuse", NAMED, f"( -- so\n {NAMED} )"),
        rewritten("items_aiuse", '"system" varchar(200)', '"system" VARCHAR(200)'),
    ),
    "postgresql": (
        f"{RUNS} (key) WHERE ((state)::text = 'running'::text)",
        f"{SENT} WHERE (NOT (digest::text = ''))",
        f"{TIER_GONE}; ALTER TABLE items_aiuse ADD CONSTRAINT other CHECK (({NAMED}))",
    ),
}
LATER = "INSERT INTO django_migrations (app, name, applied) VALUES ('review', '9999_later', '2026-11-23')"
OWN = ("evidence", "items", "register", "review", "witness", "worklist")
SIGNED_ONCE = "DROP INDEX version_is_signed_once_by_a_person"


@pytest.fixture
def published(small):
    ready(small)
    publish_checkpoint()
    assert verify().intact
    return small


@pytest.mark.parametrize("case", sorted(SQLITE.keys() | POSTGRESQL.keys()))
def test_what_was_altered_is_named(published, case):
    known = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    if case not in known:
        pytest.skip("there is no such thing in this database")
    named, statements = known[case]
    alter(statements)
    assert named in str(schema_failure(settings.MASTHEAD_HOME))
    assert not look()
    assert not verify().intact
    assert damage.is_there(settings.MASTHEAD_HOME)


def test_what_says_the_same_in_other_words_is_left_alone(published):
    for statements in IN_OTHER_WORDS[connection.vendor]:
        alter(statements)
        assert schema_failure(settings.MASTHEAD_HOME) is None, statements


def test_a_later_version_is_no_excuse_for_what_this_one_rests_on(published):
    alter(LATER)
    assert verify().intact
    alter(SIGNED_ONCE)
    with pytest.raises(Damaged, match="A later version changed this database") as told:
        verify()
    assert "review_signoff may hold the same row twice" in str(told.value.what)
    # Which of the two is wrong cannot be told: hosts with the later version go on.
    assert damage.is_there(settings.MASTHEAD_HOME)
    assert not KeptDamage.objects.exists()


def test_a_later_version_excuses_nothing_of_tables_it_has_not_changed(published):
    alter(LATER.replace("review", "witness"))
    alter(SIGNED_ONCE)
    assert not verify().intact


def test_what_a_later_version_may_have_changed_is_told(published, terminal: Terminal):
    alter(LATER.replace("review", "items"))
    alter((SQLITE if connection.vendor == "sqlite" else POSTGRESQL)["a condition replaced"][1])
    done = terminal("log", "verify")
    assert done.code == 0, done.err
    assert "Not looked at in full" in done.out
    assert "items" in done.out


# Every table is rebuilt by every migration, with rows in it.
@pytest.mark.long
def test_tables_brought_up_to_date_once_more_are_in_good_order(published):
    with lifted():
        for app in OWN:
            call_command("migrate", app, "0001", verbosity=0)
        assert set(other_versions()) >= set(OWN)
        assert schema_failure(settings.MASTHEAD_HOME) is None
        call_command("migrate", verbosity=0)
    assert list(other_versions()) == []
    assert schema_failure(settings.MASTHEAD_HOME) is None
