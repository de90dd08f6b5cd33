"""Signed notes and verifier keys: C2SP signed-note, Ed25519 (signature type 0x01)."""

import base64
import binascii
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ED25519 = 1
KEY_BYTES = 32
SIGNATURE_BYTES = 64
MOST_SIGNATURES = 100
_DASH = "\u2014 "

# The order of the field, and the y of the points of small order: under such a key anyone can sign.
_P = 2**255 - 19
_SMALL_ORDER = frozenset((0, 1, _P - 1)) | {
    int.from_bytes(bytes.fromhex(y), "little")
    for y in (
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    )
}


class Malformed(ValueError):
    """Not a signed note, a checkpoint or a verifier key as the specifications have them."""


@dataclass(frozen=True, slots=True)
class Ed25519Key:
    """A name and an Ed25519 key of 32 bytes. `TYPE` says which signatures count under it."""

    TYPE: ClassVar[int]

    name: str
    public_key: bytes

    def __post_init__(self) -> None:
        """Refuse what cannot name or verify anything."""
        check_name(self.name)
        if len(self.public_key) != KEY_BYTES:
            raise Malformed("an Ed25519 key has 32 bytes")
        y = int.from_bytes(self.public_key, "little") & (2**255 - 1)
        if y >= _P or y in _SMALL_ORDER:
            raise Malformed("this is not an Ed25519 key that can be trusted with anything")

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name, line feed, type, key)."""
        return sha256(self.name.encode() + b"\n" + bytes([self.TYPE]) + self.public_key).digest()[:4]

    def __str__(self) -> str:
        """The verifier-key line: name, key id, and type with key, joined by plus signs."""
        return f"{self.name}+{self.key_id.hex()}+{encode(bytes([self.TYPE]) + self.public_key)}"

    @classmethod
    def parse(cls, line: str) -> Self:
        """The key of a verifier-key line. Raises `Malformed`, also for a key of another type."""
        name, _, rest = line.strip().partition("+")
        key_id, _, material = rest.partition("+")
        content = decode(material)
        if content[:1] != bytes([cls.TYPE]):
            raise Malformed("this is a key for another type of signatures")
        key = cls(name, content[1:])
        if key.key_id.hex() != key_id:
            raise Malformed("the key's id does not belong to its name and bytes")
        return key

    def lines_in(self, signatures: "Iterable[Signature]") -> "list[Signature]":
        """Of some lines of signature those that name this key: others are passed over."""
        return [each for each in signatures if each.name == self.name and each.key_id == self.key_id]


@dataclass(frozen=True, slots=True)
class VerifierKey(Ed25519Key):
    """Whose signatures on a note count (signature type 0x01)."""

    TYPE: ClassVar[int] = ED25519


@dataclass(frozen=True, slots=True)
class Signature:
    """One line of signature."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        """The line, without its line feed."""
        return f"{_DASH}{self.name} {encode(self.key_id + self.signature)}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, ending in a line feed, and its signatures."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(f'{each}\n' for each in self.signatures)}"


def sign(text: str, key: VerifierKey, signer: Callable[[bytes], bytes]) -> Note:
    """The note of `text` with one signature. `signer` gives Ed25519 signatures for `key`."""
    if not text.endswith("\n") or _control(text):
        raise Malformed("the text of a note ends in a line feed and holds no other control characters")
    return Note(text, (Signature(key.name, key.key_id, signer(text.encode())),))


def sign_too(signed: Note, key: VerifierKey, signer: Callable[[bytes], bytes]) -> Note:
    """The same note with one more signature, after those it has."""
    return Note(signed.text, (*signed.signatures, *sign(signed.text, key, signer).signatures))


def parse(said: str) -> Note:
    """Read a signed note. Raises `Malformed`; signatures are not verified."""
    if _control(said):
        raise Malformed("a note holds no control characters but line feeds")
    text, blank, block = said.rpartition("\n\n")
    if not blank or not block.endswith("\n"):
        raise Malformed("a note is a text, an empty line and lines of signature")
    return Note(text + "\n", signatures(block))


def signatures(block: str) -> tuple[Signature, ...]:
    """Read lines of signature, each ending in a line feed. Raises `Malformed`; they are not verified."""
    lines = block.removesuffix("\n").split("\n")
    if _control(block) or not block.endswith("\n"):
        raise Malformed("lines of signature end in a line feed each and hold no other control characters")
    if len(lines) > MOST_SIGNATURES:
        raise Malformed("this note has too many signatures")
    return tuple(_signature(line) for line in lines)


def verify(note: Note, key: VerifierKey) -> bool:
    """Whether `note` has one signature under `key`, and a good one; other signers' lines are passed over."""
    ours = key.lines_in(note.signatures)
    return len(ours) == 1 and good(key, ours[0].signature, note.text.encode())


def only(note: Note, keys: Iterable[VerifierKey]) -> Note:
    """The same note with the good lines of these keys alone: anybody may write what they like under it."""
    return Note(note.text, tuple(key.lines_in(note.signatures)[0] for key in keys if verify(note, key)))


def good(key: Ed25519Key, signature: bytes, message: bytes) -> bool:
    """Whether `signature` is one of `message` with `key`, as RFC 8032 has it."""
    if len(signature) != SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key.public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def check_name(name: str) -> None:
    """Refuse, with `Malformed`, what signed-note does not take for the name of a key."""
    odd = _control(name) or "+" in name or any(c.isspace() for c in name)
    if not name or odd or len(name.encode()) > 255:
        raise Malformed("a key's name is up to 255 bytes without white space or plus sign")


def encode(content: bytes) -> str:
    """Standard base64 with padding."""
    return base64.b64encode(content).decode()


def decode(text: str) -> bytes:
    """The bytes of standard base64, only as `encode` writes it. Raises `Malformed`."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed("this is not base64") from error
    if not content or encode(content) != text:
        raise Malformed("this is not base64 as it is written here")
    return content


def _control(text: str) -> bool:
    """Whether it holds what no note does: control characters, or halves of one, which JSON can bring."""
    return any((c < " " and c != "\n") or "\ud800" <= c <= "\udfff" for c in text)


def _signature(line: str) -> Signature:
    name, space, material = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space:
        raise Malformed("a line of signature is a dash, a name and base64")
    check_name(name)
    content = decode(material)
    if len(content) < 5:
        raise Malformed("a signature begins with the four bytes of its key's id")
    return Signature(name, content[:4], content[4:])
