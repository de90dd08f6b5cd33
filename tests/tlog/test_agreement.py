"""Agreement with an independent implementation on trees of 0 to 1,000 entries and at the borders of tiles."""

from functools import cache

import aics_tlog
import pytest
from aics_tlog import tiles as theirs
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.tlog.trees import Grown, body

from masthead.tlog import note
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.hashes import leaf_hash
from masthead.tlog.note import VerifierKey
from masthead.tlog.proofs import Tree
from masthead.tlog.tiles import ENTRIES, Tile, covering, entries_of, hashes_in

ALL = 1_000
HUNDREDS = [range(start, min(start + 100, ALL + 1)) for start in range(0, ALL + 1, 100)]
BORDERS = [255, 256, 257, 65_535, 65_536, 65_537]
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = VerifierKey("herald.example/log", PRIVATE.public_key().public_bytes_raw())


@cache
def ours(largest: int) -> Grown:
    return Grown(largest)


@cache
def other(largest: int) -> aics_tlog.MerkleTree:
    bodies = (body(place) for place in range(largest))
    return aics_tlog.MerkleTree(bodies, level_cache_sizes=4 if largest > ALL else ALL)


@cache
def leaves(largest: int) -> list[bytes]:
    return [body(place) for place in range(largest)]


def some(count: int) -> list[int]:
    """All numbers below a small `count`; of a larger one both ends, one between, and the borders of tiles."""
    if count < 12:
        return list(range(count))
    near = {0, count * 5 // 7, count - 1}
    if count in BORDERS:
        near |= {each + by for each in (256, 512, 65_280, 65_536) for by in (-1, 0, 1)}
    return sorted(each for each in near if each < count)


def agree(size: int, largest: int) -> None:
    """Root, proofs and tiles of one tree, each from the one side and the other."""
    mine, their = ours(largest), other(largest)
    files = theirs.materialise_tiles(leaves(largest)[:size])
    made = mine.files(size)
    assert made == files
    root = mine.roots[size]
    assert root == their.root(size)
    from_tiles = Tree(size, hashes_in(size, lambda tile: files[tile.path]))
    reader = aics_tlog.MemoryTileReader(made)
    assert from_tiles.root() == root == aics_tlog.tree_root_from_tiles(reader, size)
    for place in some(size):
        proof = from_tiles.inclusion(place)
        assert proof == their.inclusion_proof(place, size)
        assert proof == aics_tlog.inclusion_proof_from_tiles(reader, place, size)
        assert aics_tlog.verify_inclusion(leaf_hash(body(place)), place, size, proof, root)
        assert aics_tlog.read_entry(reader, place, size) == body(place)
    for old in [*some(size), size]:
        proof = from_tiles.consistency(old)
        assert proof == their.consistency_proof(old, size)
        assert proof == aics_tlog.consistency_proof_from_tiles(reader, old, size)
        assert aics_tlog.verify_consistency(old, size, mine.roots[old], root, proof)


@pytest.mark.parametrize("sizes", HUNDREDS, ids=lambda sizes: f"{sizes[0]} to {sizes[-1]}")
def test_trees_agree(sizes):
    for size in sizes:
        agree(size, ALL)


@pytest.mark.parametrize("size", BORDERS)
def test_trees_at_the_border_of_a_tile_agree(size):
    agree(size, BORDERS[-1])


def test_signed_checkpoints_of_every_size_are_the_same_bytes():
    for size in range(ALL + 1):
        root = ours(ALL).roots[size]
        said = str(note.sign(str(Checkpoint(KEY.name, size, root)), KEY, PRIVATE.sign))
        made = aics_tlog.sign_checkpoint(aics_tlog.Checkpoint(KEY.name, size, root), PRIVATE, KEY.name)
        assert said == made.serialise()
        read = Checkpoint.parse(note.parse(made.serialise()).text)
        assert (read.size, read.root) == (size, root)


@pytest.mark.parametrize("index", [0, 1, 9, 10, 99, 999, 1_000, 999_999, 1_000_000, 1_234_067, 2**63 - 1])
@pytest.mark.parametrize("width", [1, 255, 256])
def test_paths_agree(index, width):
    said = None if width == 256 else width
    for level in (0, 7, 63):
        path = theirs.tile_path(level, index, said)
        assert Tile(level, index, width).path == path
        assert theirs.parse_tile_path(path) == (level, index, said)
    assert Tile(ENTRIES, index, width).path == theirs.entry_bundle_path(index, said)


def test_bundles_agree():
    for tile in covering(600):
        if tile.level == ENTRIES:
            content = theirs.build_entry_bundle(leaves(ALL)[tile.first : tile.first + tile.width])
            assert entries_of(tile, content) == theirs.parse_entry_bundle(content)
            assert ours(ALL).tile(tile) == content
