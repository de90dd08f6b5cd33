"""The gate's answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from masthead.language import Message


class ObstacleCode(StrEnum):
    """Why a version is not cleared; stable names for software that reads the answer."""

    PROHIBITED_USE = "prohibited_use"
    NO_SIGN_OFF = "no_sign_off"
    SIGN_OFF_BY_AUTHOR = "sign_off_by_author"
    SIGN_OFF_WITHOUT_RIGHT = "sign_off_without_right"
    SIGN_OFF_DIED = "sign_off_died"
    CHECK_NOT_RUN = "check_not_run"
    FINDING = "finding"
    SYSTEM_UNREGISTERED = "system_unregistered"
    SYSTEM_NOT_APPROVED = "system_not_approved"
    SYSTEM_PAUSED = "system_paused"
    SYSTEM_RETIRED = "system_retired"
    TASK_MISSING = "task_missing"
    TERMS_UNKNOWN = "terms_unknown"
    NOT_DISCLOSED = "not_disclosed"
    NOT_MARKED = "not_marked"


SIGNATURE = frozenset(
    {
        ObstacleCode.NO_SIGN_OFF,
        ObstacleCode.SIGN_OFF_DIED,
        ObstacleCode.SIGN_OFF_BY_AUTHOR,
        ObstacleCode.SIGN_OFF_WITHOUT_RIGHT,
    }
)
"""What a sign-off by the right person takes away."""


def to_mend(codes: Iterable[ObstacleCode]) -> int:
    """How many things are to be mended before anyone signs: each obstacle but those of the sign-off.

    The count that every page and list shows: each finding is one thing, however many say the same.
    """
    return sum(code not in SIGNATURE for code in codes)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way, and what would clear it. `control` is None where the floor alone asks."""

    code: ObstacleCode
    message: Message
    ways_out: tuple[Message, ...]
    commitments: tuple[str, ...]
    control: str | None = None
    finding: str | None = None
    """The fingerprint of the finding, for one that can be waived."""
    system: str | None = None


@dataclass(frozen=True, slots=True)
class Clearance:
    """Clear, or every obstacle at once.

    `warnings` are what the controls in force ask to be shown without stopping. `overridden` is what a
    break-glass passed over: the version may go out, and a second person must review it in time.
    """

    obstacles: tuple[Obstacle, ...]
    warnings: tuple[Obstacle, ...] = ()
    overridden: tuple[Obstacle, ...] = ()
    self_signed: bool = False

    @property
    def clear(self) -> bool:
        """Whether the version may be published now."""
        return not self.obstacles

    @property
    def to_mend(self) -> int:
        """How many things are to be mended before anyone signs: see `to_mend`."""
        return to_mend(each.code for each in self.obstacles)

    @property
    def to_sign(self) -> bool:
        """Whether a sign-off is missing."""
        return any(each.code in SIGNATURE for each in self.obstacles)
