"""What a person hands in: bytes under a name, and uses of AI as said."""

from dataclasses import dataclass
from pathlib import PurePath

from masthead.vocabulary import Task, Tier


@dataclass(frozen=True, slots=True)
class Given:
    """A file as handed in. The name is for people and for typing; it never leaves the record."""

    name: str
    content: bytes

    @property
    def label(self) -> str:
        """What people call it: the file's name without its folder, cut to what the record holds."""
        return PurePath(self.name).name[:300] or "?"


@dataclass(frozen=True, slots=True)
class UseGiven:
    """An AI use as said. `part` is code points of the text, None the whole."""

    system: str
    task: Task | None
    tier: Tier
    part: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person says about an item as a whole; None and the empty title leave what is on record."""

    title: str = ""
    public_interest: bool | None = None
    realistic: bool | None = None
