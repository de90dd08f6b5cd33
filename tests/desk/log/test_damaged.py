"""A damaged log is read when it matters most: its pages go on, and say what does not hold."""

import pytest
from django.db import connection
from tests.desk.log.test_log import LOG, html
from tests.newsroom.desk import ready, size, use
from tests.newsroom.logins import client_of

from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.publish import publish_checkpoint

UNREAD = "Its page says what does not hold."


@pytest.fixture
def signed_off(small) -> Entry:
    """An entry about an item, with a checkpoint over it, and pages that were looked at before."""
    ready(small, use())
    publish_checkpoint()
    html(client_of(small.editor))
    return Entry.objects.get(kind=Kind.SIGNED_OFF)


def says(entry: Entry, name: str, value: bytes) -> None:
    """Put another value in the place of a sealed field."""
    lines = bytes(Entry.objects.values_list("sealed", flat=True).get(pk=entry.pk)).split(b"\n")
    at = next(number for number, line in enumerate(lines) if line[36:].startswith(b'"%s",' % name.encode()))
    lines[at] = lines[at][:36] + b'"%s",%s]' % (name.encode(), value)
    with lifted():
        Entry.objects.filter(pk=entry.pk).update(sealed=b"\n".join(lines))


def in_its_place(entry: Entry, column: str, value: str) -> None:
    """Put what is none of its sort into a column, as only SQLite lets anybody."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL takes nothing else there")
    with lifted(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE evidence_entry SET {column} = {value} WHERE place = %s", [entry.place])


def test_an_entry_of_a_kind_that_nobody_knows_stands_in_the_list_and_has_its_page(small, signed_off):
    with lifted():
        Entry.objects.filter(pk=signed_off.pk).update(kind=signed_off.kind + 512)
    client = client_of(small.editor)
    page = html(client)
    assert UNREAD in page
    assert "Brought the item in." in page
    assert [line.place for line in client.get(LOG).context["lines"]] == list(range(size() - 1, -1, -1))
    own = html(client, f"{LOG}{signed_off.place}/")
    assert "It does not hold" in own
    assert "its hash does not belong to its kind and commitment" in own


@pytest.mark.parametrize(
    ("column", "value"), [("actor", "'zz'"), ("sealed", "CAST(sealed AS TEXT)"), ("leaf_hash", "'x'"),
                          ("commitment", "'x'"), ("kind", "'x'")]
)  # fmt: skip
def test_a_row_that_holds_another_sort_of_value_takes_no_other_entry_with_it(
    small, signed_off, column, value
):
    in_its_place(signed_off, column, value)
    client = client_of(small.editor)
    assert "Brought the item in." in html(client)
    assert "Brought the item in." in html(client, since="2000-01-01")
    own = html(client, f"{LOG}{signed_off.place}/")
    assert "It does not hold" in own
    assert "and its hash stands in the log" not in own
    proof = client.get(f"{LOG}{signed_off.place}/proof").content.decode()
    assert "broke" not in proof


def test_a_place_that_is_none_ends_no_list(small, signed_off, monkeypatch):
    monkeypatch.setattr("masthead.desk.log.finding.SIZE", 5)
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL takes nothing else there")
    with lifted(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO evidence_entry (id, place, kind, recorded_at, commitment, leaf_hash, sealed)"
            " SELECT %s, 'x', kind, recorded_at, commitment, leaf_hash, sealed FROM evidence_entry LIMIT 1",
            ["f" * 32],
        )
    answer = client_of(small.editor).get(LOG)
    assert answer.status_code == 200
    assert len(answer.context["lines"]) == 5
    assert answer.context["older"]


@pytest.mark.parametrize("value", [b"{}", b"[1]", b"7", b'"zz"', b"[{}]"])
def test_a_sealed_value_of_another_form_takes_no_other_entry_with_it(small, signed_off, value):
    client, kept = client_of(small.editor), Entry.objects.in_bulk(field_name="place")
    for kind, name in (
        *((Kind.SIGNED_OFF, name) for name in ("actor", "item", "role", "rows", "through")),
        *((Kind.ITEM_ADDED, name) for name in ("uses", "canonical_sha256")),
        (Kind.PERSON_ADDED, "person"),
    ):
        entry = next(each for each in kept.values() if each.kind == kind)
        says(entry, name, value)
        assert "Evidence log" in html(client)
        own = html(client, f"{LOG}{entry.place}/")
        assert "It does not hold" in own, (kind, name)
        with lifted():
            Entry.objects.filter(pk=entry.pk).update(sealed=entry.sealed)


def test_a_field_that_cannot_be_read_is_not_said_to_be_erased(small, signed_off):
    says(signed_off, "role", b'"editor')
    own = html(client_of(small.editor), f"{LOG}{signed_off.place}/")
    assert "cannot be read" in own
    assert "erased" not in own


def test_a_head_of_another_sort_is_said_to_be_unreadable(small, signed_off):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL takes nothing else there")
    with lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE evidence_checkpoint SET root = 'x'")
    client = client_of(small.editor)
    own = html(client, f"{LOG}{signed_off.place}/")
    assert "It does not hold" in own
    assert client.get(LOG).status_code == 200


def test_a_way_that_does_not_lead_to_the_root_is_not_drawn(small, signed_off):
    client = client_of(small.editor)
    address = f"{LOG}{signed_off.place}/"
    assert "The way to the signed head" in html(client, address)
    with lifted():
        Entry.objects.filter(pk=signed_off.pk).update(leaf_hash=bytes(32))
    own = html(client, address)
    assert "its place in the published log does not hold" in own
    assert "The way to the signed head" not in own


def test_of_a_row_that_cannot_be_read_nothing_is_said_as_though_it_were_known(small, signed_off):
    in_its_place(signed_off, "actor", "'zz'")
    own = html(client_of(small.editor), f"{LOG}{signed_off.place}/")
    for unknown in ("of no kind that there is", "stored hashes are missing", "Leaf hash", "tlog-proof"):
        assert unknown not in own, unknown
