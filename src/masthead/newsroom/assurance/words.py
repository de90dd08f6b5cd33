"""The closed lists of this room."""

from enum import StrEnum

from masthead.language import Message


class Cause(StrEnum):
    """Why a corrective action was opened."""

    FAILED = "failed"
    OVERDUE = "overdue"


CAUSES = {
    Cause.FAILED: Message("not met"),
    Cause.OVERDUE: Message("nobody has looked in time"),
}

BY_HAND = ("person", "1")
"""The collector of what a person gives, and its version."""
