"""Where the log stands, asked before something is done that nobody can undo."""

from masthead.errors import Damaged, NotReady
from masthead.language import Message
from masthead.newsroom.evidence import high_water, tree
from masthead.newsroom.evidence.head_said import frontier_of
from masthead.newsroom.evidence.high_water import HighWater
from masthead.newsroom.evidence.marks import refuse_contradiction
from masthead.newsroom.evidence.models import Entry, LogHead
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.newsroom.evidence.verify_spelling import newest_of_another_sort
from masthead.tlog.proofs import Missing


def standing(*marks: HighWater) -> HighWater:
    """How far the log goes. `Damaged` where its head is not that of its entries, or it lacks one of `marks`.

    Whoever asks has read the marks before: what is recorded meanwhile must not make the log look older.
    `NotReady` where there is no log.
    """
    with told_plainly():
        newest = Entry.objects.order_by("-place").values_list("place", flat=True).first()
        head = LogHead.objects.first()
        if head is None:
            raise NotReady(
                Message("There is no evidence log here yet."),
                Message("Run `masthead init` in this folder first."),
            )
        if newest_of_another_sort(LogHead, "size"):
            raise _torn()
        try:
            frontier = frontier_of(head)
            for mark in marks:
                high_water.check(mark, head.origin, head.size, frontier.root())
            whole = tree.at(head.size).root() == frontier.root()
            if not whole or not _before(newest, head.size):
                raise _torn()
            for mark in marks:
                refuse_contradiction(mark, frontier)
        except (Missing, ValueError) as error:
            raise _torn() from error
    return HighWater(head.origin, frontier.size, frontier.root())


def _before(place: object, size: int) -> bool:
    """Whether the newest entry is one of the log's, if there is any."""
    return place is None or (type(place) is int and place < size)


def _torn() -> Damaged:
    return Damaged(
        Message("The head of the log does not belong to its entries."),
        Message("Keep the database as it is, and see `masthead log verify`."),
    )
