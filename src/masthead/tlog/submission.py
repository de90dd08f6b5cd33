"""What a log sends to a witness: C2SP tlog-witness, the body of `add-checkpoint`; pure.

A line with the old size, the proof from there as a hash in each line, at most 63, an empty line, and then the
checkpoint as a signed note. Each line ends in a line feed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from masthead.tlog.hashes import HASH_BYTES
from masthead.tlog.note import Malformed, Note, decode, encode, parse

LONGEST_PROOF = 63
LARGEST = 64_000
"""Bytes of a body that is read at all: a proof takes 3 kB, a hundred signatures less than the rest."""
SIZE_TYPE = "text/x.tlog.size"
"""The media type of an answer that names the size which the witness has seen."""


@dataclass(frozen=True, slots=True)
class Submission:
    """An old size, the proof from it, and the note of the checkpoint."""

    old: int
    proof: tuple[bytes, ...]
    note: Note

    def body(self) -> bytes:
        """The bytes to send."""
        lines = (f"old {self.old}", *(encode(each) for each in self.proof), "", str(self.note))
        return "\n".join(lines).encode()

    @classmethod
    def parse(cls, body: bytes) -> "Submission":
        """Read what was sent. Raises `Malformed`."""
        if len(body) > LARGEST:
            raise Malformed("this is larger than a checkpoint with its proof")
        try:
            head, blank, note = body.decode().partition("\n\n")
        except UnicodeDecodeError as error:
            raise Malformed("a submission is UTF-8") from error
        first, *proof = head.split("\n")
        if not blank or not first.startswith("old "):
            raise Malformed("a submission is an old size, a proof, an empty line and a checkpoint")
        return cls(read_size(first.removeprefix("old ")), _proof(proof), parse(note))


def read_size(text: str) -> int:
    """The size that a line names: ASCII digits without a leading zero. Raises `Malformed`."""
    if not (text.isascii() and text.isdecimal() and len(text) < 19 and str(int(text)) == text):
        raise Malformed("a size is a plain decimal number")
    return int(text)


def _proof(lines: Sequence[str]) -> tuple[bytes, ...]:
    if len(lines) > LONGEST_PROOF:
        raise Malformed("a proof has at most 63 hashes")
    hashes = tuple(decode(line) for line in lines)
    if any(len(each) != HASH_BYTES for each in hashes):
        raise Malformed("each line of a proof is a hash of 32 bytes")
    return hashes
