"""What a file says of itself, as values that cross from the child as plain JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self


class State(StrEnum):
    """The verdict on a credential: of a signer you trust, intact, not intact, or none there."""

    TRUSTED = "trusted"
    VALID = "valid"
    INVALID = "invalid"
    NONE = "none"


class Place(StrEnum):
    """Where in a file something stands."""

    THIS = "credential"
    EARLIER = "earlier credential"
    METADATA = "metadata"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing done, as a credential tells it. `source_type` is the IPTC term, else as given."""

    action: str
    system: str | None = None
    source_type: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One version in the history. `relation` is `this` for the newest, else C2PA's relationship to the next.

    `signer` is None for a version without a credential. `time` is a time stamp's, ISO 8601.
    """

    manifest: str | None
    relation: str
    signer: str | None = None
    time: str | None = None
    software: str | None = None
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """An AI use that the file declares. `task` and `tier` are known only where Masthead wrote them."""

    where: Place
    system: str | None = None
    action: str | None = None
    task: str | None = None
    tier: str | None = None
    source_type: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: a C2PA status code or one of ours, with what the SDK or the file says about it."""

    code: str
    detail: str = ""
    where: Place = Place.THIS


@dataclass(frozen=True, slots=True)
class Said:
    """All of it."""

    state: State
    faults: tuple[Fault, ...] = ()
    ai: tuple[Declared, ...] = ()
    history: tuple[Step, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads back."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """What `to_json` wrote."""
        return cls(
            State(data["state"]),
            tuple(Fault(f["code"], f["detail"], Place(f["where"])) for f in data["faults"]),
            tuple(Declared(**{**d, "where": Place(d["where"])}) for d in data["ai"]),
            tuple(
                Step(**{**s, "actions": tuple(Action(**a) for a in s["actions"])}) for s in data["history"]
            ),
        )
