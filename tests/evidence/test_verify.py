"""Whatever is changed around the guard is found, and the entry named."""

import random
import uuid
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from django.db import connection
from tests.evidence.desk import add_person, adopt, erase, publish_item, rename
from tests.faults.hurting import keys_unheeded

from masthead.errors import NotReady
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence import high_water, sealed
from masthead.newsroom.evidence.fields import fields_of
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.models import Checkpoint, Entry, LogHead, Node, RowDigest
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.evidence.verify_quick import agreed
from masthead.newsroom.policy.models import PolicyRevision
from masthead.tlog.note import VerifierKey

# What says nothing that anyone relies on: when the publisher ran.
NOT_COVERED = {(Checkpoint, "signed_at")}


@pytest.fixture
def busy(log):
    """A log with every sort of row: entry 1 wrote the row of Grace, entry 3 the one revision."""
    ada, _ = add_person("Ada")
    add_person("Grace")
    rename(ada, "Ada L.")
    adopt(ada, 1)
    publish_checkpoint()
    publish_item()
    assert verify_log().intact
    return log


def failing_place():
    verdict = verify_log()
    assert not verdict.intact
    assert str(verdict.why)
    return verdict.first_failure.place


def test_a_log_says_how_far_it_was_verified(busy):
    verdict = verify_log()
    assert verdict.size == LogHead.objects.get().size == 10
    assert (verdict.rows, verdict.checkpoints, verdict.why) == (10, 2, None)
    assert verdict.to_json()["intact"] is True


def test_what_is_well_needs_no_closer_look(busy):
    quick = agreed(0, 10)
    assert (len(quick.leaves), quick.digests, quick.other_rows) == (10, 10, [0])


def test_before_there_is_a_log_there_is_nothing_to_verify(home):
    with pytest.raises(NotReady):
        verify_log()


def test_a_changed_row_names_the_entry_that_wrote_it_last(busy):
    with lifted():
        Person.objects.filter(name="Ada L.").update(name="Eve")
    assert failing_place() == 2


def test_a_deleted_row_names_its_entry(busy):
    with lifted(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM policy_policyrevision")
    assert failing_place() == 3


def test_a_row_put_in_around_the_guard_is_found(busy):
    with lifted():
        Person.objects.create(name="Eve", entry=Entry.objects.get(place=1))
    assert failing_place() == 1


def test_a_row_put_back_as_it_once_was_is_found(busy):
    before = Entry.objects.get(place=0)
    with lifted():
        Person.objects.filter(name="Ada L.").update(name="Ada", revision=0, entry=before)
    assert failing_place() == 2


@pytest.mark.parametrize("place", [0, 4, 9])
def test_a_removed_entry_is_found(busy, place):
    with lifted(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM evidence_rowdigest WHERE place = %s", [place])
        with keys_unheeded(cursor):
            cursor.execute("DELETE FROM evidence_entry WHERE place = %s", [place])
    assert failing_place() == place


def test_an_entry_that_stands_elsewhere_is_missed_where_it_stood(busy):
    """Though its rows are still spoken of there."""
    with lifted(), connection.cursor() as cursor, keys_unheeded(cursor):
        cursor.execute("UPDATE evidence_entry SET place = 260 WHERE place = 4")
    assert failing_place() == 4


def test_two_entries_that_changed_places_are_found(busy):
    with lifted():
        hashes = dict(Entry.objects.values_list("place", "leaf_hash"))
        Entry.objects.filter(place=4).update(leaf_hash=hashes[5])
        Entry.objects.filter(place=5).update(leaf_hash=hashes[4])
    assert failing_place() == 4


def test_a_log_rewritten_whole_is_found_by_what_was_published(busy):
    """As by someone with the database and our code, but not the key."""
    other = Checkpoint.objects.order_by("-size").first()
    with lifted():
        Checkpoint.objects.filter(pk=other.pk).update(root=bytes(32))
    assert failing_place() == 3


def test_a_checkpoint_signed_by_someone_else_is_found(busy):
    stranger = VerifierKey("herald.example/log", bytes(31) + b"\x07")
    assert not verify_log(stranger).intact


def test_a_database_older_than_what_was_published_is_found(busy):
    mark = high_water.read(busy)
    high_water.write(busy, high_water.HighWater(mark.origin, 99, mark.root))
    assert not verify_log().intact


def test_a_field_that_is_gone_though_no_entry_erased_it_is_found(busy):
    erase(1, "person")
    assert failing_place() == 1


def test_a_stored_hash_that_was_changed_is_found(log):
    for number in range(257):
        add_person(f"Person {number}")
    assert Node.objects.count() == 1
    assert verify_log().intact
    with lifted():
        Node.objects.update(hash=bytes(32))
    assert failing_place() == 255
    with lifted(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM evidence_node")
    assert failing_place() == 255


@pytest.mark.parametrize(
    ("table", "column", "place"),
    [
        ("evidence_entry", "recorded_at", 2),
        ("evidence_entry", "actor", 2),
        ("evidence_entry", "sealed", 2),
        ("evidence_rowdigest", "row", 0),
        ("policy_policyrevision", "adopted_at", 3),
    ],
)
def test_what_cannot_even_be_read_is_found(busy, table, column, place):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's columns hold nothing else than their type")
    where = {"evidence_entry": " WHERE place = 2", "policy_policyrevision": ""}.get(table, " WHERE place = 0")
    with lifted(), connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute(f"UPDATE {table} SET \"{column}\" = 'nonsense'{where}")
    assert failing_place() == place


def test_one_changed_bit_anywhere_is_found(busy):
    """Every column of every sort of row, one bit at a time, put back after each."""
    chance = random.Random(7)
    for model in (LogHead, Entry, RowDigest, Checkpoint, Person, PolicyRevision):
        for field in model._meta.concrete_fields:
            if (model, field.name) in NOT_COVERED:
                continue
            for row in chance.sample(sorted(values(model)), k=min(3, model.objects.count())):
                _flip_and_put_back(model, field, row, chance)
    assert verify_log().intact


def values(model):
    return model._base_manager.values_list("pk", flat=True)


def _flip_and_put_back(model, field, row, chance):
    condition, key = _where(model, row)
    column = f'SELECT "{field.column}" FROM {model._meta.db_table} WHERE {condition}'
    with connection.cursor() as cursor:
        cursor.execute(column, key)
        before = cursor.fetchone()[0]
    changed = _flipped(before, chance)
    if changed is None or not _write(model, field, condition, key, changed):
        return
    verdict = verify_log()
    if field.primary_key or field.column in ("place", "name", "table", "row"):
        condition = condition.replace("%s", "%s", 1)
        key = [
            changed if name == field.column else part for name, part in zip(_keys(model), key, strict=True)
        ]
    assert _write(model, field, condition, key, before)
    assert not verdict.intact, (model.__name__, field.name, before, changed)


def _keys(model):
    primary = model._meta.pk
    return [each.column for each in getattr(primary, "fields", [primary])]


def _where(model, row):
    names = _keys(model)
    parts = list(row) if isinstance(row, tuple) else [row]
    if connection.vendor == "sqlite":
        parts = [part.hex if isinstance(part, uuid.UUID) else part for part in parts]
    return " AND ".join(f'"{name}" = %s' for name in names), parts


def _flipped(value, chance):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(6))
    if isinstance(value, bytes | memoryview):
        content = bytearray(value)
        if not content:
            return None
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        return bytes(content)
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1 << chance.randrange(30))
    if isinstance(value, uuid.UUID):
        return uuid.UUID(int=value.int ^ (1 << chance.randrange(128)))
    if isinstance(value, str):
        at = chance.randrange(len(value)) if value else None
        if at is None:
            return None
        other = "1" if value[at] != "1" else "2"
        return value[:at] + other + value[at + 1 :]
    return None


def _write(model, field, condition, key, value):
    """Whether the database let this through, with its own constraints off where they can be."""
    with lifted(), connection.cursor() as cursor:
        try:
            with keys_unheeded(cursor):
                cursor.execute(
                    f'UPDATE {model._meta.db_table} SET "{field.column}" = %s WHERE {condition}',
                    [value, *key],
                )
        except Exception:  # noqa: BLE001 - refused is as good as found
            return False
    return True


def test_a_line_under_another_name_is_found_though_all_is_hashed_anew(busy):
    """As by whoever wrote the entry so: its commitment, its hash and the head belong to the line."""
    entry = Entry.objects.get(place=9)
    names = [each.name for each in fields_of(entry)]
    lines = bytes(entry.sealed).replace(b'"through"', b'"thrOugh"').split(b"\n")
    assert b"\n".join(lines) != bytes(entry.sealed)
    digests = {name: sha256(line).digest() for name, line in zip(names, lines, strict=True)}
    commitment = sealed.commitment_of(digests)
    with lifted():
        Entry.objects.filter(place=9).update(
            sealed=b"\n".join(lines),
            commitment=commitment,
            leaf_hash=sealed.face_leaf(entry.kind, commitment),
        )
    assert agreed(0, 10) is None
    assert str(verify_log().first_failure.why) == "its fields are not those of its kind"
