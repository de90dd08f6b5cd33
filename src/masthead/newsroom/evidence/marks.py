"""How far the log was published: the file of this home folder, and the newest checkpoint on record.

Several hosts share one PostgreSQL, each with a file of its own, and only the one that publishes moves its
file. So each takes the newest checkpoint's row for a second mark, and moves its own file on to it whenever it
appends, looks or signs. The file is the stronger of the two: a restore brings back an older row with the rest
of the database, and whichever host has the file notices.
"""

import fcntl
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from masthead.errors import Damaged, Unavailable
from masthead.language import Message
from masthead.newsroom.evidence import high_water, tree
from masthead.newsroom.evidence.head_said import frontier_of, published_of
from masthead.newsroom.evidence.high_water import HighWater
from masthead.newsroom.evidence.models import Checkpoint, LogHead
from masthead.tlog.frontier import Frontier
from masthead.tlog.proofs import verify_consistency

LOCK_FILE = "publishing.lock"

type Published = tuple[int, bytes]
"""Size and root of a checkpoint on record."""
_NEWEST = f'FROM "{Checkpoint._meta.db_table}" ORDER BY size DESC LIMIT 1'
NEWEST = f"(SELECT size {_NEWEST}), (SELECT root {_NEWEST})"
"""Those of the newest one in SQL, to be asked along with other things; null where there is none."""


class Marks(NamedTuple):
    """What the file says, and the newest checkpoint on record, None where there is none."""

    file: HighWater
    row: Published | None


def read(home: Path) -> Marks:
    """Both, to be read before the head: what is recorded meanwhile must not make the log look older."""
    file = high_water.read(home)
    newest = Checkpoint.objects.order_by("-size").values_list("size", "root").first()
    return Marks(file, None if newest is None else published_of(*newest))


def check(home: Path, marks: Marks, origin: str, frontier: Frontier) -> None:
    """`Damaged` where the log is older than what was published of it by any host, or another one.

    Moves the file on to the newest checkpoint, where another host published that.
    """
    high_water.check(marks.file, origin, frontier.size, frontier.root())
    if marks.row is None or marks.row[0] <= marks.file.size:
        return
    row = HighWater(origin, *marks.row)
    high_water.check(row, origin, frontier.size, frontier.root())
    # Both, before one takes the other's place: a file that the log contradicts is what it was kept for.
    refuse_contradiction(marks.file, frontier)
    refuse_contradiction(row, frontier)
    _move_on(home, row)


def keep_up(home: Path) -> None:
    """The same for the log as it stands now. Nothing where no log was begun."""
    if LogHead.objects.exists():
        marks = read(home)
        head = LogHead.objects.get()
        check(home, marks, head.origin, frontier_of(head))


def refuse_contradiction(mark: HighWater, frontier: Frontier) -> None:
    """`Damaged` unless the log at `frontier`, which is no shorter, grew from the one at `mark`."""
    proof = tree.consistency(mark.size, frontier.size)
    if not verify_consistency(mark.size, frontier.size, mark.root, frontier.root(), proof):
        raise Damaged(
            Message("The log does not contain what was published from it."),
            Message(
                "Nothing was signed. Keep the database as it is for whoever looks into this, and put back"
                " the newest backup that `masthead log verify` finds intact."
            ),
        )


def _move_on(home: Path, mark: HighWater) -> None:
    """Let the file say `mark`, unless somebody is publishing from here, who moves it on further.

    Never waited for: who appends holds the lock on the head, and the publisher may wait for a key service.
    Where the disk does not take it the row stands all the same.
    """
    with suppress(OSError, Unavailable), (home / LOCK_FILE).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if high_water.read(home).size < mark.size:
            high_water.write(home, mark)
