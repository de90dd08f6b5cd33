"""One entry for every change, in the transaction that makes it."""

import threading
from collections import deque
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from tests import databases
from tests.evidence.desk import add_person, adopt, rename, sealed_value

from masthead.errors import Damaged, NotReady, Stale, Unavailable
from masthead.language import Message
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence import high_water
from masthead.newsroom.evidence.guard import NotRecorded
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import record
from masthead.newsroom.evidence.models import Entry, LogHead, RowDigest
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log


def test_a_command_takes_the_next_place_and_its_rows_are_vouched_for(log):
    person, first = add_person("Ada")
    second = rename(person, "Ada L.")
    assert (first.place, second.place) == (0, 1)
    assert Person.objects.get().name == person.name == "Ada L."
    assert Person.objects.get().entry_id == second.entry_id
    assert Person.objects.get().revision == 1
    assert [digest.entry_id for digest in RowDigest.objects.order_by("entry")] == [0, 1]
    assert sealed_value(1, "role") == "editor"
    assert sealed_value(1, "actor") == str(person.id)
    assert verify_log().intact


def test_what_decide_raises_comes_through_and_leaves_nothing(log):
    def decide(r):
        r.add(Person(name="Ada"))
        raise Stale(Message("It changed."), Message("Look again."))

    with pytest.raises(Stale):
        record(Kind.PERSON_ADDED, actor=None, decide=decide)
    assert not Person.objects.exists()
    assert not Entry.objects.exists()
    assert LogHead.objects.get().size == 0


def test_an_entry_without_a_change_is_refused(log):
    with pytest.raises(NotRecorded):
        record(Kind.ROLE_ENDED, actor=None, decide=lambda r: {"person": "x", "role": "y", "through": "z"})
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "fields", [{}, {"person": 1, "role": 2}, {"person": 1, "role": 2, "through": 3, "more": 4}]
)
def test_fields_other_than_those_of_the_kind_are_refused(log, fields):
    def decide(r):
        r.add(Person(name="Ada"))
        return fields

    with pytest.raises(ValueError, match="ROLE_ENDED"):
        record(Kind.ROLE_ENDED, actor=None, decide=decide)
    assert not Person.objects.exists()


@pytest.mark.parametrize("value", [1.5, 2**60, object(), {"é": 1}, b"bytes"])
def test_what_two_json_libraries_might_write_differently_is_not_sealed(log, value):
    def decide(r):
        r.add(Person(name="Ada"))
        return {"person": value, "role": "x", "through": "y"}

    with pytest.raises(ValueError):
        record(Kind.ROLE_ENDED, actor=None, decide=decide)
    assert not Person.objects.exists()


def test_a_row_changed_by_another_meanwhile_is_stale(log):
    person, _ = add_person("Ada")
    same = Person.objects.get()
    rename(person, "Ada L.")
    with pytest.raises(Stale):
        rename(same, "Lovelace")
    assert Person.objects.get().name == "Ada L."
    assert LogHead.objects.get().size == 2


def test_append_only_rows_stay_as_they_are_even_in_a_command(log):
    person, _ = add_person("Ada")
    revision = adopt(person, 1)

    def decide(r):
        r.change(revision, number=2)
        return {}

    with pytest.raises(NotRecorded):
        record(Kind.POLICY_ADOPTED, actor=None, decide=decide)


def test_a_recording_kept_for_later_writes_nothing_more(log):
    kept = []

    def decide(r):
        kept.append(r)
        r.add(Person(name="Ada"))
        return {"person": "x", "role": "y", "through": "z"}

    record(Kind.ROLE_ENDED, actor=None, decide=decide)
    with pytest.raises(RuntimeError):
        kept[0].add(Person(name="Eve"))
    with pytest.raises(RuntimeError):
        kept[0].change(Person.objects.get(), name="Eve")
    assert verify_log().intact


@pytest.mark.parametrize("fields", [{}, {"id": None}, {"revision": 7}, {"entry": None}])
def test_a_change_may_not_touch_what_the_log_keeps(log, fields):
    person, _ = add_person("Ada")

    def decide(r):
        r.change(person, **fields)
        return {}

    with pytest.raises(TypeError):
        record(Kind.ROLE_GRANTED, actor=None, decide=decide)


def test_the_database_s_own_constraints_abort_the_whole(log):
    add_person("Ada")
    with pytest.raises(IntegrityError):
        add_person("ada")
    assert LogHead.objects.get().size == 1
    assert verify_log().intact


def test_inside_another_transaction_a_place_would_not_be_durable(log):
    with pytest.raises(RuntimeError), transaction.atomic():
        add_person("Ada")
    with pytest.raises(RuntimeError):
        record(Kind.PERSON_ADDED, actor=None, decide=lambda r: add_person("Ada") and {})
    assert LogHead.objects.get().size == 0


def test_before_setup_there_is_nothing_to_record_in(home):
    with pytest.raises(NotReady):
        add_person("Ada")


def test_the_time_can_be_handed_in(log):
    then = datetime(2026, 8, 2, 12, tzinfo=UTC)

    def decide(r):
        assert r.now == then
        r.add(Person(name="Ada"))
        return {"person": "x", "office": False, "roles": [], "through": "y"}

    assert record(Kind.PERSON_ADDED, actor=None, decide=decide, now=then).recorded_at == then
    assert sealed_value(0, "recorded_on") == "2026-08-02"


def test_writers_at_once_each_get_a_place_of_their_own(log):
    places, trouble = [], []

    def work(name):
        try:
            places.extend(add_person(f"{name} {each}")[1].place for each in range(4))
        except Exception as error:  # noqa: BLE001 - shown by the assertion
            trouble.append(error)
        finally:
            databases.close()

    threads = [threading.Thread(target=work, args=(f"Person {n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not trouble
    assert sorted(places) == list(range(32))
    assert verify_log().intact


def test_a_database_older_than_what_was_published_takes_no_entry(log):
    add_person("Ada")
    publish_checkpoint()
    mark = high_water.read(log)
    high_water.write(log, high_water.HighWater(mark.origin, 2, mark.root))
    with pytest.raises(Damaged, match="older copy"):
        add_person("Grace")
    with pytest.raises(Damaged, match="older copy"):
        publish_checkpoint()
    assert not verify_log().intact


def test_a_log_that_forked_from_what_was_published_takes_no_entry(log):
    add_person("Ada")
    publish_checkpoint()
    high_water.write(log, high_water.HighWater(high_water.read(log).origin, 1, bytes(32)))
    with pytest.raises(Damaged):
        add_person("Grace")
    with pytest.raises(Damaged):
        publish_checkpoint()


@pytest.mark.parametrize("content", [None, "", "{}", "[]", '{"origin": "x", "size": "y", "root": "z"}'])
def test_without_the_high_water_file_nothing_is_appended(log, content):
    (log / high_water.FILE).unlink()
    if content is not None:
        (log / high_water.FILE).write_text(content)
    with pytest.raises(Damaged, match="high-water"):
        add_person("Ada")


def failing(message):
    def wrapper(execute, sql, params, many, context):
        if sql.startswith("INSERT") and "evidence_entry" in sql:
            raise OperationalError(message)
        return execute(sql, params, many, context)

    return wrapper


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("database is locked", "Try again"),
        ("database or disk is full", "Make room"),
        ("attempt to write a readonly database", "owns"),
        ("server closed the connection unexpectedly", "look whether"),
    ],
)
def test_a_database_that_gives_up_is_unavailable_and_nothing_is_half_done(log, message, said):
    with connection.execute_wrapper(failing(message)), pytest.raises(Unavailable, match=said):
        add_person("Ada")
    assert not Person.objects.exists()
    assert verify_log().intact
    add_person("Ada")


def test_a_full_disk_is_told_and_nothing_is_half_done(log):
    add_person("Ada")
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's disk cannot be filled from here")
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(Unavailable, match="disk is full"):
        deque(add_person(f"Person {each} {'x' * 150}") for each in range(200))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count=1000000")
    add_person("Grace")
    assert verify_log().intact
