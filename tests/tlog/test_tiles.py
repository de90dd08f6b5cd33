"""Tiles: each has one path, no other spelling is read, and from them alone the whole tree is had again."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tlog.trees import Grown, body

from masthead.tlog.hashes import leaf_hash
from masthead.tlog.note import Malformed
from masthead.tlog.proofs import Tree, verify_consistency, verify_inclusion
from masthead.tlog.tiles import (
    ENTRIES,
    FULL,
    HIGHEST,
    LARGEST_SIZE,
    Tile,
    bundle,
    covering,
    entries_of,
    hashes_in,
    hashes_of,
    levels,
    root_of,
    width_at,
)

LARGEST = 700
SIZES = st.integers(0, LARGEST_SIZE)
TILES = st.builds(Tile, st.integers(ENTRIES, HIGHEST), st.integers(0, LARGEST_SIZE), st.integers(1, FULL))


@cache
def grown() -> Grown:
    return Grown(LARGEST)


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 1234067, 8), "tile/0/x001/x234/067.p/8"),
        (Tile(63, 999), "tile/63/999"),
        (Tile(1, 1000, 255), "tile/1/x001/000.p/255"),
        (Tile(ENTRIES, 1234067), "tile/entries/x001/x234/067"),
        (Tile(ENTRIES, 12, 1), "tile/entries/012.p/1"),
    ],
)
def test_the_paths_are_those_of_the_specification(tile, path):
    assert (tile.path, Tile.parse(path)) == (path, tile)


@given(TILES)
def test_a_path_reads_back_as_the_tile_it_names(tile):
    assert Tile.parse(tile.path) == tile


@given(
    st.one_of(
        st.text(),
        st.from_regex(r"tile/(entries|\d{1,3})/(x\d{3}/){0,8}\d{2,4}(\.p/\d{0,4})?", fullmatch=True),
    )
)
def test_whatever_is_read_as_a_tile_is_the_one_spelling_of_it(path):
    try:
        tile = Tile.parse(path)
    except Malformed:
        return
    assert tile.path == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/067/",
        "/tile/0/067",
        "tile//067",
        "tile/00/067",
        "tile/01/067",
        "tile/-1/067",
        "tile/+1/067",
        "tile/64/067",
        "tile/100/067",
        "tile/0/x000/067",
        "tile/0/001/067",
        "tile/0/x001",
        "tile/0/X001/067",
        "tile/0/x1/067",
        "tile/0/-01",
        "tile/0/067.p",
        "tile/0/067.p/",
        "tile/0/067.p/0",
        "tile/0/067.p/00",
        "tile/0/067.p/01",
        "tile/0/067.p/256",
        "tile/0/067.p/999",
        "tile/0/067.p/1000",
        "tile/0/067.p/-1",
        "tile/0/067.p/1/2",
        "tile/0/067.P/1",
        "tile/0/067.p/1\n",
        "tile/0/067\n",
        "tile/0/067 ",
        "tile/0/067%00",
        "tile/0/\u0660\u0666\u0667",
        "tile/\u0660/067",
        "tile/0/\u00b2\u00b2\u00b2",
        "tile/0/067.p/\u0661",
        "tile/0/..",
        "tile/0/../067",
        "tile/entry/067",
        "tile/Entries/067",
        "tile/0/x009/x223/x372/x036/x854/x775/808",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "tile/0/x001/x000/x000/x000/x000/x000/x000/000",
        "tile/0/" + "x000/" * 10_000 + "067",
    ],
)
def test_no_other_spelling_is_accepted(path):
    with pytest.raises(Malformed):
        Tile.parse(path)


@pytest.mark.parametrize(
    ("level", "index", "width"),
    [(-2, 0, 1), (64, 0, 1), (0, -1, 1), (0, LARGEST_SIZE + 1, 1), (0, 0, 0), (0, 0, -1), (0, 0, 257)],
)
def test_there_is_no_tile_that_no_path_can_name(level, index, width):
    with pytest.raises(Malformed):
        Tile(level, index, width)


def test_the_tiles_of_seventy_thousand_entries_are_those_the_specification_counts():
    found = list(covering(70_000))
    assert [(t.level, t.index, t.width) for t in found if t.width < FULL] == [
        (ENTRIES, 273, 112),
        (0, 273, 112),
        (1, 1, 17),
        (2, 0, 1),
    ]
    assert [sum(t.level == level for t in found) for level in (ENTRIES, 0, 1, 2)] == [274, 274, 2, 1]


def test_a_full_tile_stands_with_the_partial_one_above_it_and_no_tile_is_empty():
    assert list(covering(0)) == []
    assert list(covering(256)) == [Tile(ENTRIES, 0), Tile(0, 0), Tile(1, 0, 1)]


@given(st.integers(0, 2_000_000))
def test_each_level_is_covered_once_and_as_far_as_it_is_complete(size):
    reach = {}
    for tile in covering(size):
        assert tile.first == reach.get(tile.level, 0)
        assert tile.width == width_at(size, tile.level, tile.index) > 0
        assert size in tile.sizes
        reach[tile.level] = tile.first + tile.width
    assert list(reach) == list(levels(size))
    assert all(count == size >> 8 * max(level, 0) for level, count in reach.items())
    assert size >> 8 * len(reach) == 0 or not size


@given(SIZES, TILES)
def test_a_tree_has_a_tile_at_a_width_just_where_its_size_is_among_the_tile_s_sizes(size, tile):
    width = width_at(size, tile.level, tile.index)
    assert (size in tile.sizes) == (width == tile.width)


@given(st.integers(1, LARGEST), st.data())
def test_the_root_and_every_proof_come_from_the_tiles_alone(size, data):
    files = grown().files(size)
    asked = []

    def read(tile):
        asked.append(tile.path)
        return files[tile.path]

    tree, kept = Tree(size, hashes_in(size, read)), grown().tree(size)
    older, place = data.draw(st.integers(0, size)), data.draw(st.integers(0, size - 1))
    assert tree.root() == grown().roots[size]
    assert tree.root(older) == grown().roots[older]
    assert tree.inclusion(place) == kept.inclusion(place)
    assert tree.consistency(older) == kept.consistency(older)
    assert verify_inclusion(leaf_hash(body(place)), place, size, tree.inclusion(place), tree.root())
    proof = tree.consistency(older)
    assert verify_consistency(older, size, tree.root(older), tree.root(), proof)
    assert len(asked) == len(set(asked)), "each tile is read once"


@given(st.integers(1, LARGEST))
def test_each_entry_of_a_bundle_hashes_to_the_hash_at_its_place_in_the_tile(size):
    for tile in covering(size):
        if tile.level == ENTRIES:
            entries = entries_of(tile, grown().tile(tile))
            below = Tile(0, tile.index, tile.width)
            assert [leaf_hash(entry) for entry in entries] == hashes_of(below, grown().tile(below))


def test_a_full_tile_hashes_to_its_hash_in_the_tile_above():
    above = hashes_of(Tile(1, 0, 2), grown().tile(Tile(1, 0, 2)))
    assert [root_of(hashes_of(Tile(0, at), grown().tile(Tile(0, at)))) for at in (0, 1)] == above
    with pytest.raises(ValueError):
        root_of(above)


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=256))
def test_a_bundle_reads_back_as_its_entries(bodies):
    tile = Tile(ENTRIES, 0, len(bodies))
    assert entries_of(tile, bundle(bodies)) == bodies


def test_an_entry_may_be_as_long_as_its_length_can_say_and_no_longer():
    longest = bytes(65_535)
    assert entries_of(Tile(ENTRIES, 0, 1), bundle([longest])) == [longest]
    with pytest.raises(ValueError, match="65,535"):
        bundle([longest + b"x"])


@given(st.integers(1, 5), st.data())
def test_bytes_cut_short_or_lengthened_are_malformed(width, data):
    hashes, entries = Tile(0, 0, width), Tile(ENTRIES, 0, width)
    of_hashes, of_entries = grown().tile(hashes), grown().tile(entries)
    for content, read in (
        (of_hashes, lambda c: hashes_of(hashes, c)),
        (of_entries, lambda c: entries_of(entries, c)),
    ):
        cut = data.draw(st.integers(0, len(content) - 1))
        for wrong in (content[:cut], content + content[: cut + 1]):
            with pytest.raises(Malformed):
                read(wrong)


@given(st.binary(max_size=200), st.integers(1, 5))
def test_any_bytes_are_a_bundle_or_malformed(content, width):
    try:
        entries = entries_of(Tile(ENTRIES, 0, width), content)
    except Malformed:
        return
    assert bundle(entries) == content
