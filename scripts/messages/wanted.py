"""One thing said to a person, as the source has it."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "masthead"


class NotLiteral(ValueError):
    """A template that is put together when the program runs, so that nobody can translate it."""


@dataclass(frozen=True, slots=True, order=True)
class Wanted:
    """A template, its plural where it counts something, and the file that says it, from the root."""

    template: str
    plural: str | None
    place: str


def place_of(file: Path) -> str:
    """How a place is written in the catalogue: no line, so that a move inside a file changes nothing."""
    return file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else file.name
