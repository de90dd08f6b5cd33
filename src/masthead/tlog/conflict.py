"""Two heads of one log that cannot both be true, as a file that strangers can check with its key; pure.

Of the same size they have two roots. Of two sizes, `proof` shows that the larger tree grew from one whose
root is `other_root` (RFC 9162, section 2.1.4), and the log has signed another root for that size. Nobody
without the log's key can make such a file, whatever they were shown. A file of two heads without a proof, the
later seen being the smaller, shows that both were signed: which came first is the word of whoever saw them.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from masthead.tlog import note
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.hashes import HASH_BYTES
from masthead.tlog.note import Malformed, VerifierKey, decode, encode
from masthead.tlog.proofs import Tree, verify_consistency

FORM = 1
LARGEST = 1_000_000
"""Bytes of a file that is read at all."""


class Shows(StrEnum):
    """What a file shows."""

    FORK = "fork"
    """The log signed two heads of which neither is the beginning of the other."""
    SIGNED = "signed"
    """The log signed both heads; that they conflict is not shown."""
    NOTHING = "nothing"
    """Not both are signed with the key."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """The two notes as they came, and the proof; empty where both heads have one size."""

    known: str
    shown: str
    other_root: bytes = b""
    proof: tuple[bytes, ...] = ()

    def shows(self, key: VerifierKey) -> Shows:
        """What it shows about the log of `key`. Raises `Malformed` where the notes are none."""
        known, shown = _signed(self.known, key), _signed(self.shown, key)
        if known is None or shown is None:
            return Shows.NOTHING
        return Shows.FORK if contradict(known, shown, self.other_root, self.proof) else Shows.SIGNED

    def to_json(self) -> str:
        """The file, ending in a line feed."""
        said = {
            "masthead_conflict": FORM,
            "known": self.known,
            "shown": self.shown,
            "other_root": encode(self.other_root) if self.other_root else "",
            "proof": [encode(each) for each in self.proof],
        }
        return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @classmethod
    def parse(cls, content: bytes) -> "Conflict":
        """Read a file. Raises `Malformed`."""
        if len(content) > LARGEST:
            raise Malformed("this is larger than two notes and a proof")
        try:
            said: Any = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise Malformed("this is not JSON") from error
        names = {"masthead_conflict", "known", "shown", "other_root", "proof"}
        if not isinstance(said, dict) or said.keys() != names or said["masthead_conflict"] != FORM:
            raise Malformed("this is not a file of two conflicting heads")
        proof, other = said["proof"], said["other_root"]
        texts = [said["known"], said["shown"], other]
        if not isinstance(proof, list) or not all(isinstance(each, str) for each in (*texts, *proof)):
            raise Malformed("the notes, the root and the proof are texts")
        return cls(
            said["known"],
            said["shown"],
            _hash(other) if other else b"",
            tuple(_hash(each) for each in proof),
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """What shows that a head is not the beginning of a larger one; both empty for two roots of one size."""

    other_root: bytes
    proof: tuple[bytes, ...]


def contradict(one: Checkpoint, other: Checkpoint, other_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether two heads of one log cannot both be true, as `other_root` and `proof` show."""
    smaller, larger = sorted((one, other), key=lambda head: head.size)
    if smaller.size == larger.size:
        return smaller.root != larger.root
    return (
        len(other_root) == HASH_BYTES
        and other_root != smaller.root
        and verify_consistency(smaller.size, larger.size, other_root, larger.root, proof)
    )


class Garbled(LookupError):
    """What a log serves as its tree does not give the root that it has signed."""


def difference(one: Checkpoint, other: Checkpoint, tree: Callable[[int], Tree]) -> Difference | None:
    """None where the smaller of two heads is the beginning of the larger; else what shows that it is not.

    `tree` gives the tree of the larger one's size, from anywhere: nothing of it is believed but what the
    signed root bears out. Raises `Garbled` where that bears nothing out, and what `tree` raises.
    """
    smaller, larger = sorted((one, other), key=lambda head: head.size)
    if smaller.size == larger.size:
        return None if smaller.root == larger.root else Difference(b"", ())
    if smaller.size == 0:
        return None
    grown = tree(larger.size)
    root, proof = grown.root(smaller.size), tuple(grown.consistency(smaller.size))
    if not verify_consistency(smaller.size, larger.size, root, larger.root, proof):
        raise Garbled
    return None if root == smaller.root else Difference(root, proof)


def _signed(text: str, key: VerifierKey) -> Checkpoint | None:
    read = note.parse(text)
    head = Checkpoint.parse(read.text)
    return head if head.origin == key.name and note.verify(read, key) else None


def _hash(text: str) -> bytes:
    content = decode(text)
    if len(content) != HASH_BYTES:
        raise Malformed("a hash has 32 bytes")
    return content
