"""Two heads of one log that cannot both be true, as a file that strangers can check with its key; pure.

Of the same size they have two roots. Of two sizes, `proof` shows that the larger tree grew from one whose
root is `other_root` (RFC 9162, section 2.1.4), and the log has signed another root for that size. Nobody
without the log's key can make such a file, whatever they were shown. A file of two heads without a proof, the
later seen being the smaller, shows that both were signed: which came first is the word of whoever saw them.

A log that has changed its key may have signed one head with each. The file names the keys that signed, and
holds what they have signed about each other where that is known; but of both it is the reader who says whom
he trusts: a key counts that he has from elsewhere, or that one of those handed over to.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from masthead.tlog import note
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.handover import follow
from masthead.tlog.hashes import HASH_BYTES
from masthead.tlog.note import Malformed, VerifierKey, decode, encode
from masthead.tlog.proofs import Tree, verify_consistency

FORM = 2
_FIRST = {"masthead_conflict", "known", "shown", "other_root", "proof"}
_NAMES: Mapping[Any, set[str]] = {1: _FIRST, 2: _FIRST | {"keys", "statements"}}
"""What a file of each form says. In the first, both heads are signed with one key."""
LARGEST = 1_000_000
"""Bytes of a file that is read at all."""


class Shows(StrEnum):
    """What a file shows."""

    FORK = "fork"
    """The log signed two heads of which neither is the beginning of the other."""
    SIGNED = "signed"
    """The log signed both heads; that they conflict is not shown."""
    NOTHING = "nothing"
    """Not both are signed with one of the keys."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """The two notes as they came, and the proof; empty where both heads have one size.

    `keys` are the verifier-key lines that signed them, for who looks for them elsewhere; `statements` the
    signed notes about them. Neither is believed by itself.
    """

    known: str
    shown: str
    other_root: bytes = b""
    proof: tuple[bytes, ...] = ()
    keys: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()

    def shows(self, *keys: VerifierKey) -> Shows:
        """What it shows about the log of these keys. Raises `Malformed` where the notes are none."""
        return self.shown_under(*keys).shows

    def shown_under(self, *keys: VerifierKey) -> "Shown":
        """The same, with the keys under which: these, and those that they handed over to."""
        trusted = tuple(dict.fromkeys(each for key in keys for each in follow(key, self.statements).keys))
        known, by = _signed(self.known, trusted)
        shown, then = _signed(self.shown, trusted)
        if not by or not then or known.origin != shown.origin:
            return Shown(Shows.NOTHING, by, then)
        fork = contradict(known, shown, self.other_root, self.proof)
        return Shown(Shows.FORK if fork else Shows.SIGNED, by, then)

    def to_json(self) -> str:
        """The file, ending in a line feed."""
        said = {
            "masthead_conflict": FORM,
            "known": self.known,
            "shown": self.shown,
            "other_root": encode(self.other_root) if self.other_root else "",
            "proof": [encode(each) for each in self.proof],
            "keys": list(self.keys),
            "statements": list(self.statements),
        }
        return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @classmethod
    def parse(cls, content: bytes) -> "Conflict":
        """Read a file. Raises `Malformed`."""
        if len(content) > LARGEST:
            raise Malformed("this is larger than two notes and a proof")
        try:
            said: Any = json.loads(content.decode())
        except (ValueError, RecursionError) as error:
            raise Malformed("this is not JSON") from error
        form = said.get("masthead_conflict") if isinstance(said, dict) else None
        if type(form) is not int or _NAMES.get(form) != said.keys():
            raise Malformed("this is not a file of two conflicting heads")
        other, lists = said["other_root"], [said["proof"], said.get("keys", []), said.get("statements", [])]
        if not all(isinstance(each, list) for each in lists):
            raise Malformed("the proof, the keys and the statements are lists")
        texts = (said["known"], said["shown"], other, *(text for each in lists for text in each))
        if not all(isinstance(each, str) and _written(each) for each in texts):
            raise Malformed("the notes, the root and what is in the lists are texts")
        proof, keys, statements = map(tuple, lists)
        root = _hash(other) if other else b""
        return cls(said["known"], said["shown"], root, tuple(map(_hash, proof)), keys, statements)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a file shows, and the keys that signed the head known before and the one shown then."""

    shows: Shows
    known_by: tuple[VerifierKey, ...]
    shown_by: tuple[VerifierKey, ...]


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


def _signed(text: str, keys: Sequence[VerifierKey]) -> tuple[Checkpoint, tuple[VerifierKey, ...]]:
    read = note.parse(text)
    head = Checkpoint.parse(read.text)
    return head, tuple(key for key in keys if key.name == head.origin and note.verify(read, key))


def _written(text: str) -> bool:
    """Whether it can be written down: JSON can bring halves of a character."""
    return not any("\ud800" <= c <= "\udfff" for c in text)


def _hash(text: str) -> bytes:
    content = decode(text)
    if len(content) != HASH_BYTES:
        raise Malformed("a hash has 32 bytes")
    return content
