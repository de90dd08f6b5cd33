"""What can be wrong with a log that we watch, in words."""

from enum import StrEnum

from masthead.language import Message


class Fault(StrEnum):
    """How a log contradicts what it has shown."""

    FORK = "fork"
    """Two heads signed by the log of which neither is the beginning of the other."""
    ROLLBACK = "rollback"
    """It has gone on showing a head with fewer entries than one it had shown before."""


def key_id(line: str) -> str:
    """Short enough to type, and enough to tell two keys of one name apart: the middle of their line."""
    return line.split("+", 2)[1]


FAULTS = {
    Fault.FORK: Message("two heads that contradict each other"),
    Fault.ROLLBACK: Message("a head with fewer entries than one shown before"),
}
EXPLAINED = {
    Fault.FORK: Message(
        "This log has signed two heads of which neither is the beginning of the other: it has shown"
        " different things to different people, or changed what it had recorded."
    ),
    Fault.ROLLBACK: Message(
        "This log goes on showing a head with fewer entries than one it had signed before: entries were taken"
        " back, or an older copy of its record was put in place."
    ),
}
