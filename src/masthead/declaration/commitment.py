"""Commitments and the questions that answer them; the controls have a file of their own."""

from dataclasses import dataclass
from enum import StrEnum

from masthead.vocabulary import Grade, Role


class Addressee(StrEnum):
    """Whom a source text asks."""

    SIGNATORIES = "signatories"
    """Those who signed it: the commitment is their own."""
    STATES = "states"
    """States: the commitment is read as a duty-bearer or as a watchdog, never as one's own compliance."""


class Part(StrEnum):
    """The kind of line a commitment is in its source text."""

    BULLET = "bullet"
    EXAMPLE = "example"
    PRACTICAL = "practical"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Source:
    """A source text; `locales` are the languages it was issued in."""

    id: str
    locales: tuple[str, ...]
    addressed_to: Addressee


@dataclass(frozen=True, slots=True)
class Section:
    """A principle of a source text, or the part of it that stands beside the principles."""

    id: str
    source: str
    principle: int | None


@dataclass(frozen=True, slots=True)
class Commitment:
    """One line of the source texts, by reference.

    `position` counts from one within `part` of the section, or is the letter of the call.
    `caveat_locales` are the locales in which the line is faulty; the words say what was done about it.
    """

    id: str
    section: str
    source: str
    principle: int | None
    part: Part
    position: str
    addressed_to: Addressee
    caveat_locales: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked where no control serves a commitment.

    `evidence` is the weakest grade that answers it, `asked` the role whose turn it is, `cadence_days` how
    long an answer stays fresh.
    """

    id: str
    commitment: str
    evidence: Grade
    asked: Role
    cadence_days: int
