"""Tables altered so that no row must be changed: each is noticed, and what is somebody's own is left."""

import pytest
from django.conf import settings
from django.db import connection
from tests.newsroom.desk import ready

from masthead.errors import ReadOnly
from masthead.newsroom.evidence import damage
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.watch import look, verify

TRIGGER = "CREATE TRIGGER lower_it AFTER INSERT ON items_aiuse BEGIN UPDATE items_aiuse SET tier = 'T0'; END"
SQLITE = {
    "a trigger": ("lower_it", TRIGGER),
    "a key of two columns": (
        "person_id, said_sha256, version_id",
        "DROP INDEX version_is_signed_once_by_a_person",
    ),
    "a key of some rows": ("runs_once", "DROP INDEX ticket_runs_once_for_a_key"),
    "a table without keys": (
        "accounts_rolegrant",
        "CREATE TABLE other AS SELECT * FROM accounts_rolegrant; DROP TABLE accounts_rolegrant;"
        " ALTER TABLE other RENAME TO accounts_rolegrant",
    ),
    "a view": (
        "no table items_aiuse any more",
        "ALTER TABLE items_aiuse RENAME TO uses; CREATE VIEW items_aiuse AS SELECT * FROM uses",
    ),
    "a computed column": (
        "review_waiver by itself: also",
        "ALTER TABLE review_waiver ADD COLUMN also text GENERATED ALWAYS AS (reason || '!') VIRTUAL",
    ),
    "a key that keeps nothing": (
        "ticket_runs_once_for_a_key",
        "DROP INDEX ticket_runs_once_for_a_key;"
        ' CREATE UNIQUE INDEX ticket_runs_once_for_a_key ON jobs_ticket ("key") WHERE 0',
    ),
    "a conflict settled unsaid": (
        "accounts_rolegrant by itself: ON CONFLICT",
        "PRAGMA writable_schema = ON;"
        " UPDATE sqlite_master SET sql = replace(sql, 'PRIMARY KEY', 'PRIMARY KEY ON CONFLICT IGNORE')"
        " WHERE name = 'accounts_rolegrant'; PRAGMA writable_schema = RESET",
    ),
    "letters that count as alike": (
        "evidence_entry by itself: COLLATE",
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, '\"actor\" char(32)',"
        " '\"actor\" char(32) COLLATE NOCASE') WHERE name = 'evidence_entry'; PRAGMA writable_schema = RESET",
    ),
    "a deletion that takes rows along": (
        "items_aiuse by itself: ON DELETE",
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, 'DEFERRABLE',"
        " 'ON DELETE CASCADE DEFERRABLE') WHERE name = 'items_aiuse'; PRAGMA writable_schema = RESET",
    ),
}
FUNCTION = (
    "CREATE FUNCTION lower_it() RETURNS trigger LANGUAGE plpgsql AS"
    " 'BEGIN NEW.tier := ''T0''; RETURN NEW; END';"
)
POSTGRESQL = {
    "a trigger": (
        "lower_it",
        f"{FUNCTION} CREATE TRIGGER lower_it BEFORE INSERT ON items_aiuse"
        " FOR EACH ROW EXECUTE FUNCTION lower_it()",
    ),
    "a rule": ("drop_it", "CREATE RULE drop_it AS ON INSERT TO review_waiver DO INSTEAD NOTHING"),
    "a primary key": ("items_aiuse", "ALTER TABLE items_aiuse DROP CONSTRAINT items_aiuse_pkey CASCADE"),
    "a key of two columns": (
        "person_id, said_sha256, version_id",
        "DROP INDEX version_is_signed_once_by_a_person",
    ),
    "a key of some rows": ("runs_once", "DROP INDEX ticket_runs_once_for_a_key"),
    "a reference": (
        "evidence_rowdigest",
        "DO $$ BEGIN EXECUTE (SELECT 'ALTER TABLE evidence_rowdigest DROP CONSTRAINT ' || conname"
        " FROM pg_constraint WHERE conrelid = 'evidence_rowdigest'::regclass AND contype = 'f'); END $$",
    ),
    "references that are not looked at": ("items_aiuse", "ALTER TABLE items_aiuse DISABLE TRIGGER ALL"),
    "a child": ("items_aiuse is no ordinary table", "CREATE TABLE kid () INHERITS (items_aiuse)"),
    "rows for some": ("items_aiuse is no ordinary", "ALTER TABLE items_aiuse ENABLE ROW LEVEL SECURITY"),
    "rows that no crash survives": ("items_aiuse is no ordinary", "ALTER TABLE items_aiuse SET UNLOGGED"),
    "a computed column": (
        "review_waiver by itself: also",
        "ALTER TABLE review_waiver ADD COLUMN also text GENERATED ALWAYS AS (reason || '!') STORED",
    ),
}
POSTGRESQL |= {
    "a key that keeps nothing": (
        "ticket_runs_once_for_a_key",
        "DROP INDEX ticket_runs_once_for_a_key;"
        ' CREATE UNIQUE INDEX ticket_runs_once_for_a_key ON jobs_ticket ("key") WHERE false',
    ),
    "a key with more to it": (
        "person_id, said_sha256, version_id",
        "DROP INDEX version_is_signed_once_by_a_person;"
        " CREATE UNIQUE INDEX version_is_signed_once_by_a_person"
        " ON review_signoff (version_id, person_id, said_sha256, md5(id::text))",
    ),
    "a deletion that takes rows along": (
        "evidence_rowdigest by itself: taking",
        "ALTER TABLE evidence_rowdigest ADD CONSTRAINT taking FOREIGN KEY (place)"
        " REFERENCES evidence_entry (place) ON DELETE CASCADE",
    ),
}
OWN = (
    "CREATE TABLE mine (id integer)",
    "CREATE INDEX mine_also ON items_aiuse (system)",
    "CREATE VIEW mine_too AS SELECT system FROM items_aiuse",
)


def alter(statements: str) -> None:
    with lifted(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(statements)
            return
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("PRAGMA legacy_alter_table = ON")
        connection.connection.executescript(statements)
        cursor.execute("PRAGMA legacy_alter_table = OFF")
        cursor.execute("PRAGMA foreign_keys = ON")


@pytest.mark.parametrize("case", sorted(SQLITE.keys() | POSTGRESQL.keys()))
def test_what_was_altered_is_named_and_nothing_is_recorded(small, case):
    known = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    if case not in known:
        pytest.skip("there is no such thing in this database")
    ready(small)
    publish_checkpoint()
    assert verify().intact
    named, statements = known[case]
    alter(statements)
    verdict = verify()
    assert verdict.first_failure is not None
    assert named in str(verdict.first_failure.why)
    assert damage.is_there(settings.MASTHEAD_HOME)
    with pytest.raises(ReadOnly):
        ready(small)


def test_a_later_version_is_no_excuse_for_what_changes_rows_by_itself(small):
    ready(small)
    publish_checkpoint()
    alter(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('evidence', '9999_later', '2026-11-23')"
    )
    assert verify().intact
    alter((SQLITE if connection.vendor == "sqlite" else POSTGRESQL)["a trigger"][1])
    assert not verify().intact


def test_what_was_altered_is_found_at_the_start_as_well(small):
    ready(small)
    publish_checkpoint()
    alter((SQLITE if connection.vendor == "sqlite" else POSTGRESQL)["a trigger"][1])
    assert not look()


def test_tables_and_indexes_of_somebody_own_are_left_alone(small):
    ready(small)
    publish_checkpoint()
    for statement in OWN:
        alter(statement)
    assert verify().intact
    assert look()
    ready(small)
