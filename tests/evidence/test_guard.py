"""No write to a table of evidence outside a command, whatever way it is tried."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models
from tests.evidence.desk import add_person

from masthead.newsroom.accounts.models import Account, Person
from masthead.newsroom.evidence import guard
from masthead.newsroom.evidence.guard import NotRecorded, guarded_tables, writes
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import record
from masthead.newsroom.evidence.models import Entry, LogHead, Node


def raw(statement):
    def run():
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return run


def many():
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE accounts_person SET name = %s", [("x",), ("y",)])


def saved():
    person = Person.objects.get()
    person.name = "Eve"
    person.save()


def deleted():
    Person.objects.get().delete()


WAYS = {
    "save": saved,
    "delete": deleted,
    "update": lambda: Person.objects.update(name="Eve"),
    "queryset delete": lambda: Person.objects.all().delete(),
    "create": lambda: Person.objects.create(name="Eve"),
    "get_or_create": lambda: Person.objects.get_or_create(name="Eve"),
    "bulk_create": lambda: Person.objects.bulk_create([Person(name="Eve")]),
    "bulk_create over conflicts": lambda: Person.objects.bulk_create(
        [Person(name="E")], ignore_conflicts=True
    ),
    "bulk_update": lambda: Person.objects.bulk_update([Person.objects.get()], ["name"]),
    "the head": lambda: LogHead.objects.update(size=0),
    "an entry": lambda: Entry.objects.update(kind=1),
    "sealed fields": lambda: Entry.objects.update(sealed=b""),
    "a node": lambda: Node.objects.create(level=8, index=0, hash=b""),
    "raw update": raw("update accounts_person set name = 'Eve'"),
    "quoted update": raw("UPDATE \"accounts_person\" SET name = 'Eve'"),
    "raw delete": raw("DELETE FROM accounts_person"),
    "raw insert": raw("insert into accounts_person (id) select id from accounts_person"),
    "commented": raw("/* a note */ UPDATE /* another */ accounts_person -- more\n SET name = 'Eve'"),
    "on two lines": raw("UPDATE\n\taccounts_person\nSET name = 'Eve'"),
    "behind a WITH": raw("WITH x AS (SELECT 1) UPDATE accounts_person SET name = 'Eve'"),
    "behind a SELECT": raw("SELECT 1; DELETE FROM accounts_person"),
    "drop": raw("DROP TABLE accounts_person"),
    "alter": raw("ALTER TABLE accounts_person ADD COLUMN more integer"),
    "executemany": many,
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_a_write_around_the_commands_is_refused(log, way):
    add_person("Ada")
    with pytest.raises(NotRecorded, match="only together with an entry"):
        way()
    assert Person.objects.get().name == "Ada"


def test_flushing_the_database_is_refused(log):
    add_person("Ada")
    with pytest.raises(CommandError) as refused:
        call_command("flush", interactive=False, verbosity=0)
    assert isinstance(refused.value.__cause__, NotRecorded)
    assert Person.objects.get().name == "Ada"


SQL = {
    'INSERT OR REPLACE INTO "accounts_person" VALUES (1)': [("INSERT", "accounts_person")],
    "REPLACE INTO accounts_person VALUES (1)": [("REPLACE", "accounts_person")],
    "UPDATE OR IGNORE accounts_person SET x = 1": [("UPDATE", "accounts_person")],
    "UPDATE ONLY public.accounts_person SET x = 1": [("UPDATE", "accounts_person")],
    'UPDATE "main"."accounts_person" SET x = 1': [("UPDATE", "accounts_person")],
    "update `accounts_person` set x = 1": [("UPDATE", "accounts_person")],
    "update [accounts_person] set x = 1": [("UPDATE", "accounts_person")],
    "UPDATE ACCOUNTS_PERSON SET x = 1": [("UPDATE", "accounts_person")],
    "MERGE INTO accounts_person USING x ON y": [("MERGE", "accounts_person")],
    "TRUNCATE TABLE django_session, accounts_person": [("TRUNCATE", "accounts_person")],
    "COPY accounts_person FROM STDIN": [("COPY", "accounts_person")],
    "WITH gone AS (DELETE FROM accounts_person RETURNING *) SELECT * FROM gone": [
        ("DELETE", "accounts_person")
    ],
    "EXPLAIN ANALYZE DELETE FROM accounts_person": [("DELETE", "accounts_person")],
    "SELECT * FROM accounts_person FOR UPDATE OF accounts_person": [],
    "INSERT INTO accounts_account SELECT * FROM accounts_person": [],
    "DELETE FROM django_session WHERE x IN (SELECT id FROM accounts_person)": [],
    "UPDATE accounts_account SET person_id = NULL": [],
    "INSERT INTO a VALUES (1) ON CONFLICT DO UPDATE SET x = 1": [],
    "SAVEPOINT accounts_person": [],
}


@pytest.mark.parametrize(("sql", "expected"), SQL.items())
def test_writes_are_found_wherever_they_stand_and_nothing_else_is(sql, expected):
    assert list(writes(sql)) == expected
    assert list(writes(sql + " " * 5000)) == expected


def test_every_table_of_evidence_and_of_the_log_is_guarded_and_logins_are_not():
    assert {
        "accounts_person",
        "items_item",
        "review_signoff",
        "evidence_entry",
        "evidence_loghead",
    } <= guarded_tables()
    assert not {"accounts_account", "django_migrations", "django_content_type"} & guarded_tables()


def test_logins_are_free(log):
    person, _ = add_person("Ada")
    account = Account.objects.create(email="ada@herald.example", person=person)
    account.email = "ada@herald.example.org"
    account.save()
    Account.objects.filter(person=person).update(is_active=False)
    account.delete()


def test_a_command_may_write_through_the_recording_alone(log):
    def decide(r):
        r.add(Person(name="Ada"))
        Person.objects.create(name="Eve", entry_id=r.entry_id)
        return {}

    with pytest.raises(NotRecorded):
        record(Kind.PERSON_ADDED, actor=None, decide=decide)
    assert not Person.objects.exists()


def test_what_a_signal_writes_on_the_side_is_refused_too(log):
    def on_the_side(sender, **_):
        LogHead.objects.update(size=7)

    models.signals.post_init.connect(on_the_side, sender=LogHead)
    try:
        with pytest.raises(NotRecorded):
            add_person("Ada")
    finally:
        models.signals.post_init.disconnect(on_the_side, sender=LogHead)
    assert not Person.objects.exists()


def test_a_wrapper_taken_off_again_does_not_take_the_guard_off(log):
    connection.close()
    with connection.execute_wrapper(lambda execute, *args: execute(*args)):
        Person.objects.count()
    with pytest.raises(NotRecorded):
        Person.objects.update(name="Eve")


def test_migrations_may_rewrite_tables_of_evidence(log):
    call_command("migrate", verbosity=0, run_syncdb=True)
    with guard.lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_person SET name = 'x'")


@pytest.mark.parametrize("rows", [1, 250, 10_000])
def test_a_write_of_many_rows_is_seen_however_long_it_is(rows):
    into = "INSERT INTO evidence_entry (id, place) VALUES "
    assert writes(into + ",".join(["(?,?)"] * rows)) == (("INSERT", "evidence_entry"),)
    assert writes(into.replace("evidence_entry", "sessions") + ",".join(["(?,?)"] * rows)) == ()
