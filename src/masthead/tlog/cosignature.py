"""Cosignatures of witnesses: C2SP tlog-cosignature, Ed25519 (signature type 0x04).

A cosignature says: at that time, the largest head this witness had seen of the log had this size and root,
and every head it had seen before was its beginning. It is one more line of signature under the checkpoint.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from masthead.tlog.note import SIGNATURE_BYTES, Ed25519Key, Malformed, Note, Signature, good

TIMED_ED25519 = 4
TIME_BYTES = 8
LATEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class CosignerKey(Ed25519Key):
    """Whose cosignatures count: a witness's name and key."""

    TYPE: ClassVar[int] = TIMED_ED25519


def message(text: str, time: int) -> bytes:
    """What a witness signs: a header, the time in POSIX seconds, and the text of the note."""
    if not 0 <= time <= LATEST:
        raise Malformed("the time of a cosignature is a POSIX time below 2^63")
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def cosign(text: str, key: CosignerKey, signer: Callable[[bytes], bytes], time: int) -> Signature:
    """The line of signature of a witness under `text`, said at `time` (POSIX seconds).

    `signer` gives Ed25519 signatures for `key`. Whoever calls has seen to it that what it says is true.
    """
    signed = signer(message(text, time))
    return Signature(key.name, key.key_id, time.to_bytes(TIME_BYTES, "big") + signed)


def time_of(text: str, signature: Signature, key: CosignerKey) -> int | None:
    """When `key` cosigned `text` by this line (POSIX seconds); None where it did not."""
    content = signature.signature
    if (signature.name, signature.key_id) != (key.name, key.key_id):
        return None
    if len(content) != TIME_BYTES + SIGNATURE_BYTES:
        return None
    time = int.from_bytes(content[:TIME_BYTES], "big")
    if time > LATEST or not good(key, content[TIME_BYTES:], message(text, time)):
        return None
    return time


def cosigned(note: Note, key: CosignerKey) -> int | None:
    """When `key` cosigned `note`; None where it did not, or more than once.

    Lines of other keys are passed over.
    """
    ours = key.lines_in(note.signatures)
    return time_of(note.text, ours[0], key) if len(ours) == 1 else None
