"""The canonical JSON of the log, and the hashes made from it."""

import secrets
from collections.abc import Mapping, Sequence
from hashlib import sha256

import rfc8785

from masthead.tlog.hashes import leaf_hash

type JSON = str | int | bool | Sequence[JSON] | Mapping[str, JSON] | None

SALT_BYTES = 16
FACE_VERSION = 1
_LARGEST = 2**53 - 1


def canonical(value: object) -> bytes:
    """RFC 8785 of a value without floats. ValueError for what the log does not take."""
    return rfc8785.dumps(_plain(value))


def _plain(value: object) -> rfc8785._impl._Value:
    """`value` as plain JSON: a member of a vocabulary becomes its text, an id too; a float is refused."""
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
    return secrets.token_bytes(SALT_BYTES)


def field_digest(salt: bytes, name: str, value: bytes) -> bytes:
    """The digest of one sealed field; `value` is canonical JSON.

    The same bytes as `canonical([salt.hex(), name, value])`, without parsing the value again.
    """
    return sha256(b'["%s",%s,%s]' % (salt.hex().encode(), canonical(name), value)).digest()


def commitment_of(digests: Mapping[str, bytes]) -> bytes:
    """What an entry's public face commits to."""
    return sha256(canonical({name: digest.hex() for name, digest in digests.items()})).digest()


def face(kind: int, commitment: bytes) -> dict[str, str | int]:
    """The public face of an entry: all that is served of it."""
    return {"v": FACE_VERSION, "kind": kind, "commitment_sha256": commitment.hex()}


def face_leaf(kind: int, commitment: bytes) -> bytes:
    """The leaf hash of that face."""
    return leaf_hash(canonical(face(kind, commitment)))
