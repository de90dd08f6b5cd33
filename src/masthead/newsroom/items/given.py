"""What a person hands in: bytes under a name, and uses of AI as said."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath
from typing import Self

from masthead.errors import Refused
from masthead.language import Message
from masthead.newsroom.said import at_most, cleaned, titled
from masthead.vocabulary import Task, Tier

LONGEST_TITLE = 300
"""Characters of a title."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file as handed in. The name is for people and for typing; it never leaves the record."""

    name: str
    content: bytes
    address: str | None = None
    """Where it was fetched from, and when; None for what a person handed in."""
    fetched_at: datetime | None = None

    @property
    def label(self) -> str:
        """What people call it: its address, else the file's name without its folder, cut to what is kept."""
        return cleaned(self.address or PurePath(self.name).name)[:300] or "?"


def its_own_source() -> Refused:
    """The refusal of an item as what it was made from."""
    return Refused(
        Message("This is the item itself, byte for byte, and nothing is a source of itself."),
        Message("Add what it was made from: the notes, the recording, the release as it came."),
    )


def not_its_own_source(given: Given, sources: Iterable[Given]) -> None:
    """Raise `Refused` where what is handed in stands among its sources: every fact would be found in it."""
    if any(each.content == given.content for each in sources):
        raise its_own_source()


@dataclass(frozen=True, slots=True)
class Delivery:
    """One sending of a form, to be taken once.

    `mark` is random, made when the form was shown, at most 64 characters. `sent` stands for all that came
    with it (SHA-256, hex): what it says, which files, which addresses. What was found at those addresses
    stands in `content` and `sources` (SHA-256, hex), with all else that was brought in; empty before that.
    """

    mark: str
    sent: str
    content: str = ""
    sources: frozenset[str] = frozenset()

    def bringing(self, given: Given, sources: Iterable[Given]) -> Self:
        """The same sending, with what it brings in."""
        found = frozenset(sha256(each.content).hexdigest() for each in sources)
        return replace(self, content=sha256(given.content).hexdigest(), sources=found)


@dataclass(frozen=True, slots=True)
class UseGiven:
    """An AI use as said. `part` is code points of the text, None the whole."""

    system: str
    task: Task | None
    tier: Tier
    part: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        """Spell the system in one line; `Refused` where it has no name, or one too long to be kept."""
        system = at_most(self.system, 200)
        if not system:
            raise Refused(
                Message("An AI use names the system that was used."), Message("Say which system it was.")
            )
        object.__setattr__(self, "system", system)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person says about an item as a whole; None and the empty title leave what is on record."""

    title: str = ""
    public_interest: bool | None = None
    realistic: bool | None = None

    def __post_init__(self) -> None:
        """`Refused` where the title is longer than is kept: it is never cut unsaid."""
        object.__setattr__(self, "title", at_most(titled(self.title), LONGEST_TITLE))
