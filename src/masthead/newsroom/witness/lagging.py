"""A log that does not show, where everybody looks, a head that it has signed: since when that is so.

A copy of a log that a timer renews is always a little behind the log itself, which is no fault. So what is
awaited is one head, until the log has shown that one or a larger that grew from it; only then the next.
"""

from datetime import datetime, timedelta

from masthead.newsroom.witness.models import Awaited
from masthead.newsroom.witness.seen import Head

STALE = timedelta(hours=1)
"""For how long a log may show an older head untold: how often a copy of it is to be renewed."""
LONGEST = timedelta(days=1)
"""After how long a head that is not shown counts as taken back. A missing tile is the word of nobody: a timer
that fell out, a copy at another place or a night without an operator explain it. After a day none should."""


def awaited(known: Head, now: datetime) -> Awaited:
    """What the log has yet to show: the head that is known, where nothing was awaited before."""
    fresh = {"size": known.checkpoint.size, "note": str(known.note), "since": now}
    return Awaited.objects.get_or_create(pk=known.checkpoint.origin, defaults=fresh)[0]


def await_anew(known: Head, now: datetime) -> Awaited:
    """What was awaited has been shown: wait for the head that is known by now."""
    caught_up(known.checkpoint.origin)
    return awaited(known, now)


def caught_up(origin: str) -> None:
    """The log shows all that is known of it, or nothing is waited for any more."""
    Awaited.objects.filter(pk=origin).delete()


def late(origin: str, now: datetime) -> bool:
    """Whether something has been awaited for longer than a copy takes to be renewed."""
    return Awaited.objects.filter(pk=origin, since__lt=now - STALE).exists()
