"""What the published vectors say must be refused is, by ours and by the small verifier."""

import base64
import json
from contextlib import suppress
from typing import Any

import pytest
import verify_masthead as small
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.tlog.test_vectors import VECTORS, body, tree

from masthead.tlog import note
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.cosignature import CosignerKey, cosigned
from masthead.tlog.hashes import leaf_hash
from masthead.tlog.note import Malformed, VerifierKey
from masthead.tlog.proofs import verify_consistency, verify_inclusion
from masthead.tlog.tiles import ENTRIES, Tile, entries_of, hashes_of

BAD: dict[str, list[dict[str, Any]]] = VECTORS["bad"]
SAID = VECTORS["checkpoint"]
KEY, WITNESS = VerifierKey.parse(SAID["key"]), CosignerKey.parse(SAID["witness_key"])
REFUSED = (small.Broken, ValueError)
"""What the small verifier refuses with: its own, and for what has no form at all ValueError."""


def each_of(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("bad", BAD[kind], ids=lambda bad: bad["why"])


def trusting(*witnesses: str) -> small.Trust:
    return small.Trust(
        small.parse_key(SAID["key"]), [small.parse_key(each, small.WITNESS) for each in witnesses]
    )


def test_what_they_were_made_of_is_taken():
    read = note.parse(SAID["note"])
    assert note.verify(read, KEY)
    assert cosigned(read, WITNESS) == SAID["time"]
    assert trusting(SAID["witness_key"]).read_witnessed(SAID["note"], None).size == 257


def test_each_has_a_reason_of_its_own():
    for kind in BAD.values():
        assert len({json.dumps(bad | {"why": ""}) for bad in kind}) == len(kind)
        assert all(bad["why"] for bad in kind)


@each_of("keys")
def test_keys(bad):
    with pytest.raises(Malformed):
        VerifierKey.parse(bad["line"])
    with pytest.raises(REFUSED):
        small.parse_key(bad["line"])


@each_of("notes")
def test_notes(bad):
    with suppress(Malformed):
        assert not note.verify(note.parse(bad["note"]), KEY)
    with pytest.raises(REFUSED):
        trusting().read_head(bad["note"], None)


@each_of("checkpoints")
def test_checkpoints(bad):
    read = note.parse(bad["note"])
    assert note.verify(read, KEY)
    with suppress(Malformed):
        assert Checkpoint.parse(read.text).origin != KEY.name
    with pytest.raises(REFUSED):
        trusting().read_head(bad["note"], None)


@each_of("cosignatures")
def test_cosignatures(bad):
    read = note.parse(bad["note"])
    assert note.verify(read, KEY)
    assert cosigned(read, WITNESS) is None
    assert trusting().read_witnessed(bad["note"], None).size == 257
    with pytest.raises(REFUSED):
        trusting(SAID["witness_key"]).read_witnessed(bad["note"], None)


@each_of("tiles")
def test_tiles(bad, tmp_path):
    tile, content = Tile.parse(bad["path"]), base64.b64decode(bad["content"])
    good = [body(place) for place in range(3)]
    with suppress(Malformed):
        if tile.level == ENTRIES:
            assert entries_of(tile, content) != good
        else:
            assert hashes_of(tile, content) != [leaf_hash(each) for each in good]
    for listed in VECTORS["tiles"]["3"]:
        whole = content if listed["path"] == bad["path"] else file_of(listed["path"])
        path = tmp_path / listed["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(whole)
    head = Checkpoint(KEY.name, 3, tree().root(3))
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(SAID["private_key"]))
    (tmp_path / "checkpoint").write_text(str(note.sign(str(head), KEY, private.sign)))
    with pytest.raises(small.Broken):
        small.verify_folder(tmp_path, trusting())
    (tmp_path / bad["path"]).write_bytes(file_of(bad["path"]))
    assert small.verify_folder(tmp_path, trusting())


@each_of("inclusion")
def test_inclusion(bad):
    leaf, root = bytes.fromhex(bad["leaf"]), bytes.fromhex(bad["root"])
    proof = [base64.b64decode(part) for part in bad["proof"]]
    place, size = bad["place"], bad["size"]
    assert not verify_inclusion(leaf, place, size, proof, root)
    # An entry outside the tree is refused before its proof is looked at.
    if place < size:
        with suppress(small.Broken):
            assert small.root_from(leaf, place, size, proof) != root


@each_of("consistency")
def test_consistency(bad):
    roots = [bytes.fromhex(bad[name]) for name in ("old_root", "new_root")]
    proof = [base64.b64decode(part) for part in bad["proof"]]
    assert not verify_consistency(bad["old"], bad["new"], *roots, proof)


def file_of(path: str) -> bytes:
    """A file of the tree of three entries, as the good vectors have it."""
    (found,) = (each for each in VECTORS["tiles"]["3"] if each["path"] == path)
    if "content" in found:
        return base64.b64decode(found["content"])
    return b"".join(len(each).to_bytes(2, "big") + each for each in map(body, range(3)))
