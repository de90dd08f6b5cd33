"""What a reader of the log's formats must refuse, each with the reason why: the other test vectors."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from masthead.tlog import note
from masthead.tlog.cosignature import CosignerKey, cosign, message
from masthead.tlog.hashes import EMPTY_ROOT
from masthead.tlog.note import Note, Signature, VerifierKey, encode
from masthead.tlog.proofs import Tree

ORDER = 2**252 + 27742317777372353535851937790883648493
"""Of the group of Ed25519: a signature whose second half is not below it could be written in two ways."""

type Bad = dict[str, Any]
type Signer = tuple[VerifierKey, Ed25519PrivateKey]


def keys(key: VerifierKey) -> Iterator[Bad]:
    """Lines that are no verifier key of a log."""
    name, key_id, material = str(key).split("+", 2)
    one = VerifierKey.parse(str(key))
    small = (1).to_bytes(32, "little")

    def line(content: bytes, name: str = name) -> str:
        named = sha256(name.encode() + b"\n" + content).hexdigest()[:8]
        return f"{name}+{named}+{encode(content)}"

    yield {"why": "the id is not that of the name and key", "line": f"{name}+00000000+{material}"}
    yield {"why": "the id is in capitals", "line": f"{name}+{key_id.upper()}+{material}"}
    yield {"why": "the key is cut off", "line": line(b"\x01" + one.public_key[:31])}
    yield {"why": "a byte stands after the key", "line": line(b"\x01" + one.public_key + b"\0")}
    yield {"why": "the type is that of a witness's key", "line": line(b"\x04" + one.public_key)}
    yield {"why": "under this key anybody can sign", "line": line(b"\x01" + small)}
    yield {"why": "base64 is padded where it needs none", "line": f"{key}="}
    yield {"why": "there is no name", "line": line(b"\x01" + one.public_key, "")}
    yield {"why": "the name holds a space", "line": line(b"\x01" + one.public_key, "a log")}
    yield {"why": "the name is longer than 255 bytes", "line": line(b"\x01" + one.public_key, "a" * 256)}


def notes(text: str, signer: Signer) -> Iterator[Bad]:
    """Notes that are malformed, or not signed with the key of the log."""
    key, private = signer
    good = note.sign(text, key, private.sign)
    (line,) = good.signatures
    raw = line.signature
    later = (int.from_bytes(raw[32:], "little") + ORDER).to_bytes(32, "little")
    material = encode(line.key_id + raw)

    def signed(*signatures: bytes) -> str:
        return str(Note(text, tuple(Signature(key.name, line.key_id, each) for each in signatures)))

    yield {"why": "no empty line stands before the signatures", "note": str(good).replace("\n\n", "\n")}
    yield {"why": "there is no line of signature", "note": f"{text}\n"}
    yield {"why": "the last line does not end", "note": str(good).removesuffix("\n")}
    yield {"why": "a line stands after the signatures", "note": f"{good}more\n"}
    yield {"why": "an empty line stands after the signatures", "note": f"{good}\n"}
    yield {"why": "lines end in CR LF", "note": str(good).replace("\n", "\r\n")}
    yield {"why": "a control character stands in it", "note": str(good).replace("\n", "\t\n", 1)}
    yield {"why": "a hyphen stands for the dash", "note": str(good).replace("\u2014 ", "- ")}
    yield {"why": "two spaces stand before the name", "note": str(good).replace("\u2014 ", "\u2014  ")}
    yield {"why": "the padding of base64 is missing", "note": str(good).replace("=\n", "\n")}
    yield {
        "why": "base64 is written in another way than its bytes are",
        "note": _other_bits(str(good), material),
    }
    yield {"why": "the signature is empty", "note": signed(b"")}
    yield {"why": "the signature is cut off", "note": signed(raw[:-1])}
    yield {"why": "a byte stands after the signature", "note": signed(raw + b"\0")}
    yield {"why": "the signature could be written in two ways (RFC 8032)", "note": signed(raw[:32] + later)}
    yield {"why": "two lines are of one key", "note": signed(raw, raw)}
    yield {"why": "the signature is in two lines", "note": signed(raw[:32], raw[32:])}
    yield {"why": "the signature is of another text", "note": str(good).replace("\n257\n", "\n258\n")}
    yield {
        "why": "the name in the line is another",
        "note": str(good).replace(f"\u2014 {key.name}", "\u2014 other"),
    }
    yield {"why": "the signature is one with another key", "note": signed(bytes(64))}
    yield {"why": "there are more than a hundred signatures", "note": str(Note(text, _many(line)))}


def checkpoints(origin: str, root: bytes, signer: Signer) -> Iterator[Bad]:
    """Notes that are signed with the key of the log, of texts that are no checkpoint."""
    key, private = signer
    whole = encode(root)
    for why, lines in (
        ("the size has a leading zero", (origin, "0257", whole)),
        ("the size has a sign", (origin, "+257", whole)),
        ("the size is below zero", (origin, "-1", whole)),
        ("the size is in digits of another script", (origin, "\u0662\u0665\u0667", whole)),
        ("the size is not a whole number", (origin, "257.0", whole)),
        ("the size is empty", (origin, "", whole)),
        ("the size is 2^63, more than any log has", (origin, str(2**63), whole)),
        ("the root has 31 bytes", (origin, "257", encode(root[:31]))),
        ("the root has 33 bytes", (origin, "257", encode(root + b"\0"))),
        ("the root is in hex", (origin, "257", root.hex())),
        ("there is no root", (origin, "257")),
        ("the log is empty and its root is not the hash of nothing", (origin, "0", whole)),
        ("the lines are in another order", ("257", origin, whole)),
        ("an extension line is empty", (origin, "257", whole, "", "more")),
        ("the origin is empty", ("", "257", whole)),
        ("the origin holds a space", (f"{origin} 2", "257", whole)),
        ("the origin holds a plus sign", (f"{origin}+2", "257", whole)),
        ("the origin is another than the key's", ("other.example/log", "1", encode(EMPTY_ROOT))),
    ):
        text = "".join(f"{each}\n" for each in lines)
        yield {"why": why, "note": str(note.sign(text, key, private.sign))}


def cosignatures(
    text: str, signer: Signer, witness: tuple[CosignerKey, Ed25519PrivateKey], time: int
) -> Iterator[Bad]:
    """Notes that the log has signed, and the witness has not."""
    key, private = witness
    (ours,) = note.sign(text, *_of(signer)).signatures
    line = cosign(text, key, private.sign, time)
    raw = line.signature
    far = 2**63
    unbounded = private.sign(f"cosignature/v1\ntime {far}\n{text}".encode())
    bare = private.sign(text.encode())
    for why, signatures in (
        ("there is no line of the witness", ()),
        ("the time is another than was signed", ((time + 1).to_bytes(8, "big") + raw[8:],)),
        ("the time is written the other way round", (raw[:8][::-1] + raw[8:],)),
        ("the time is missing", (raw[8:],)),
        ("the witness signed the text alone", (time.to_bytes(8, "big") + bare,)),
        ("it is of another text", (time.to_bytes(8, "big") + private.sign(message("other\n", time)),)),
        ("the time is 2^63", (far.to_bytes(8, "big") + unbounded,)),
        ("a byte stands after the signature", (raw + b"\0",)),
        ("it is in two lines", (raw[:8], raw[8:])),
        ("two lines are of one key", (raw, raw)),
    ):
        lines = tuple(Signature(key.name, key.key_id, each) for each in signatures)
        yield {"why": why, "note": str(Note(text, (ours, *lines)))}


def tiles(bodies: Sequence[bytes], leaves: Sequence[bytes]) -> Iterator[Bad]:
    """Files that are not those of the tree of these entries, each in the place of a good one."""
    hashes = b"".join(leaves)
    parts = [len(each).to_bytes(2, "big") + each for each in bodies]
    for where, whys in (
        (
            f"tile/0/000.p/{len(leaves)}",
            (
                ("it is cut off", hashes[:-1]),
                ("a byte stands after the hashes", hashes + b"\0"),
                ("it has a hash too few", hashes[:-32]),
                ("it has a hash too many", hashes + bytes(32)),
                ("it is empty", b""),
                ("two hashes changed places", b"".join(leaves[::-1])),
            ),
        ),
        (
            f"tile/entries/000.p/{len(parts)}",
            (
                ("it ends within an entry", b"".join(parts)[:-1]),
                ("it ends within a length", b"".join(parts) + b"\0"),
                ("it has an entry too few", b"".join(parts[:-1])),
                ("it has an empty entry too many", b"".join(parts) + b"\0\0"),
                ("two entries changed places", b"".join(parts[::-1])),
                ("a length is little-endian", b"".join(each[:2][::-1] + each[2:] for each in parts)),
            ),
        ),
    ):
        for why, content in whys:
            yield {"why": why, "path": where, "content": encode(content)}


def inclusion(tree: Callable[[int], Tree], leaf: Callable[[int], bytes]) -> Iterator[Bad]:
    """Proofs that do not show the leaf at that place in the tree under that root."""
    seven, five = tree(7), tree(7).inclusion(5)
    for why, changed in (
        ("a part is missing at the end", {"proof": five[:-1]}),
        ("a part is missing at the beginning", {"proof": five[1:]}),
        ("there is no proof", {"proof": []}),
        ("a part is too many", {"proof": [*five, bytes(32)]}),
        ("two parts changed places", {"proof": [five[1], five[0], five[2]]}),
        ("a part has 31 bytes", {"proof": [*five[:-1], five[-1][:31]]}),
        ("the place is another", {"place": 4}),
        ("the place is outside the tree", {"place": 7}),
        ("the leaf is another", {"leaf": leaf(4)}),
        ("the root is that of a smaller tree", {"root": tree(6).root()}),
        ("a tree of one entry needs no proof", {"place": 0, "size": 1, "leaf": leaf(0), "root": leaf(0)}),
    ):
        yield _told(
            {"why": why, "leaf": leaf(5), "place": 5, "size": 7, "proof": five, "root": seven.root()}
            | changed
        )


def consistency(tree: Callable[[int], Tree]) -> Iterator[Bad]:
    """Proofs that do not show that the one tree grew from the other."""
    proof, roots = tree(7).consistency(3), {size: tree(size).root() for size in (3, 4, 7)}
    for why, changed in (
        ("there is no proof", {"proof": []}),
        ("a part is missing", {"proof": proof[:-1]}),
        ("a part is too many", {"proof": [*proof, bytes(32)]}),
        ("two parts changed places", {"proof": [proof[1], proof[0], *proof[2:]]}),
        ("the old root is another", {"old_root": roots[4]}),
        ("the new root is another", {"new_root": roots[4]}),
        ("the old tree is the larger", {"old": 7, "new": 3, "old_root": roots[7], "new_root": roots[3]}),
        ("trees of one size have two roots", {"old": 7, "old_root": roots[4], "proof": []}),
        ("trees of one size need no proof", {"old": 7, "old_root": roots[7]}),
        ("an empty tree needs no proof", {"old": 0, "old_root": EMPTY_ROOT}),
        ("an empty tree has another root", {"old": 0, "proof": []}),
        (
            "of a whole tree the old root is no part of the proof",
            {"old": 4, "old_root": roots[4], "proof": [roots[4], *tree(7).consistency(4)]},
        ),
    ):
        good = {"old": 3, "new": 7, "old_root": roots[3], "new_root": roots[7], "proof": proof}
        yield _told({"why": why} | good | changed)


def _told(bad: Bad) -> Bad:
    """Roots and leaves in hex, parts of proofs in base64."""
    proof = {"proof": [encode(part) for part in bad["proof"]]}
    return {name: said.hex() if isinstance(said, bytes) else said for name, said in bad.items()} | proof


def _other_bits(said: str, material: str) -> str:
    """The same with the last bits of base64, which stand for nothing, not zero."""
    bare = material.rstrip("=")
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    odd = bare[:-1] + letters[letters.index(bare[-1]) + 1] + material[len(bare) :]
    return said.replace(material, odd)


def _many(line: Signature) -> tuple[Signature, ...]:
    others = (Signature(f"w{number}", b"abcd", b"-") for number in range(100))
    return (line, *others)


def _of(signer: Signer) -> tuple[VerifierKey, Callable[[bytes], bytes]]:
    return signer[0], signer[1].sign
