"""How work at arm's length can fail, told apart so that a caller can say it in the caller's words."""

from enum import StrEnum

from masthead.errors import Unavailable
from masthead.language import Message


class Reason(StrEnum):
    """Why no result came."""

    START = "start"
    """The child could not be started."""
    TIME = "time"
    """It took longer than allowed and was ended."""
    MEMORY = "memory"
    """It asked for more memory than allowed."""
    ENDED = "ended"
    """The child died: a crash inside a parser, or somebody ended it."""
    ERROR = "error"
    """The function met an error it did not expect."""
    REPLY = "reply"
    """What the child sent is no answer."""
    SIZE = "size"
    """The answer is larger than allowed."""


_WHAT = {
    Reason.START: Message("The separate process that opens files could not be started."),
    Reason.TIME: Message("The work took longer than allowed and was stopped."),
    Reason.MEMORY: Message("The work needed more memory than allowed and was stopped."),
    Reason.ENDED: Message("The separate process that opens files ended unexpectedly."),
    Reason.ERROR: Message("The work stopped on an error inside."),
    Reason.REPLY: Message("The separate process that opens files gave an answer that makes no sense."),
    Reason.SIZE: Message("The result is larger than allowed."),
}
_TRY_AGAIN = Message(
    "Try again; if it happens again, this file is the cause: try another copy or format of it."
)
_FREE_MEMORY = Message("Free some memory or processes on this machine, then try again.")


class Failed(Unavailable):
    """Work at arm's length gave no result; nothing of it remains and the next call starts afresh."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(_WHAT[reason], _FREE_MEMORY if reason is Reason.START else _TRY_AGAIN)
        self.reason = reason
