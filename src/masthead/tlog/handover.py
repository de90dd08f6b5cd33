"""What keys of a log sign about keys of that log, and which key follows from which.

Three statements, each the text of a signed note under the log's origin. Their first line holds white space,
so that none can be taken for a checkpoint:

- a hand-over, signed by the old key and by the new one;
- a replacement, signed by the new key alone: the old one was lost or is no longer to be trusted;
- a revocation, signed by the key that signs now and, where it is at hand, by the revoked key itself. What a
  key says against itself may be believed: whoever stole it would not say it.

Decided in docs/decisions/0018-keys-of-the-log.md.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from masthead.tlog import note
from masthead.tlog.note import Malformed, Note, VerifierKey

FIRST = "masthead log key "
"""How the first line of every statement begins; no other line of a note of ours can."""
_SIZE = re.compile("0|[1-9][0-9]{0,17}")


class Ground(StrEnum):
    """Why a key came in, or no longer counts."""

    ROTATED = "rotated"
    LOST = "lost"
    STOLEN = "stolen"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Handover:
    """That `key` signs the log from the checkpoint of `size` entries on."""

    key: VerifierKey
    size: int

    TITLE = f"{FIRST}handover v1"

    def __str__(self) -> str:
        """The text to sign."""
        return _text(self.TITLE, self.key.name, str(self.key), str(self.size))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text of a note. Raises `Malformed`."""
        origin, key, size = _lines(text, cls.TITLE, 3)
        return cls(_key(key, origin), size_of(size))


@dataclass(frozen=True, slots=True)
class Replacement:
    """That `key` signs from `size` on in the place of `old`, which did not sign this."""

    old: VerifierKey
    key: VerifierKey
    size: int
    ground: Ground

    TITLE = f"{FIRST}replacement v1"

    def __str__(self) -> str:
        """The text to sign."""
        return _text(
            self.TITLE, self.key.name, str(self.old), str(self.key), str(self.size), self.ground.value
        )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text of a note. Raises `Malformed`."""
        origin, old, key, size, ground = _lines(text, cls.TITLE, 5)
        return cls(_key(old, origin), _key(key, origin), size_of(size), _ground(ground))


@dataclass(frozen=True, slots=True)
class Revocation:
    """That signatures of `key` count on no checkpoint of `size` entries or more.

    `since` is the day from which it may have been in other hands; None where nobody can say.
    """

    key: VerifierKey
    ground: Ground
    size: int
    since: date | None

    TITLE = f"{FIRST}revocation v1"

    def __str__(self) -> str:
        """The text to sign."""
        since = self.since.isoformat() if self.since else "-"
        return _text(self.TITLE, self.key.name, str(self.key), self.ground.value, str(self.size), since)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text of a note. Raises `Malformed`."""
        origin, key, ground, size, since = _lines(text, cls.TITLE, 5)
        return cls(_key(key, origin), _ground(ground), size_of(size), day(since))


@dataclass(frozen=True, slots=True)
class Link:
    """A key and the size of the first checkpoint it signs."""

    key: VerifierKey
    size: int


@dataclass(frozen=True, slots=True)
class Followed:
    """Where the key one trusts leads to: `links` begin with it, each handed over to the next.

    `revoked` are revocations that one of these keys signed, `replaced` what somebody says of a key that none
    of these signed: not to be believed, but a reason to get the key anew. `forked` says that the last of them
    handed over to two keys, as only a stolen key does: nothing is followed past that.
    """

    links: tuple[Link, ...]
    revoked: tuple[Revocation, ...] = ()
    replaced: tuple[Replacement, ...] = ()
    forked: bool = False

    @property
    def keys(self) -> tuple[VerifierKey, ...]:
        """The keys alone, the trusted one first."""
        return tuple(link.key for link in self.links)

    def at(self, size: int) -> VerifierKey:
        """The key that must have signed a checkpoint of `size` entries."""
        return [link.key for link in self.links if link.size <= size][-1]

    def verifies(self, signed: Note, size: int) -> bool:
        """Whether the note of a checkpoint of `size` entries has the signature it must have, not revoked."""
        return self.counts(self.at(size), signed, size)

    def along(self, signed: Note, size: int) -> tuple[VerifierKey, ...]:
        """The other keys of these that stand under it, whether or not their signatures hold."""
        must = self.at(size)
        return tuple(key for key in self.keys if key != must and key.lines_in(signed.signatures))

    def counts(self, key: VerifierKey, signed: Note, size: int) -> bool:
        """Whether the signature of `key`, one of these, on a checkpoint of `size` entries counts."""
        gone = any(each.key == key and each.size <= size for each in self.revoked)
        return not gone and note.verify(signed, key)


def follow(key: VerifierKey, statements: Iterable[str]) -> Followed:
    """Where `key`, which one has from elsewhere, leads by the signed `statements` of its log, in any order.

    Statements of other forms or of other logs are passed over; `Malformed` where one is no signed note or not
    what its first line says.
    """
    notes = [note.parse(each) for each in dict.fromkeys(statements)]
    handovers = [(read, Handover.parse(read.text)) for read in notes if _is(read, Handover.TITLE)]
    links, forked = [Link(key, 0)], False
    while True:
        last = links[-1]
        known = [link.key for link in links]
        nexts = {
            said
            for read, said in handovers
            if said.size > last.size and said.key not in known and _both(read, last.key, said.key)
        }
        if len(nexts) != 1:
            forked = len(nexts) > 1
            break
        (said,) = nexts
        links.append(Link(said.key, said.size))
    keys = [link.key for link in links]
    return Followed(tuple(links), _revoked(notes, keys), _replaced(notes, keys), forked)


def _revoked(notes: list[Note], keys: list[VerifierKey]) -> tuple[Revocation, ...]:
    found = [(read, Revocation.parse(read.text)) for read in notes if _is(read, Revocation.TITLE)]
    return tuple(
        said
        for read, said in found
        # By itself or by one that came after it: an older key, stolen, could revoke all that followed.
        if said.key in keys and any(note.verify(read, key) for key in keys[keys.index(said.key) :])
    )


def _replaced(notes: list[Note], keys: list[VerifierKey]) -> tuple[Replacement, ...]:
    found = [(read, Replacement.parse(read.text)) for read in notes if _is(read, Replacement.TITLE)]
    return tuple(said for read, said in found if said.old in keys and note.verify(read, said.key))


def _is(read: Note, title: str) -> bool:
    return read.text.startswith(f"{title}\n")


def _both(read: Note, old: VerifierKey, new: VerifierKey) -> bool:
    return old.name == new.name and note.verify(read, old) and note.verify(read, new)


def day(text: str) -> date | None:
    """The day that `text` writes as ISO 8601 has it; None for a dash. Raises `Malformed`."""
    if text == "-":
        return None
    try:
        read = date.fromisoformat(text)
    except ValueError as error:
        raise Malformed("this is no day") from error
    if read.isoformat() != text:
        raise Malformed("a day is written as 2026-01-31")
    return read


def _text(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def _lines(text: str, title: str, count: int) -> list[str]:
    first, *lines = text.split("\n")
    if first != title or len(lines) != count + 1 or lines.pop():
        raise Malformed("this is not a statement about a key as it is written")
    return lines


def _key(line: str, origin: str) -> VerifierKey:
    key = VerifierKey.parse(line)
    if key.name != origin or str(key) != line:
        raise Malformed("this is not a key of that log")
    return key


def size_of(text: str) -> int:
    """The size that `text` writes in the one way it can be. Raises `Malformed`."""
    if not _SIZE.fullmatch(text):
        raise Malformed("a size is a plain decimal number")
    return int(text)


def _ground(text: str) -> Ground:
    try:
        return Ground(text)
    except ValueError as error:
        raise Malformed("that is no ground known here") from error
