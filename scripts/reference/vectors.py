"""Test vectors of the log's formats: for whoever writes a reader of their own."""

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from masthead.tlog import note
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.cosignature import CosignerKey, cosign
from masthead.tlog.frontier import Frontier
from masthead.tlog.hashes import leaf_hash
from masthead.tlog.note import Note, VerifierKey, encode
from masthead.tlog.proofs import Tree
from masthead.tlog.tiles import ENTRIES, Tile, bundle, covering
from scripts.reference import refused

ORIGIN, WITNESS = "vectors.example/log", "witness.example/w1"
SEED, WITNESS_SEED = bytes(range(32)), bytes(range(32, 64))
TIME = 1_794_000_000
LARGEST = 65_537
SIZES = (0, 1, 2, 3, 4, 5, 7, 8, 9, 255, 256, 257, 511, 512, 513, 1_000, 65_535, 65_536, LARGEST)
INCLUSION = (
    (0, 1),
    (0, 2),
    (1, 3),
    (2, 3),
    (5, 7),
    (254, 255),
    (255, 256),
    (256, 257),
    (0, 1_000),
    (999, 1_000),
)
INCLUSION_AT_BORDERS = ((65_534, 65_535), (65_535, 65_536), (65_536, LARGEST), (256, LARGEST))
CONSISTENCY = ((1, 2), (2, 3), (3, 7), (4, 8), (6, 8), (255, 256), (255, 257), (256, 257), (257, 1_000))
CONSISTENCY_AT_BORDERS = ((65_535, 65_536), (65_536, LARGEST), (1_000, LARGEST))
TILED = (1, 3, 257, 70_000)
WHOLE = 200
"""Bytes up to which a tile is given whole; of a longer one its hash."""
REFUSED = (
    *("tile/0/0", "tile/00/000", "tile/0/x000/000", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01"),
    *(
        "tile/64/000",
        "tile/-1/000",
        "tile/0/001/000",
        "tile/0/000/",
        "tile/0/x009/x223/x372/x036/x854/x775/808",
    ),
)


def page() -> str:
    """The vectors, as JSON."""
    return json.dumps(_vectors(), indent=1, ensure_ascii=False) + "\n"


def body(place: int) -> bytes:
    """The entry at a place: a public face, of a kind and with a commitment that its place gives."""
    commitment = sha256(str(place).encode()).hexdigest()
    return f'{{"commitment_sha256":"{commitment}","kind":{1 + place % 25},"v":1}}'.encode()


def _vectors() -> dict[str, Any]:
    levels: dict[int, list[bytes]] = {}
    frontier, roots = Frontier(), {}
    for place in range(LARGEST + 1):
        if place in SIZES:
            roots[place] = frontier.root()
        if place < LARGEST:
            leaf = leaf_hash(body(place))
            levels.setdefault(0, []).append(leaf)
            for stored in frontier.append(leaf):
                levels.setdefault(stored.level, []).append(stored.hash)

    def tree(size: int) -> Tree:
        return Tree(size, lambda level, start, count: levels.get(level, [])[start : start + count])

    return {
        "masthead_log_vectors": 1,
        "entries": [body(place).decode() for place in range(3)],
        "roots": {str(size): root.hex() for size, root in roots.items()},
        "inclusion": [
            {"place": place, "size": size, "proof": [encode(part) for part in tree(size).inclusion(place)]}
            for place, size in (*INCLUSION, *INCLUSION_AT_BORDERS)
        ],
        "consistency": [
            {"old": old, "new": new, "proof": [encode(part) for part in tree(new).consistency(old)]}
            for old, new in (*CONSISTENCY, *CONSISTENCY_AT_BORDERS)
        ],
        "tiles": {str(size): list(_tiles(size, levels)) for size in TILED},
        "refused": list(REFUSED),
        "checkpoint": _signed(257, roots[257]),
        "bad": _bad(roots[257], tree),
    }


def _bad(root: bytes, tree: Callable[[int], Tree]) -> dict[str, Any]:
    """What must be refused, made of the checkpoint and of trees whose entries are by the same rule."""
    ours, theirs = (Ed25519PrivateKey.from_private_bytes(seed) for seed in (SEED, WITNESS_SEED))
    key = VerifierKey(ORIGIN, ours.public_key().public_bytes_raw())
    witness = CosignerKey(WITNESS, theirs.public_key().public_bytes_raw())
    text, leaf = str(Checkpoint(ORIGIN, 257, root)), lambda place: leaf_hash(body(place))
    return {
        "keys": list(refused.keys(key)),
        "notes": list(refused.notes(text, (key, ours))),
        "checkpoints": list(refused.checkpoints(ORIGIN, root, (key, ours))),
        "cosignatures": list(refused.cosignatures(text, (key, ours), (witness, theirs), TIME)),
        "tiles": list(
            refused.tiles([body(place) for place in range(3)], [leaf(place) for place in range(3)])
        ),
        "inclusion": list(refused.inclusion(tree, leaf)),
        "consistency": list(refused.consistency(tree)),
    }


def _tiles(size: int, levels: dict[int, list[bytes]]) -> Iterator[dict[str, Any]]:
    """The tiles of a tree; of one that is larger than the roots go, the paths of its partial tiles alone."""
    for tile in covering(size):
        if size <= LARGEST:
            yield {"path": tile.path, **_content(tile, levels)}
        elif tile.width < 256:
            yield {"path": tile.path}


def _content(tile: Tile, levels: dict[int, list[bytes]]) -> dict[str, Any]:
    places = range(tile.first, tile.first + tile.width)
    if tile.level == ENTRIES:
        content = bundle(map(body, places))
    else:
        content = b"".join(levels[8 * tile.level][place] for place in places)
    told: dict[str, Any] = {"length": len(content), "sha256": sha256(content).hexdigest()}
    return told | ({"content": encode(content)} if len(content) <= WHOLE else {})


def _signed(size: int, root: bytes) -> dict[str, Any]:
    """A checkpoint with the log's signature and a witness's, and the keys for both."""
    ours, theirs = (Ed25519PrivateKey.from_private_bytes(seed) for seed in (SEED, WITNESS_SEED))
    key = VerifierKey(ORIGIN, ours.public_key().public_bytes_raw())
    witness = CosignerKey(WITNESS, theirs.public_key().public_bytes_raw())
    signed = note.sign(str(Checkpoint(ORIGIN, size, root)), key, ours.sign)
    line = cosign(signed.text, witness, theirs.sign, TIME)
    return {
        "private_key": SEED.hex(),
        "key": str(key),
        "witness_private_key": WITNESS_SEED.hex(),
        "witness_key": str(witness),
        "time": TIME,
        "note": str(Note(signed.text, (*signed.signatures, line))),
    }
