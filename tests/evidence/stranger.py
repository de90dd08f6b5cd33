"""Somebody who knows C2SP and RFC 9162 and nothing of ours: fetches a log over HTTP and verifies it.

Written from the specifications alone, with the standard library and `cryptography`: none of our code is used.
"""

import base64
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FULL = 256


class NotThere(Exception):
    """The log answered 404."""


@dataclass
class Stranger:
    """Reads the log under a prefix; `key` is its verifier key, had from elsewhere."""

    prefix: str
    key: str
    fetched: dict[str, bytes] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)

    def fetch(self, path: str) -> bytes:
        """The bytes under the prefix; kept, so that whoever asks can look at all that was served."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"{self.prefix}/{path}", timeout=60) as answer:
                self.fetched[path] = answer.read()
                self.headers[path] = {name.lower(): value for name, value in answer.headers.items()}
        except urllib.error.HTTPError as error:
            with error:
                if error.code == 404:
                    raise NotThere(path) from error
                raise
        return self.fetched[path]

    def head(self) -> tuple[str, int, bytes]:
        """Origin, size and root of the checkpoint, once its signature is verified."""
        note = self.fetch("checkpoint").decode()
        text, _, lines = note.rpartition("\n\n")
        text += "\n"
        name, key_id, material = self.key.split("+", 2)
        public = base64.b64decode(material)
        assert public[0] == 1, "Ed25519"
        assert sha256(name.encode() + b"\n" + public).digest()[:4].hex() == key_id
        for line in lines.splitlines():
            dash, signer, signature = line.split(" ")
            raw = base64.b64decode(signature)
            if dash == "\u2014" and signer == name and raw[:4].hex() == key_id:
                Ed25519PublicKey.from_public_bytes(public[1:]).verify(raw[4:], text.encode())
                origin, size, root = text.splitlines()[:3]
                return origin, int(size), base64.b64decode(root)
        raise AssertionError("not signed by the key")

    def verified(self) -> list[bytes]:
        """Every entry, once the root over them is the signed one; bundles and tiles at every level agree."""
        _, size, root = self.head()
        entries = [entry for path in paths("entries", size) for entry in self._bundle(path)]
        assert len(entries) == size
        row = [sha256(b"\x00" + entry).digest() for entry in entries]
        assert tree_hash(row) == root
        level = 0
        while row:
            served = b"".join(self.fetch(path) for path in paths(str(level), len(row)))
            assert served == b"".join(row), f"the tiles at level {level}"
            full = len(row) // FULL
            row = [tree_hash(row[at * FULL : (at + 1) * FULL]) for at in range(full)]
            level += 1
        return entries

    def _bundle(self, path: str) -> Iterator[bytes]:
        content, at = self.fetch(path), 0
        while at < len(content):
            length = int.from_bytes(content[at : at + 2], "big")
            yield content[at + 2 : at + 2 + length]
            at += 2 + length


def paths(level: str, count: int) -> Iterator[str]:
    """The tiles of a level with that many hashes."""
    for index in range(-(-count // FULL)):
        digits = str(index).zfill(-(-len(str(index)) // 3) * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        number = "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
        width = min(FULL, count - index * FULL)
        yield f"tile/{level}/{number}" + (f".p/{width}" if width < FULL else "")


def tree_hash(leaves: list[bytes]) -> bytes:
    """The Merkle Tree Hash of RFC 9162, section 2.1.1, of hashed leaves."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"").digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01" + tree_hash(leaves[:split]) + tree_hash(leaves[split:])).digest()
