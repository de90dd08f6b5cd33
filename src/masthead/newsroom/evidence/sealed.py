"""The canonical JSON of the log, and the hashes made from it."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from json.encoder import encode_basestring
from typing import Any

from masthead.tlog.hashes import leaf_hash

type JSON = str | int | bool | Sequence[JSON] | Mapping[str, JSON] | None

SALT_BYTES = 16
FACE_VERSION = 1
_LARGEST = 2**53 - 1

# Of what `_plain` lets through, the standard library writes the very bytes of RFC 8785: no floats, names in
# ASCII (whose order is that of UTF-16), strings escaped alike. A property test holds it to that.
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True).encode


def canonical(value: object) -> bytes:
    """RFC 8785 of a value without floats. ValueError for what the log does not take."""
    return canonical_text(value).encode()


def canonical_text(value: object) -> str:
    """The same before it is encoded as UTF-8."""
    return encode_basestring(value) if type(value) is str else _encode(_plain(value))


def _plain(value: object) -> object:
    """`value` as plain JSON: a member of a vocabulary becomes its text; a float is refused."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) <= _LARGEST:
        return int(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        if not all(isinstance(name, str) and name.isascii() for name in value):
            raise ValueError("names in the log's JSON are ASCII text")
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [_plain(inner) for inner in value]
    raise ValueError(f"the log's JSON takes no {type(value).__name__}, nor an integer beyond 2^53")


def new_salt() -> bytes:
    """What keeps a digest from confirming a guess."""
    return os.urandom(SALT_BYTES)


def seal(fields: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """The sealed lines of an entry with these fields, as its column holds them, and its commitment."""
    # One call of the system for all salts of an entry.
    salts = os.urandom(SALT_BYTES * len(fields)).hex()
    width = 2 * SALT_BYTES
    lines, digests = [], []
    for number, name in enumerate(sorted(fields)):
        salt = salts[number * width : (number + 1) * width]
        line = f'["{salt}",{encode_basestring(name)},{canonical_text(fields[name])}]'.encode()
        lines.append(line)
        digests.append((name, sha256(line).hexdigest()))
    return b"\n".join(lines), _commitment(digests)


def line_of(salt: bytes, name: str, value: bytes) -> bytes:
    """One sealed field as it is kept and hashed; `value` is canonical JSON.

    The same bytes as `canonical([salt.hex(), name, value])`, without parsing the value again.
    """
    return b'["%s",%s,%s]' % (salt.hex().encode(), canonical(name), value)


def erased_line(name: str, digest: bytes) -> bytes:
    """What is kept of a field that was erased."""
    return canonical({"digest": digest.hex(), "name": name})


def field_digest(salt: bytes, name: str, value: bytes) -> bytes:
    """The digest of one sealed field; `value` is canonical JSON."""
    return sha256(line_of(salt, name, value)).digest()


def commitment_of(digests: Mapping[str, bytes]) -> bytes:
    """What an entry's public face commits to."""
    return _commitment((name, digests[name].hex()) for name in sorted(digests))


def _commitment(digests: Iterable[tuple[str, str]]) -> bytes:
    said = ",".join(f'{encode_basestring(name)}:"{digest}"' for name, digest in digests)
    return sha256(f"{{{said}}}".encode()).digest()


def face(kind: int, commitment: bytes) -> dict[str, str | int]:
    """The public face of an entry: all that is served of it."""
    return {"v": FACE_VERSION, "kind": kind, "commitment_sha256": commitment.hex()}


def face_leaf(kind: int, commitment: bytes) -> bytes:
    """The leaf hash of that face."""
    body = f'{{"commitment_sha256":"{commitment.hex()}","kind":{int(kind)},"v":{FACE_VERSION}}}'
    return leaf_hash(body.encode())
