"""Compare the heads that a log has signed with what we know of it, one after another.

`base` is the largest of which every other that could be compared is the beginning. What could not be compared
is kept in doubt, and never in the way of the next.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from masthead.errors import MastheadError, NotFound
from masthead.language import Message
from masthead.newsroom.witness import alarms, doubts, lagging, seen
from masthead.newsroom.witness.seen import Head
from masthead.newsroom.witness.words import Fault
from masthead.tlog import note
from masthead.tlog.conflict import Conflict, Difference, Garbled, difference
from masthead.tlog.note import Malformed
from masthead.tlog.proofs import Missing, Tree

OLDER = Message("It shows an older head than it has shown before.")
UNREAD = Message("What it serves as its tree cannot be read.")
NO_TREE = Message("It does not serve the tree of a head that it has signed.")
GARBLED = Message("What it serves as its tree does not give the root it has signed.")


class Comparing:
    """What has come of it so far: `base`, the first `trouble`, and the `fault` that the alarm is about."""

    def __init__(
        self, base: Head | None, tree: Callable[[int], Tree], keys: Iterable[str], now: datetime
    ) -> None:
        self.base = base
        self.trouble: Message | None = None
        self.fault: Fault | None = None
        self._tree = tree
        self._keys = list(keys)
        self._now = now
        self._sizes = {base.checkpoint.size: base} if base else {}

    def take(self, head: Head, told_by: str, *, shown: bool = False) -> None:
        """Compare one more. `shown` is the one that the log shows to everybody now."""
        twin = self._sizes.setdefault(head.checkpoint.size, head)
        rival = self.base if twin.checkpoint.root == head.checkpoint.root else twin
        if rival is None:
            self.base = head
            return
        try:
            found = difference(rival.checkpoint, head.checkpoint, self._tree)
        except (Garbled, Malformed, Missing, MastheadError) as error:
            # Whatever stands in the place of the tree, no tree is there: else it would be the log's to choose
            # whether it counts as having gone back.
            why = _said(error)
            if shown and head.checkpoint.size < rival.checkpoint.size:
                self._behind(rival, head, told_by, OLDER if why is NO_TREE else why)
            else:
                self._unread(head, told_by, why)
        else:
            if found is not None:
                self._fork(rival, head, found, told_by)
            else:
                self._agreed(rival, head, shown=shown)

    def _agreed(self, base: Head, head: Head, *, shown: bool) -> None:
        doubts.settle(head)
        if shown:
            # Either it shows all that we know, or only what stands in between is older: its tree is there.
            lagging.caught_up(head.checkpoint.origin)
            if head.checkpoint.size < base.checkpoint.size:
                self._told(OLDER)
        if head.checkpoint.size > base.checkpoint.size:
            self.base = head

    def _unread(self, head: Head, told_by: str, why: Message) -> None:
        doubts.keep(head, told_by, now=self._now)
        self._told(why)

    def _behind(self, known: Head, head: Head, told_by: str, why: Message) -> None:
        """It shows a head with fewer entries than we know, and does not serve the tree of what we know.

        `why` is told as long as the log is not overdue.
        """
        doubts.keep(head, told_by, now=self._now)
        waits = lagging.awaited(known, self._now)
        if waits.size <= head.checkpoint.size:
            expected = seen.signed(note.parse(waits.note), self._keys)
            try:
                found = difference(expected.checkpoint, head.checkpoint, self._tree) if expected else None
            except (Garbled, Malformed, Missing, MastheadError):
                pass
            else:
                if expected and found:
                    self._fork(expected, head, found, told_by)
                    return
                waits = lagging.await_anew(known, self._now)
        waited = self._now - waits.since
        if waited >= lagging.LONGEST:
            self._alarm(head, Fault.ROLLBACK, Conflict(str(known.note), str(head.note)), told_by)
            # After the alarm: were that refused, the next look raises it. Ended, a day begins anew.
            lagging.caught_up(known.checkpoint.origin)
        elif waited >= lagging.STALE:
            self._told(
                Message(
                    "It is overdue: it shows %(shown)s entries, and has signed %(known)s.",
                    {"shown": head.checkpoint.size, "known": known.checkpoint.size},
                )
            )
        else:
            self._told(why)

    def _fork(self, known: Head, head: Head, found: Difference, told_by: str) -> None:
        conflict = Conflict(str(known.note), str(head.note), found.other_root, found.proof)
        self._alarm(head, Fault.FORK, conflict, told_by)

    def _alarm(self, head: Head, fault: Fault, conflict: Conflict, told_by: str) -> None:
        alarms.raise_alarm(head, fault, conflict, told_by=told_by, now=self._now)
        self.fault = fault

    def _told(self, why: Message) -> None:
        self.trouble = self.trouble or why


def _said(error: Exception) -> Message:
    """Why a tree could not be compared."""
    match error:
        case Garbled():
            return GARBLED
        case NotFound():
            return NO_TREE
        case MastheadError():
            return error.what
    return UNREAD
