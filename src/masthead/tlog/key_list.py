"""The keys of a log as it publishes them, and whether a checkpoint is signed as they ask.

    masthead log keys v1
    <origin>
    <verifier key>
    <state> <first size> <size from which revoked, or -> <ground, or -> <day, or ->
    …                                 two lines for each key
                                      an empty line
    <signed note> <signed note> …     hand-overs, replacements and revocations: `masthead.tlog.handover`

Keys come in the order in which they signed, the current one last. The list itself is not signed: what it says
can be believed as far as the notes under it can be followed from a key that one has from elsewhere.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from masthead.tlog import note
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.handover import FIRST, Ground, day, size_of
from masthead.tlog.note import Malformed, Note, VerifierKey

TITLE = "masthead log keys v1"


class State(StrEnum):
    """How a key stands now."""

    CURRENT = "current"
    """It must sign every checkpoint."""
    ALONG = "along"
    """It handed over, and signs along for those who know no other yet."""
    EARLIER = "earlier"
    """It has signed; what it signed stands."""
    REVOKED = "revoked"
    """Its signatures no longer count from a size on."""


class Fault(StrEnum):
    """Why a checkpoint is not signed as it must be."""

    UNREADABLE = "unreadable"
    MISSING = "missing"
    """The key in force did not sign it."""
    BROKEN = "broken"
    """A signature under one of the keys does not verify."""
    NOT_IN_FORCE = "not in force"
    """A key signed it that was revoked by then, or had not come in yet."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A key of the log. `size` is that of the first checkpoint it signs, 0 for the first key.

    `revoked_from` is the first size on which its signature does not count; None where it was not revoked.
    """

    key: VerifierKey
    state: State
    size: int
    revoked_from: int | None = None
    ground: Ground | None = None
    since: date | None = None

    def __str__(self) -> str:
        """Its two lines in the list."""
        revoked = "-" if self.revoked_from is None else str(self.revoked_from)
        since = self.since.isoformat() if self.since else "-"
        return f"{self.key}\n{self.state} {self.size} {revoked} {self.ground or '-'} {since}"

    def counts_at(self, size: int) -> bool:
        """Whether its signature on a checkpoint of `size` entries counts."""
        return self.size <= size and (self.revoked_from is None or size < self.revoked_from)


@dataclass(frozen=True, slots=True)
class KeyList:
    """The keys of the log `origin`, oldest first, and the signed notes about them."""

    origin: str
    keys: tuple[Listed, ...]
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The text to publish."""
        lines = [TITLE, self.origin, *map(str, self.keys), ""]
        return "\n".join(lines) + "\n" + "".join(self.notes)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text. Raises `Malformed`."""
        head, blank, rest = text.partition("\n\n")
        title, *lines = head.split("\n")
        if title != TITLE or not blank or len(lines) < 3 or len(lines) % 2 == 0:
            raise Malformed("this is not the list of a log's keys")
        origin, *listed = lines
        keys = tuple(map(_listed, listed[::2], listed[1::2]))
        sizes = [each.size for each in keys]
        if sizes[0] != 0 or sizes != sorted(set(sizes)) or any(each.key.name != origin for each in keys):
            raise Malformed("the keys of a log are its own and come in the order in which they signed")
        return cls(origin, keys, _notes(rest))

    @classmethod
    def of(cls, key: VerifierKey) -> Self:
        """The list of a log whose one key is known."""
        return cls(key.name, (Listed(key, State.CURRENT, 0),))

    @property
    def current(self) -> Listed:
        """The key that signs now."""
        return self.keys[-1]

    def at(self, size: int) -> Listed:
        """The key that must sign a checkpoint of `size` entries."""
        return [each for each in self.keys if each.size <= size][-1]

    def fault_of(self, signed: str, size: int, root: bytes) -> Fault | None:
        """What is wrong with the signed note of the checkpoint of `size` and `root`; None where nothing is.

        Lines of others, such as witnesses, are passed over.
        """
        try:
            read = note.parse(signed)
            said = Checkpoint.parse(read.text)
        except Malformed:
            return Fault.UNREADABLE
        if (said.origin, said.size, said.root) != (self.origin, size, root):
            return Fault.UNREADABLE
        ours = [each for each in self.keys if _signed(read, each.key)]
        if self.at(size) not in ours:
            return Fault.MISSING
        if not all(note.verify(read, each.key) for each in ours):
            return Fault.BROKEN
        return None if all(each.counts_at(size) for each in ours) else Fault.NOT_IN_FORCE


def _signed(read: Note, key: VerifierKey) -> bool:
    return any((line.name, line.key_id) == (key.name, key.key_id) for line in read.signatures)


def _notes(text: str) -> tuple[str, ...]:
    """The notes one after the other: each begins with a line that no other line of theirs can begin with."""
    before, *notes = re.split(
        f"(?m)^(?={FIRST})", text
    )  # Lines end at line feeds alone, not as Python has it.
    if before:
        raise Malformed("what follows the keys is no statement about them")
    for each in notes:
        note.parse(each)
    return tuple(notes)


def _listed(key: str, facts: str) -> Listed:
    try:
        state, size, revoked, ground, since = facts.split(" ")
        read = Listed(
            VerifierKey.parse(key),
            State(state),
            size_of(size),
            None if revoked == "-" else size_of(revoked),
            None if ground == "-" else Ground(ground),
            day(since),
        )
    except ValueError as error:
        raise Malformed("a key is listed with its state, sizes, ground and day") from error
    if str(read) != f"{key}\n{facts}":
        raise Malformed("a key is not listed as it is written")
    return read
