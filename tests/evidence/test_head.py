"""What a command sees under the lock, and what it asks for one entry."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from tests import databases
from tests.evidence.desk import add_person

from masthead.errors import Damaged, MastheadError, ReadOnly, Unavailable
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence import head, rows
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.head import held_off, locked_head
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import record
from masthead.newsroom.evidence.models import Checkpoint, KeptDamage, LogHead, RowDigest
from masthead.newsroom.evidence.verify import verify_log


def until_somebody_waits():
    """On PostgreSQL, where a command takes the lock by a statement; on SQLite it cannot begin."""
    with connection.cursor() as cursor:
        waiting = connection.vendor == "sqlite"
        while not waiting:
            cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
            (waiting,) = cursor.fetchone()


def find_damage():
    KeptDamage.objects.create(sha256="0" * 64, content="{}")


def publish_more():
    Checkpoint.objects.create(size=9, root=bytes(32), note="", signed_at=datetime.now(UTC))


@pytest.mark.parametrize(("write", "refused"), [(find_damage, ReadOnly), (publish_more, Damaged)])
def test_what_is_committed_while_a_command_waits_for_the_lock_is_seen_under_it(log, write, refused):
    add_person("Ada")
    told = []

    def work():
        try:
            add_person("Grace")
        except MastheadError as error:
            told.append(type(error))
        finally:
            databases.close()

    waiting = threading.Thread(target=work)
    with transaction.atomic():
        locked_head()
        waiting.start()
        until_somebody_waits()
        with lifted():
            write()
    waiting.join(60)
    assert told == [refused]
    assert LogHead.objects.get().size == 1


def test_who_waits_too_long_is_told_that_others_are_busy(log, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is told how long on each connection")
    monkeypatch.setattr(head, "LOCK_SECONDS", 0.05)
    told = []

    def work():
        try:
            add_person("Grace")
        except Unavailable as error:
            told.append(str(error))
        finally:
            databases.close()

    waiting = threading.Thread(target=work)
    with transaction.atomic():
        locked_head()
        waiting.start()
        waiting.join(60)
    assert len(told) == 1
    assert "busy" in told[0]
    add_person("Grace")


@pytest.mark.parametrize("take", [locked_head, held_off])
def test_a_lock_that_nothing_holds_is_none(log, take):
    with pytest.raises(TransactionManagementError):
        take()


def test_one_entry_is_asked_and_written_in_few_statements(log):
    add_person("Ada")
    said = []

    def seen(execute, sql, *args):
        said.append(sql)
        return execute(sql, *args)

    with connection.execute_wrapper(seen):
        add_person("Grace")
    # The lock and what is looked at under it; the row written and read again; entry, digest and head.
    assert len(said) == (8 if connection.vendor == "sqlite" else 6), said


@pytest.mark.parametrize("many", [1, 2, 19, 20, 251])
def test_an_entry_vouches_for_each_of_its_rows_however_many(log, many):
    def decide(r):
        r.add_all(Person(name=f"Person {number}") for number in range(many))
        return {"person": "x", "office": False, "roles": [], "through": "y"}

    record(Kind.PERSON_ADDED, actor=None, decide=decide)
    assert RowDigest.objects.count() == many
    assert verify_log().intact


def test_a_row_is_read_again_as_django_reads_it(log):
    people = [add_person(name)[0].pk for name in ("Ada", "Grace")]
    attributes = rows.shape_of(Person).attributes
    for wanted in (people, people[1:], [str(people[0])], []):
        again = {tuple(row) for row in rows.read_again(Person, wanted)}
        assert again == set(Person.objects.filter(pk__in=wanted).values_list(*attributes))
