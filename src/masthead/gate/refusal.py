"""What a command raises when the gate says no."""

from masthead.errors import Refused
from masthead.gate.clearance import Clearance
from masthead.language import Message


class NotCleared(Refused):
    """The gate has obstacles; `clearance` lists every one with its ways out. Nothing was changed."""

    def __init__(self, clearance: Clearance) -> None:
        super().__init__(
            Message(
                "Not cleared: %(n)d thing is in the way.",
                {"n": len(clearance.obstacles)},
                "Not cleared: %(n)d things are in the way.",
            ),
            Message("Each has its way out; do it, then ask again."),
        )
        self.clearance = clearance
