"""What is served of the log: whole tiles of published checkpoints, and never anything else."""

from dataclasses import replace
from hashlib import sha256
from itertools import product

import pytest
import rfc8785
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evidence.desk import add_person
from tests.evidence.longlog import AT, grow

from masthead.errors import Damaged, NotFound
from masthead.newsroom.evidence import edge, keys, sealed, served
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Checkpoint, Cosignature, Entry, LogHead, Node
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.tlog import note
from masthead.tlog.checkpoint import Checkpoint as Signed
from masthead.tlog.hashes import leaf_hash
from masthead.tlog.note import VerifierKey
from masthead.tlog.proofs import Tree
from masthead.tlog.tiles import (
    ENTRIES,
    LARGEST_SIZE,
    Tile,
    covering,
    entries_of,
    hashes_in,
    levels,
    width_at,
)


def published(*sizes: int) -> None:
    """Grow the log to each of these sizes and publish it there."""
    for size in sizes:
        grow(size - LogHead.objects.get().size)
        publish_checkpoint()


def cosigned(row: Checkpoint, number: int, name: str = "") -> None:
    """Keep a cosignature of a checkpoint, as if a witness had sent it."""
    name, key_id = name or f"witness{number}.example", bytes([0, 0, 0, number])
    with lifted():
        Cosignature.objects.create(
            checkpoint=row,
            name=name,
            key_id=key_id,
            line=f"\u2014 {name} {note.encode(key_id + bytes(72))}",
            said_at=row.signed_at,
        )


def is_there(tile: Tile) -> bool:
    try:
        return bool(served.content(tile))
    except NotFound:
        return False


def test_a_log_that_was_never_published_has_nothing_to_serve(log):
    add_person("Ada")
    with pytest.raises(NotFound, match="Nothing of the log is signed yet"):
        served.checkpoint()
    assert not is_there(Tile(0, 0, 1))


def test_the_checkpoint_of_an_empty_log_has_no_tiles(log):
    publish_checkpoint()
    said = Signed.parse(note.parse(served.checkpoint().decode()).text)
    assert said.size == 0
    assert not any(is_there(Tile(level, 0, width)) for level in (ENTRIES, 0, 1) for width in (1, 255, 256))


@pytest.mark.parametrize("size", [1, 255, 256, 257, 511, 512, 513])
def test_the_tiles_of_the_newest_checkpoint_have_its_root(log, size):
    published(size)
    row = served.newest()
    signed = note.parse(served.checkpoint().decode())
    assert note.verify(signed, VerifierKey.parse(keys.public_line(log)))
    assert (row.size, Signed.parse(signed.text).root) == (size, bytes(row.root))
    assert Tree(size, hashes_in(size, served.content)).root() == bytes(row.root)


def test_an_entry_is_served_as_its_public_face_alone(log):
    published(3)
    tile = Tile(ENTRIES, 0, 3)
    for place, body in enumerate(entries_of(tile, served.content(tile))):
        entry = Entry.objects.get(place=place)
        assert body == b'{"commitment_sha256":"%s","kind":%d,"v":1}' % (
            bytes(entry.commitment).hex().encode(),
            entry.kind,
        )
        assert leaf_hash(body) == bytes(entry.leaf_hash)
        assert body == rfc8785.dumps(sealed.face(entry.kind, bytes(entry.commitment)))


def test_nothing_beyond_the_newest_published_checkpoint_is_served(log):
    published(254)
    grow(300)
    for level in (ENTRIES, 0):
        assert is_there(Tile(level, 0, 254))
        for beyond in (Tile(level, 0, 255), Tile(level, 0), Tile(level, 1, 1), Tile(level, 2, 42)):
            assert not is_there(beyond), beyond
    assert not is_there(Tile(1, 0, 1))


def test_a_partial_tile_is_served_at_the_widths_of_published_checkpoints_alone(log):
    published(3, 7, 258, 515)
    for level in (ENTRIES, 0):
        assert [w for w in range(1, 256) if is_there(Tile(level, 0, w))] == [3, 7]
        assert [w for w in range(1, 256) if is_there(Tile(level, 1, w))] == [2]
        assert [w for w in range(1, 256) if is_there(Tile(level, 2, w))] == [3]
        assert [is_there(Tile(level, at)) for at in range(4)] == [True, True, False, False]
        assert served.published_widths(level, 0) == [3, 7]
        assert served.published_widths(level, 2) == [3]
    assert [w for w in range(1, 256) if is_there(Tile(1, 0, w))] == [1, 2] == served.published_widths(1, 0)
    assert served.published_widths(0, 0, below=7) == [3]
    assert not is_there(Tile(2, 0, 1))


BORDERS = st.sampled_from([255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 131_072])


@given(st.sets(st.one_of(BORDERS, st.integers(0, 1_500), st.integers(0, 140_000)), max_size=8))
@settings(max_examples=40)
def test_a_tile_is_published_just_where_a_published_size_has_it(log, sizes):
    with lifted():
        Checkpoint.objects.all().delete()
        Checkpoint.objects.bulk_create(
            Checkpoint(size=size, root=bytes(32), note="", signed_at=AT) for size in sizes
        )
    have = {tile for size in sizes for tile in edge_of(size)}
    near = {
        replace(tile, width=w)
        for tile in have
        for w in (1, tile.width - 1, tile.width + 1, 256)
        if 0 < w < 257
    }
    for tile in have | near:
        there = any(width_at(size, tile.level, tile.index) == tile.width for size in sizes)
        with pytest.raises(Damaged if there else NotFound):  # of what is due, nothing is stored
            served.content(tile)
    for level, index in {(tile.level, tile.index) for tile in have}:
        widths = {width_at(size, level, index) for size in sizes} - {0, 256}
        assert served.published_widths(level, index) == sorted(widths)


def edge_of(size: int) -> list[Tile]:
    """The last tile of each level, which changes with every entry."""
    found = []
    for level in levels(size):
        index = ((size >> 8 * max(level, 0)) - 1) // 256
        found.append(Tile(level, index, width_at(size, level, index)))
    return found


def test_a_tile_is_the_same_for_ever(log):
    published(200)
    kept = {tile: served.content(tile) for tile in covering(200)}
    published(300, 520)
    assert {tile: served.content(tile) for tile in kept} == kept
    for size in (300, 520):
        assert Tree(size, hashes_in(size, served.content)).root() == bytes(
            Checkpoint.objects.get(pk=size).root
        )


def test_tiles_that_no_log_could_have_are_not_found(log):
    published(2)
    heights, indices, widths = (ENTRIES, 0, 1, 6, 7, 8, 63), (2**31, 2**55, LARGEST_SIZE), (1, 255, 256)
    asked = [Tile(*each) for each in product(heights, indices, widths)]
    assert [tile for tile in asked if is_there(tile)] == []


def test_a_tile_costs_the_same_however_long_the_log_is(log):
    edge._read.cache_clear()
    counts = []
    for size in (300, 3000):
        published(size)
        for tile in (Tile(0, 0), Tile(0, 1, 44) if size == 300 else Tile(0, 11, 184), Tile(ENTRIES, 0)):
            for _ in range(2):
                with CaptureQueriesContext(connection) as queries:
                    served.content(tile)
                counts.append(len(queries))
    # At the edge the first asker of a checkpoint has it held against the root: a query a level.
    assert counts == [3, 3, 4, 2, 3, 3] * 2


def test_cosignatures_follow_the_log_s_own_signature(log):
    published(3)
    row = served.newest()
    for number in range(20):
        cosigned(row, number)
    read = note.parse(served.checkpoint().decode())
    assert [s.name for s in read.signatures] == [
        read.signatures[0].name,
        *(f"witness{number}.example" for number in range(15)),
    ], "as many as every reader takes, the first that came"
    assert note.verify(read, VerifierKey.parse(keys.public_line(log)))
    assert served.checkpoint(Checkpoint.objects.get(size=3)) == served.checkpoint()


def test_what_is_stored_otherwise_than_the_tree_was_made_of_is_not_handed_out(log):
    published(600)
    wrong = sha256(b"wrong").digest()
    with lifted():
        Entry.objects.filter(place=3).update(commitment=wrong)
        Entry.objects.filter(place=300).update(leaf_hash=wrong)
        Entry.objects.filter(place=599).delete()
    for tile in (Tile(ENTRIES, 0), Tile(ENTRIES, 1), Tile(0, 1), Tile(0, 2, 88), Tile(ENTRIES, 2, 88)):
        with pytest.raises(Damaged, match=tile.path):
            served.content(tile)
    assert served.content(Tile(0, 0))
    with lifted():
        Node.objects.filter(index=0).update(hash=wrong)
    with pytest.raises(Damaged):
        served.content(Tile(0, 0))


def _tampered(change: str, wrong: bytes) -> None:
    match change:
        case "leaf":
            Entry.objects.filter(place=599).update(leaf_hash=wrong)
        case "face":
            leaf = sealed.face_leaf(Kind.PUBLISHED, wrong)
            Entry.objects.filter(place=599).update(kind=Kind.PUBLISHED, commitment=wrong, leaf_hash=leaf)
        case "node":
            Node.objects.filter(level=8, index=1).update(hash=wrong)


@pytest.mark.parametrize("asked_before", [False, True])
@pytest.mark.parametrize(
    ("change", "gone"),
    [
        ("leaf", [Tile(0, 2, 88), Tile(ENTRIES, 2, 88)]),
        ("face", [Tile(0, 2, 88), Tile(ENTRIES, 2, 88)]),
        ("node", [Tile(1, 0, 2)]),
    ],
)
def test_a_tile_at_the_edge_is_handed_out_only_as_its_root_was_signed(log, change, gone, asked_before):
    published(600)
    if asked_before:
        assert all(map(is_there, gone))
    with lifted():
        _tampered(change, sha256(b"wrong").digest())
    for tile in gone:
        with pytest.raises(Damaged, match=tile.path):
            served.content(tile)


def test_a_full_bundle_of_other_entries_with_their_own_leaves_is_not_handed_out(log):
    published(300)
    wrong = sha256(b"wrong").digest()
    with lifted():
        Entry.objects.filter(place=3).update(
            commitment=wrong, leaf_hash=sealed.face_leaf(Entry.objects.get(place=3).kind, wrong)
        )
    for tile in (Tile(ENTRIES, 0), Tile(0, 0)):
        with pytest.raises(Damaged, match=tile.path):
            served.content(tile)


def test_a_checkpoint_whose_row_says_another_root_than_was_signed_serves_no_edge(log):
    published(300)
    with lifted():
        Checkpoint.objects.update(root=bytes(32))
    with pytest.raises(Damaged):
        served.content(Tile(0, 1, 44))
