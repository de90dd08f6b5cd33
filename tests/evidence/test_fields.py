"""Sealed fields are kept as the lines that are hashed, and read in one place."""

import pytest
import rfc8785
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.desk import ITEM, add_person, erase, publish_item

from masthead.newsroom.evidence import sealed
from masthead.newsroom.evidence.fields import Says, fields_of, join, parse, said, values_of
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log

NAMES = st.text(st.characters(max_codepoint=127), max_size=8)
LEAVES = st.none() | st.booleans() | st.integers(1 - 2**53, 2**53 - 1) | st.text()
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner), max_leaves=20)


@given(VALUES)
def test_canonical_json_is_that_of_rfc_8785(value):
    assert sealed.canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", ["\ud800", ["\udfff"], {"a": "\ud800"}])
def test_what_is_no_text_of_unicode_is_refused(value):
    with pytest.raises(ValueError):
        sealed.canonical(value)


@given(st.dictionaries(st.from_regex(r"[a-z_0-9]+", fullmatch=True), VALUES, min_size=1))
def test_what_is_sealed_is_read_again_and_hashes_to_its_commitment(values):
    lines, commitment = sealed.seal(values)
    fields = parse(lines)
    assert [field.name for field in fields] == sorted(values)
    assert join(fields) == lines
    for field in fields:
        assert field.value == sealed.canonical(values[field.name])
        assert field.digest == sealed.field_digest(field.salt, field.name, field.value)
    digests = {field.name: field.digest for field in fields}
    assert sealed.commitment_of(digests) == commitment
    assert parse(join(field.without_value() for field in fields)) == tuple(
        field.without_value() for field in fields
    )


@given(st.integers(1, 5), st.lists(st.from_regex(r"[a-z_0-9%]+", fullmatch=True), min_size=1, unique=True))
def test_entries_sealed_together_are_those_sealed_one_by_one(many, names):
    said = [{name: f"{name} {number}" for name in names} for number in range(many)]
    texts = {name: [sealed.canonical_text(each[name]) for each in said] for name in names}
    salts = set()
    for (lines, commitment), values in zip(sealed.seal_texts(texts), said, strict=True):
        fields = parse(lines)
        salts |= {field.salt for field in fields}
        assert {field.name: field.value for field in fields} == {
            name: sealed.canonical(value) for name, value in values.items()
        }
        assert sealed.commitment_of({field.name: field.digest for field in fields}) == commitment
    assert len(salts) == many * len(names)


@pytest.mark.parametrize(
    "lines", [b"x", b'["00","a",1]', b'["%s","a",]' % (b"0" * 32), b'{"digest":"00"}', b"\n"]
)
def test_what_is_not_in_its_form_cannot_be_read(lines):
    with pytest.raises(ValueError):
        parse(lines)
    assert values_of(Entry(sealed=lines)) == {}


def test_what_entries_say_is_read_by_place_and_by_name(log):
    place = publish_item().place
    assert said([place, 0, 99], ["item", "medium"]) == {
        0: {"item": ITEM, "medium": "text"},
        place: {"item": ITEM},
    }
    assert said([place])[place] == values_of(Entry.objects.get(place=place))
    erase(place, "item")
    assert "item" not in said([place])[place]
    assert [field.name for field in fields_of(Entry.objects.get(place=place)) if field.erased] == ["item"]


def test_entries_are_found_by_what_a_field_says(log):
    publish_item()
    add_person("Ada")
    about = Entry.objects.filter(Says("item", ITEM))
    assert about.count() == 6
    assert not Entry.objects.filter(Says("item", ITEM + "x")).exists()
    assert not Entry.objects.filter(Says("person", ITEM)).exists()


def test_a_log_written_before_migrates_and_verifies(log):
    publish_item()
    add_person("Ada")
    publish_checkpoint()
    whole = Entry.objects.get(place=1).sealed
    erase(1, "number")
    before = dict(Entry.objects.values_list("place", "sealed"))
    call_command("migrate", "evidence", "0003", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(salt) FROM evidence_entryfield")
        fields = sum(len(parse(bytes(lines))) for lines in before.values())
        assert cursor.fetchone() == (fields, fields - 1)
    call_command("migrate", verbosity=0)
    assert dict(Entry.objects.values_list("place", "sealed")) == before
    with lifted():
        Entry.objects.filter(place=1).update(sealed=whole)
    assert verify_log().intact


def test_what_was_changed_before_is_found_after_the_migration(log):
    publish_item()
    call_command("migrate", "evidence", "0003", verbosity=0)
    with lifted(), connection.cursor() as cursor:
        changed = "UPDATE evidence_entryfield SET value = %s WHERE place = 4 AND name = 'role'"
        cursor.execute(changed, [b'"steward"'])
    call_command("migrate", verbosity=0)
    assert verify_log().first_failure.place == 4
