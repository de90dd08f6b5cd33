"""How every item stands, in a line each: a projection of the record, for lists and search.

It holds no evidence: all of it can be dropped and is made again from the record.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import Q


def catch_up(due: "Q | None" = None) -> None:
    """Bring the lines up to date with the evidence log; one query where nothing is new.

    What an entry says of an item is taken in always. Where it bears on many items (a system was paused, a
    checklist adopted), their lines are only marked, and of those are looked at anew the ones that `due`
    selects: all where it is None.
    """
    from masthead.newsroom.worklist.catching_up import catch_up as go

    go(due)


def rebuild() -> None:
    """Drop every line and make all of them again."""
    from masthead.newsroom.worklist.catching_up import rebuild as go

    go()
