"""What is next for an item."""

from collections.abc import Collection
from enum import StrEnum

from masthead.gate.clearance import SIGNATURE, ObstacleCode
from masthead.language import Message


class Step(StrEnum):
    """What is next, in the order in which a person has to do with it."""

    MEND = "mend"
    CHECK = "check"
    SIGN_OFF = "sign off"
    PUBLISH = "publish"
    CORRECTION = "correction"
    """It went out as a correction and waits for its sign-off."""
    REVIEW = "review"
    """It went out past the gate and waits for its second review."""
    OUT = "out"
    GONE = "gone"


UNDER_HAND = (Step.MEND, Step.CHECK, Step.SIGN_OFF, Step.PUBLISH)
"""Steps at which the gate is asked: the newest version is not out."""
FOLLOWED = (*UNDER_HAND, Step.CORRECTION)
"""Steps at which what is to be done rests on the checklist and the register."""
DONE = (Step.OUT, Step.GONE)

WORDS = {
    Step.MEND: Message("to mend"),
    Step.CHECK: Message("to check"),
    Step.SIGN_OFF: Message("waiting for sign-off"),
    Step.PUBLISH: Message("ready to publish"),
    Step.CORRECTION: Message("corrected, waiting for sign-off"),
    Step.REVIEW: Message("waiting for second review"),
    Step.OUT: Message("published"),
    Step.GONE: Message("withdrawn"),
}
"""What a person reads; a test holds it complete."""


def waivable(obstacles: Collection[ObstacleCode]) -> bool:
    """Whether waivers and a sign-off would clear what the gate says is in the way, and waivers are needed."""
    return ObstacleCode.FINDING in obstacles and set(obstacles) <= {ObstacleCode.FINDING, *SIGNATURE}


def step_for(obstacles: Collection[ObstacleCode]) -> Step:
    """What is next for a version that is not out, by what the gate says is in its way.

    The checks come first, as what they find may have to be mended; a sign-off comes last, because it dies
    with any change.
    """
    if not obstacles:
        return Step.PUBLISH
    if ObstacleCode.CHECK_NOT_RUN in obstacles:
        return Step.CHECK
    return Step.SIGN_OFF if set(obstacles) <= SIGNATURE else Step.MEND
