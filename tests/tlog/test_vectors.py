"""The test vectors that are published hold by an independent implementation, which none of ours computed."""

import base64
import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import aics_tlog
import pytest
from aics_tlog import tiles as theirs

from masthead.tlog.note import Malformed
from masthead.tlog.tiles import Tile, covering

FILE = Path(__file__).parents[2] / "docs" / "reference" / "log-vectors.json"
VECTORS: dict[str, Any] = json.loads(FILE.read_text())
LARGEST = max(map(int, VECTORS["roots"]))


def body(place: int) -> bytes:
    """The rule that the reference states."""
    commitment = sha256(b"%d" % place).hexdigest()
    return b'{"commitment_sha256":"%s","kind":%d,"v":1}' % (commitment.encode(), 1 + place % 25)


@cache
def tree() -> aics_tlog.MerkleTree:
    return aics_tlog.MerkleTree((body(place) for place in range(LARGEST)), level_cache_sizes=40)


def decoded(proof: list[str]) -> list[bytes]:
    return [base64.b64decode(part, validate=True) for part in proof]


def test_the_file_is_small():
    assert FILE.stat().st_size < 50_000


def test_the_entries_are_by_the_rule():
    assert VECTORS["entries"] == [body(place).decode() for place in range(3)]


@pytest.mark.parametrize("size", VECTORS["roots"])
def test_roots(size):
    assert VECTORS["roots"][size] == tree().root(int(size)).hex()


@pytest.mark.parametrize("each", VECTORS["inclusion"], ids=lambda each: f"{each['place']} in {each['size']}")
def test_inclusion(each):
    place, size, proof = each["place"], each["size"], decoded(each["proof"])
    assert proof == tree().inclusion_proof(place, size)
    assert aics_tlog.verify_leaf_inclusion(body(place), place, size, proof, tree().root(size))


@pytest.mark.parametrize("each", VECTORS["consistency"], ids=lambda each: f"{each['old']} in {each['new']}")
def test_consistency(each):
    old, new, proof = each["old"], each["new"], decoded(each["proof"])
    assert proof == tree().consistency_proof(old, new)
    assert aics_tlog.verify_consistency(old, new, tree().root(old), tree().root(new), proof)


@pytest.mark.parametrize("size", VECTORS["tiles"])
def test_tiles(size):
    listed = VECTORS["tiles"][size]
    made = theirs.materialise_tiles([body(place) for place in range(int(size))])
    if int(size) > LARGEST:
        assert [each["path"] for each in listed] == [path for path in made if ".p/" in path]
        return
    assert {each["path"] for each in listed} == made.keys()
    for each in listed:
        content = made[each["path"]]
        assert (each["length"], each["sha256"]) == (len(content), sha256(content).hexdigest())
        if "content" in each:
            assert base64.b64decode(each["content"]) == content


def test_every_border_of_a_tile_is_among_them():
    assert {"0", "255", "256", "257", "65535", "65536", "65537"} <= VECTORS["roots"].keys()
    assert [tile.path for tile in covering(257)] == [each["path"] for each in VECTORS["tiles"]["257"]]


@pytest.mark.parametrize("path", VECTORS["refused"])
def test_paths_that_are_refused(path):
    with pytest.raises(Malformed):
        Tile.parse(path)


def test_the_checkpoint_and_its_cosignature():
    said = VECTORS["checkpoint"]
    read, key = aics_tlog.parse_note(said["note"]), aics_tlog.parse_vkey(said["key"])
    witness = aics_tlog.parse_vkey(said["witness_key"])
    result = aics_tlog.verify_checkpoint(read, key, [witness], quorum=1, now=said["time"])
    assert (result.ok, result.size, result.root) == (True, 257, tree().root(257))
    assert len(said["note"].splitlines()) == 6
