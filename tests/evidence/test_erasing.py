"""What is erased is gone from the record, and everything that was proved stays proved."""

import pytest
from django.db import connection
from tests.evidence.desk import add_person

from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence import bundle, erasing, fields
from masthead.newsroom.evidence.guard import NotRecorded, lifted
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import record
from masthead.newsroom.evidence.models import Entry, Erasure, RowDigest
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log

SAID = {
    "person": None, "item": None, "question": None, "ground": "objected", "removed": {}, "role": None,
    "through": "terminal",
}  # fmt: skip


def erase(person, names=frozenset({"person"}), place=0):
    def decide(r):
        erasing.blank(r, Person, {person.pk: {"name": "gone", "key": "gone"}})
        erasing.destroy(r, {place: names})
        return SAID

    return record(Kind.DATA_ERASED, actor=None, decide=decide)


def test_an_erased_field_keeps_its_digest_and_every_proof(log):
    ada, _ = add_person("Ada")
    add_person("Grace")
    before = publish_checkpoint()
    entry = Entry.objects.get(place=0)
    digests = {each.name: each.digest for each in fields.fields_of(entry)}
    proof = bundle.proof(0, before.size)
    erase(ada)
    after = Entry.objects.get(place=0)
    assert {each.name: each.digest for each in fields.fields_of(after)} == digests
    assert "person" not in fields.values_of(after)
    assert [each.name for each in fields.fields_of(after) if each.erased] == ["person"]
    assert (bytes(after.commitment), bytes(after.leaf_hash)) == (
        bytes(entry.commitment),
        bytes(entry.leaf_hash),
    )
    assert bundle.proof(0, before.size) == proof
    assert verify_log().intact


def test_an_erased_row_is_vouched_for_as_it_is_now(log):
    ada, added = add_person("Ada")
    receipt = erase(ada)
    ada.refresh_from_db()
    assert (ada.name, ada.entry.place, ada.revision) == ("gone", added.place, 1)
    salts = dict(RowDigest.objects.filter(row=ada.pk).values_list("entry", "salt"))
    assert salts[added.place] is None
    assert salts[receipt.place] is not None
    assert verify_log().intact
    with lifted():
        Person.objects.filter(pk=ada.pk).update(name="Ada")
    assert verify_log().first_failure.place == receipt.place


def test_a_field_that_is_gone_without_an_entry_is_named(log):
    add_person("Ada")
    entry = Entry.objects.get(place=0)
    gone = fields.join(
        each.without_value() if each.name == "person" else each for each in fields.fields_of(entry)
    )
    with lifted():
        Entry.objects.filter(place=0).update(sealed=gone)
    failure = verify_log().first_failure
    assert failure.place == 0
    assert "person" in str(failure.why)


def test_an_erasure_covers_the_fields_it_names_and_no_others(log):
    ada, _ = add_person("Ada")
    erase(ada)
    entry = Entry.objects.get(place=0)
    with lifted():
        left = [each.without_value() if each.name == "roles" else each for each in fields.fields_of(entry)]
        Entry.objects.filter(place=0).update(sealed=fields.join(left))
    assert verify_log().first_failure.place == 0


def test_the_list_of_what_was_erased_is_evidence_itself(log):
    ada, _ = add_person("Ada")
    receipt = erase(ada)
    with lifted():
        Erasure.objects.update(names=["person", "roles"])
    assert verify_log().first_failure.place == receipt.place


def test_a_row_whose_newest_digest_lost_its_salt_is_named(log):
    add_person("Ada")
    with lifted():
        RowDigest.objects.update(salt=None)
    assert not verify_log().intact


def test_what_is_erased_already_is_passed_over(log):
    ada, _ = add_person("Ada")
    erase(ada)
    erase(ada)
    assert Erasure.objects.count() == 1
    assert verify_log().intact


def test_only_an_entry_of_its_kind_erases(log):
    ada, _ = add_person("Ada")

    def decide(r):
        erasing.blank(r, Person, {ada.pk: {"name": "gone", "key": "gone"}})
        return {"person": str(ada.pk), "office": False, "roles": [], "through": "terminal"}

    with pytest.raises(TypeError):
        record(Kind.PERSON_ADDED, actor=None, decide=decide)
    ada.refresh_from_db()
    assert ada.name == "Ada"
    with pytest.raises(NotRecorded), connection.cursor() as cursor:
        cursor.execute("UPDATE evidence_entry SET sealed = sealed")
