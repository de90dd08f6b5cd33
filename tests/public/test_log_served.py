"""The log under `/log/`: for anybody, without a trace, kept by others as long as it cannot change."""

import gzip
import json
from urllib.parse import quote

import pytest
from tests.evidence.longlog import grow
from tests.evidence.test_served import cosigned
from tests.public.outlet import published

from masthead.newsroom.accounts.commands.log_keys import revoke, rotate
from masthead.newsroom.evidence import served
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.models import Entry, LogHead
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.tlog import note
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.handover import Ground, follow
from masthead.tlog.key_list import KeyList
from masthead.tlog.note import VerifierKey
from masthead.tlog.tiles import covering

FOR_EVER = "public, max-age=31536000, immutable"


@pytest.fixture
def size(small) -> int:
    """How far the log is published: over the border of a tile, and an entry behind the head."""
    grow(300 - LogHead.objects.get().size)
    publish_checkpoint()
    grow(1)
    return 300


def addresses(size: int) -> list[str]:
    return ["/log/checkpoint", "/log/keys", *(f"/log/{tile.path}" for tile in covering(size))]


def test_each_tile_is_served_as_the_specification_wants_it(size, reader):
    for tile in covering(size):
        response = reader.get(f"/log/{tile.path}")
        assert response.content == served.content(tile)
        assert response["Content-Type"] == "application/octet-stream"
        assert response["Cache-Control"] == FOR_EVER
        assert "Vary" not in response or response["Vary"] == "Accept-Encoding"


def test_the_checkpoint_is_kept_by_nobody_beyond_seconds_and_the_key_verifies_it(size, reader):
    response, keys = reader.get("/log/checkpoint"), reader.get("/log/keys")
    for each in (response, keys):
        assert each["Content-Type"] == "text/plain; charset=utf-8"
        assert each["Cache-Control"] == "public, max-age=5"
    signed = note.parse(response.content.decode())
    assert Checkpoint.parse(signed.text).size == size
    assert note.verify(signed, KeyList.parse(keys.content.decode()).at(size).key)
    grow(1)
    assert reader.get("/log/checkpoint")["ETag"] == response["ETag"]
    publish_checkpoint()
    assert reader.get("/log/checkpoint")["ETag"] != response["ETag"]


def test_all_of_it_is_open_to_everybody_s_pages_and_leaves_no_trace(size, reader):
    for address in [*addresses(size), "/log/tile/0/999", "/log/tile/nothing"]:
        response = reader.get(address)
        assert response["Access-Control-Allow-Origin"] == "*", address
        assert response["X-Content-Type-Options"] == "nosniff"
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
    assert not reader.cookies


def test_whoever_has_it_already_is_not_sent_it_again(size, reader):
    for address in addresses(size):
        first = reader.get(address)
        assert first["ETag"].startswith('"'), "a strong tag"
        for said in (first["ETag"], f'"other", {first["ETag"]}', "*"):
            again = reader.get(address, headers={"If-None-Match": said})
            assert (again.status_code, again.content) == (304, b"")
            assert again["ETag"] == first["ETag"]
            assert again["Cache-Control"] == first["Cache-Control"]
            assert again["Access-Control-Allow-Origin"] == "*"
        assert reader.get(address, headers={"If-None-Match": '"other"'}).content == first.content


def test_its_head_is_what_it_would_be_and_nothing_else_is_taken(size, reader):
    for address in addresses(size):
        got, head = reader.get(address), reader.head(address)
        assert (head.status_code, head.content) == (200, b"")
        assert {k: head[k] for k in ("Content-Length", "ETag", "Cache-Control", "Content-Type")} == {
            k: got[k] for k in ("Content-Length", "ETag", "Cache-Control", "Content-Type")
        }
        for method in ("post", "put", "patch", "delete", "options", "trace"):
            refused = getattr(reader, method)(address)
            assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD"), method


def test_a_bundle_is_sent_packed_to_who_unpacks_it_and_a_tile_of_hashes_never(size, reader):
    for tile in covering(size):
        plain = reader.get(f"/log/{tile.path}")
        packed = reader.get(f"/log/{tile.path}", headers={"Accept-Encoding": "gzip"})
        if "entries" in tile.path:
            assert packed["Content-Encoding"] == "gzip"
            assert plain["Vary"] == packed["Vary"] == "Accept-Encoding"
            assert gzip.decompress(packed.content) == plain.content
            assert len(packed.content) < 0.7 * len(plain.content)
            assert packed["ETag"] != plain["ETag"]
        else:
            assert "Content-Encoding" not in packed
            assert packed.content == plain.content


def test_it_has_one_address_whatever_the_language(size, reader):
    for address in addresses(size):
        assert reader.get(f"/fr{address}").status_code == 404, address
        french = reader.get(address, headers={"Accept-Language": "fr"})
        assert french.content == reader.get(address).content
        assert "Accept-Language" not in french.get("Vary", "")


@pytest.mark.parametrize("path", ["0/001.p/44", "entries/001.p/44"])
def test_a_tile_at_the_edge_that_was_changed_is_refused_and_kept_by_nobody(size, reader, path):
    reader.raise_request_exception = False
    assert reader.get(f"/log/tile/{path}").status_code == 200
    with lifted():
        Entry.objects.filter(place=size - 1).update(leaf_hash=b"x" * 32)
    refused = reader.get(f"/log/tile/{path}")
    assert (refused.status_code, refused["Cache-Control"]) == (500, "no-store")


@pytest.mark.parametrize(
    "path",
    [
        *("0/000.p/44", "0/001.p/45", "0/001", "0/002.p/1", "1/000", "1/000.p/2", "2/000.p/1"),
        *("entries/001", "entries/001.p/45", "entries/002.p/1", "entries/000.p/0", "entries/0"),
        *("0/0", "00/000", "0/x000/000", "0/000.p/0", "0/000.p/256", "0/000.p/01", "64/000", "0/-01"),
        *("0/\u0660\u0660\u0660", "0/000/", "0/000.p", "0/000.p/", "0/..", "../checkpoint", "0//000"),
        *("0/x009/x223/x372/x036/x854/x775/807", "63/x999/x999/x999/x999/x999/x999/999", "7/x999/999"),
        *("0/" + "x999/" * 500 + "999", "0/000\n", "0/000\x00", "0/000%2e", "entries", "0", "%"),
    ],
)
def test_whatever_is_no_tile_of_a_published_checkpoint_is_not_found(size, reader, path):
    response = reader.get(f"/log/tile/{quote(path)}")
    assert response.status_code == 404
    # With the next checkpoint it may be there: nobody may keep that it was not.
    if response["Content-Type"].startswith("text/plain"):
        assert response["Cache-Control"] == "no-store"
        assert response.content.count(b"\n") == 1


def test_before_anything_is_signed_there_is_no_checkpoint_and_no_tile(home, reader):
    for address in ("/log/checkpoint", "/log/keys", "/log/tile/0/000.p/1", "/log/tile/entries/000.p/1"):
        assert reader.get(address).status_code == 404


def test_a_publication_is_in_what_is_served_at_once(small, reader):
    published(small)
    signed = note.parse(reader.get("/log/checkpoint").content.decode())
    size = Checkpoint.parse(signed.text).size
    assert size == LogHead.objects.get().size
    assert all(reader.get(f"/log/{tile.path}").status_code == 200 for tile in covering(size))


def test_a_cosignature_changes_the_checkpoint_and_its_tag(size, reader):
    first = reader.get("/log/checkpoint")
    cosigned(served.newest(), 1)
    second = reader.get("/log/checkpoint", headers={"If-None-Match": first["ETag"]})
    assert (second.status_code, second["ETag"] != first["ETag"]) == (200, True)
    assert second.content.startswith(first.content)
    assert "witness1.example" in second.content.decode()


def test_a_tile_that_was_changed_in_the_database_is_not_handed_out_and_its_refusal_not_kept(size, reader):
    with lifted():
        Entry.objects.filter(place=7).update(commitment=bytes(32))
    for path in ("entries/000", "entries/001.p/44"):
        response = reader.get(f"/log/tile/{path}")
        assert response.status_code == (500 if path == "entries/000" else 200)
        assert ("immutable" in response["Cache-Control"]) == (response.status_code == 200)
        assert ("no-store" in response["Cache-Control"]) == (response.status_code == 500)


def test_a_new_key_is_told_at_once_wherever_a_key_is_told(small, reader):
    def told() -> tuple[str, list[str]]:
        said = json.loads(reader.get("/.well-known/masthead.json").content)["log"]
        return said["key"], [each["state"] for each in said["all_keys"]]

    first, _ = told()
    changed = rotate(small.steward)
    assert told() == (str(changed.key), ["along", "current"])
    assert str(changed.key) in reader.get("/log/keys").content.decode()
    revoke(small.steward, first, Ground.LOST)
    assert told() == (str(changed.key), ["revoked", "current"])
    listed = KeyList.parse(reader.get("/log/keys").content.decode())
    assert [each.state.value for each in listed.keys] == ["revoked", "current"]
    assert follow(VerifierKey.parse(first), listed.notes).keys == (VerifierKey.parse(first), changed.key)
