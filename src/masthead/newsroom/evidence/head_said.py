"""Where the log ends, of what a row says: SQLite takes any sort of value in any column."""

from masthead.errors import Damaged
from masthead.language import Message
from masthead.newsroom.evidence.models import LogHead
from masthead.tlog.frontier import Frontier


def frontier_of(head: LogHead) -> Frontier:
    """The growing edge of the log at its head; `Damaged` for a head that no log can have."""
    _whole(head.size)
    try:
        return Frontier.from_bytes(head.size, _bytes(head.peaks))
    except ValueError as error:
        raise _damaged() from error


def published_of(size: object, root: object) -> tuple[int, bytes] | None:
    """Size and root of a checkpoint on record, None where both are null; `Damaged` where they are neither."""
    if size is None and root is None:
        return None
    return _whole(size), _bytes(root)


def _whole(value: object) -> int:
    if type(value) is not int:
        raise _damaged()
    return value


def _bytes(value: object) -> bytes:
    if not isinstance(value, bytes | memoryview):
        raise _damaged()
    return bytes(value)


def _damaged() -> Damaged:
    return Damaged(
        Message("The head of the log does not belong to its entries."),
        Message("Keep the database as it is, and see `masthead log verify`."),
    )
