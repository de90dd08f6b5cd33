"""What is recorded of keys, witnesses, holds and erasures cannot be stored wrong either."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db.models import F, Model
from tests.newsroom.desk import Desk, text
from tests.newsroom.trying import doubled, refused
from tests.witness.authority import Authority
from tests.witness.others import Log, Witness

from masthead.language import Message
from masthead.newsroom.accounts.commands.log_keys import revoke, rotate
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence import damage
from masthead.newsroom.evidence.models import (
    Checkpoint,
    Cosignature,
    Entry,
    Erasure,
    KeyRevocation,
    LogHead,
    LogKey,
    RowDigest,
    Stamp,
)
from masthead.newsroom.evidence.said_of_it import keep_cosignature, keep_stamp
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.evidence.vouched import Vouched, new_id
from masthead.newsroom.integrity.commands import acknowledge
from masthead.newsroom.integrity.models import Restoration
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.retention import subjects
from masthead.newsroom.retention.commands import erase
from masthead.newsroom.retention.models import Hold, Minimum, Remains, Schedule, Todo
from masthead.newsroom.retention.setting import set_hold, set_schedule, state_minimum
from masthead.newsroom.retention.words import Ground as Because
from masthead.newsroom.retention.words import Kept, On
from masthead.newsroom.witness import following
from masthead.newsroom.witness.commands import add_log, add_witness, new_key
from masthead.newsroom.witness.memory import Memory
from masthead.newsroom.witness.models import (
    Alarm,
    AskedWitness,
    Doubted,
    FollowedKey,
    OwnKey,
    RevokedKey,
    Seen,
    WitnessedLog,
)
from masthead.tlog import note
from masthead.tlog.cosignature import cosign
from masthead.tlog.handover import Ground
from masthead.tlog.key_list import KeyList
from masthead.tlog.stamp import query

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
NOW = datetime.now(UTC).replace(microsecond=0)
LATER = datetime(2101, 1, 1, tzinfo=UTC)
VOUCHED: tuple[type[Vouched], ...] = (
    Erasure, LogKey, KeyRevocation, Hold, Schedule, WitnessedLog, AskedWitness, Alarm, Restoration,
    FollowedKey, RevokedKey, OwnKey, Minimum,
)  # fmt: skip


@pytest.fixture
def full(small: Desk) -> Desk:
    """A log with a row of every kind that is about the log itself, and what hangs on them."""
    first = rotate(small.steward).previous
    revoke(small.steward, str(first), Ground.OTHER)
    gone = add_item(small.author, text("Gone."), title="Gone", language="en").item
    kept = add_item(small.author, text("Kept."), title="Kept", language="en").item
    erase(small.steward, subjects.item_of(gone.public_id), Because.OBJECTED)
    set_hold(small.steward, subjects.item_of(kept.public_id), "A court asked.")
    set_schedule(small.steward, Kept.DRAFTS, 30, "It is the rule here.")
    state_minimum(small.steward, Kept.DRAFTS, 20, "The archives act, § 7.")
    add_witness(small.steward, str(Witness().key), "https://tribune.example/w")
    post = Log("post.example/log").grow(7)
    followed = add_log(small.steward, str(post.key), "https://post.example/log")
    said = KeyList.parse(post.rotate("second").revoke(post.key).rotate("third").key_list().decode())
    following.take_up(followed, said, Memory(post.key.name), LATER)
    new_key(small.steward)
    gazette = Log().grow(7)
    add_log(small.steward, str(gazette.key), "https://gazette.example/log")
    fork = gazette.copy().grow(2, "other")
    gazette.grow(2).push(0)
    fork.push(9)
    damage.note(small.home, damage.Found(Message("A copy was put back."), None, damage.RESTORED))
    acknowledge(small.steward, nobody_has_seen_more=True)
    seen = Checkpoint.objects.latest("size")
    words, witness, authority = note.parse(seen.note).text, Witness(), Authority(at=NOW)
    line = cosign(words, witness.key, witness.private.sign, int(NOW.timestamp()))
    keep_cosignature(seen, line, NOW)
    keep_stamp(seen, "https://a.example", authority.answer(query(words).content), NOW)
    Doubted.objects.create(origin="gazette.example/log", size=3, root="00" * 32, note="-", kept_at=LATER)
    Remains.objects.create(what=Todo.SPACE, name="items_version", before=LONG_AGO)
    return small


CHANGED: list[tuple[str, type[Model], dict[str, Any]]] = [
    ("evidence_logkey_reason_known", LogKey, {"reason": "bored", "overlap_until": None}),
    ("log_key_overlaps_where_handed_over", LogKey, {"overlap_until": None}),
    ("log_key_overlaps_where_handed_over", LogKey, {"reason": Ground.LOST}),
    ("evidence_keyrevocation_reason_known", KeyRevocation, {"reason": "bored"}),
    ("key_revocation_has_a_ground", KeyRevocation, {"reason": Ground.ROTATED}),
    ("retention_hold_on_known|hold_names_what_it_is_on", Hold, {"on": "desk"}),
    ("retention_hold_role_known", Hold, {"role": "owner"}),
    ("hold_names_what_it_is_on", Hold, {"item": None}),
    ("hold_names_what_it_is_on", Hold, {"on": On.EVERYTHING}),
    ("hold_names_what_it_is_on", Hold, {"on": On.PERSON}),
    ("hold_names_what_it_is_on", Hold, {"on": On.PERSON, "person": F("set_by")}),
    ("hold_names_what_it_is_on", Hold, {"on": On.QUESTION}),
    ("hold_names_what_it_is_on", Hold, {"person": F("set_by")}),
    ("hold_says_why", Hold, {"reason": ""}),
    ("hold_is_lifted_by_someone_who_says_why", Hold, {"lifted_by": F("set_by")}),
    ("hold_is_lifted_by_someone_who_says_why", Hold, {"lifted_at": LATER}),
    ("hold_is_lifted_by_someone_who_says_why", Hold, {"lifted_because": "It is over."}),
    ("hold_is_lifted_by_someone_who_says_why", Hold, {"lifted_by": F("set_by"), "lifted_at": LATER}),
    ("hold_is_lifted_by_someone_who_says_why", Hold, {"lifted_at": LATER, "lifted_because": "It is over."}),
    (
        "hold_is_lifted_by_someone_who_says_why",
        Hold,
        {"lifted_by": F("set_by"), "lifted_because": "It is over."},
    ),
    (
        "hold_is_lifted_by_someone_who_says_why",
        Hold,
        {"lifted_by": F("set_by"), "lifted_at": LATER, "lifted_because": ""},
    ),
    (
        "hold_is_lifted_by_someone_who_says_why",
        Hold,
        {"lifted_by": F("set_by"), "lifted_at": LONG_AGO, "lifted_because": "It is over."},
    ),
    ("retention_schedule_kept_known", Schedule, {"kept": "coffee"}),
    ("retention_schedule_role_known", Schedule, {"role": "owner"}),
    ("schedule_days", Schedule, {"days": 0}),
    ("schedule_says_why", Schedule, {"reason": ""}),
    ("retention_minimum_kept_known", Minimum, {"kept": "coffee"}),
    ("retention_minimum_role_known", Minimum, {"role": "owner"}),
    ("minimum_days", Minimum, {"days": 0}),
    ("minimum_says_which_law", Minimum, {"reason": ""}),
    *(
        (f"{name}_{rule}", model, values)
        for name, model in (("witnessed_log", WitnessedLog), ("asked_witness", AskedWitness))
        for rule, values in (
            ("says_where_and_who", {"name": ""}),
            ("says_where_and_who", {"key": ""}),
            ("says_where_and_who", {"address": ""}),
            ("is_ended_by_somebody", {"ended_at": LATER}),
            ("is_ended_by_somebody", {"ended_by": F("added_by")}),
        )
    ),
    ("witness_alarm_fault_known", Alarm, {"fault": "smell"}),
    ("alarm_is_ended_by_somebody", Alarm, {"ended_at": LATER}),
    ("alarm_is_ended_by_somebody", Alarm, {"ended_by": "a person"}),
    ("alarm_is_ended_by_somebody", Alarm, {"ended_by": "a person", "ended_at": LONG_AGO}),
    ("restoration_of_something_found", Restoration, {"damage": []}),
    ("key_followed_takes_over", FollowedKey, {"from_size": 0}),
    ("witness_revokedkey_reason_known", RevokedKey, {"reason": "bored"}),
    ("witnessed_key_revoked_from", RevokedKey, {"from_size": -1}),
    # What is no evidence, or the log's own.
    ("entry_place", Entry, {"place": -1}),
    ("remains_are_of_a_kind", Remains, {"what": "dust"}),
    ("seen_counts_up", Seen, {"size": -1}),
    ("seen_counts_up", Seen, {"said_at": -1}),
]

COPIED: list[tuple[str, str, type[Model], dict[str, Any]]] = [
    ("key", "key", LogKey, {"previous": "a", "from_size": 900}),
    ("previous", "previous", LogKey, {"key": "a", "from_size": 900}),
    ("from_size", "from_size", LogKey, {"key": "a", "previous": "b"}),
    ("key", "key", KeyRevocation, {"from_size": 900}),
    ("witnessed_log_once", "name key", WitnessedLog, {"address": "https://other.example"}),
    ("asked_witness_once", "name key", AskedWitness, {"address": "https://other.example"}),
    ("key_followed_once", "log_id key", FollowedKey, {"previous": "b", "from_size": 900}),
    ("key_followed_by_one", "log_id previous", FollowedKey, {"key": "b", "from_size": 900}),
    ("key_followed_at_one_size", "log_id from_size", FollowedKey, {"key": "b", "previous": "c"}),
    ("witnessed_key_revoked_once_from", "log_id key from_size", RevokedKey, {"reason": Ground.OTHER}),
    ("key", "key", OwnKey, {}),
    ("public_id", "public_id", Alarm, {"origin": "other.example/log"}),
    ("one_open_alarm_a_log", "origin", Alarm, {"public_id": "another"}),
    ("place", "place", Entry, {}),
    ("remains_are_listed_once", "what name", Remains, {"before": LATER}),
    ("one_cosignature_a_witness", "checkpoint_id name key_id", Cosignature, {"line": "another"}),
    ("doubted_once", "origin size root", Doubted, {"told_by": "another", "kept_at": LATER}),
    ("one_stamp_an_authority", "checkpoint_id authority", Stamp, {"token": b"2"}),
]


def test_no_row_about_the_log_can_be_made_illegal(full):
    somebody = Person.objects.first()
    for constraint, model, values in CHANGED:
        row = model._default_manager.order_by("pk").first()
        assert row is not None, model
        said = {name: somebody if value == "a person" else value for name, value in values.items()}
        refused(constraint, lambda m=model, r=row, v=said: m._default_manager.filter(pk=r.pk).update(**v))


def test_nothing_about_the_log_that_stands_once_can_stand_twice(full):
    for _, columns, model, values in COPIED:
        row = model._default_manager.first()
        assert row is not None, model
        row.pk = None if model in (Remains, Doubted) else new_id()
        for name, value in values.items():
            setattr(row, name, value)
        row._state.adding = True
        refused(doubled(columns), lambda r=row: r.save(force_insert=True))


def test_no_row_about_the_log_stands_without_its_entry(full):
    for model in VOUCHED:
        row = model.objects.first()
        assert row is not None, model
        refused("entry_id", lambda m=model, r=row: m.objects.filter(pk=r.pk).update(entry=None))


def test_the_log_s_own_tables_hold_each_thing_once(full):
    checkpoint, digest = Checkpoint.objects.first(), RowDigest.objects.first()
    refused(doubled("size"), lambda: checkpoint.save(force_insert=True))
    refused(doubled("place table row"), lambda: digest.save(force_insert=True))


def test_there_is_one_head_of_the_log(full):
    head = LogHead.objects.get()
    head.pk = 2
    refused("log_head_is_one_row", lambda: head.save(force_insert=True))
    refused("log_head_size", lambda: LogHead.objects.update(size=-1))


def test_a_log_on_which_all_this_was_done_is_in_order(full):
    assert verify_log().intact
