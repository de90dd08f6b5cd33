"""Whether what the database says is committed survives a power cut, asked of the database itself.

SQLite is told so on each connection (`site.settings`). A PostgreSQL has settings of its own: where a role or
a database has `synchronous_commit` weakened, each connection of ours is put right; where the server does not
sync its disk at all (`fsync`, `full_page_writes`), nothing is recorded unless whoever runs it has said, with
the setting `unsynced_database`, that its storage sees to it or that nothing of it matters.
"""

from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from masthead.errors import NotReady
from masthead.language import Message
from masthead.newsroom.evidence.trouble import told_plainly

_STRONG = "current_setting('synchronous_commit') IN ('on', 'remote_apply')"
COMMIT = (
    f"set_config('synchronous_commit', CASE WHEN {_STRONG} THEN current_setting('synchronous_commit')"
    " ELSE 'on' END, %s)"
)
"""Says `on` where less was said, and leaves what is stronger; the parameter: for this transaction alone?"""
SYNCS = "current_setting('fsync'), current_setting('full_page_writes')"
_SQLITE_FULL = 2


def install(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Have a connection's commits wait for the disk; a receiver of Django's `connection_created`."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {COMMIT}", [False])


def trouble() -> Message | None:
    """Why what is committed here might not survive a power cut; None where it does."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT {SYNCS}")
            return of_server(cursor.fetchone())
        cursor.execute("PRAGMA synchronous")
        (synchronous,) = cursor.fetchone()
        cursor.execute("PRAGMA journal_mode")
        (journal,) = cursor.fetchone()
    if synchronous < _SQLITE_FULL or journal in ("off", "memory"):
        return Message(
            "SQLite does not wait for the disk (synchronous=%(synchronous)s, journal_mode=%(journal)s): what"
            " was recorded last may be lost with the power.",
            {"synchronous": synchronous, "journal": journal},
        )
    return None


def of_server(said: tuple[Any, ...]) -> Message | None:
    """The same, from what PostgreSQL said to `SYNCS`."""
    off = [name for name, value in zip(("fsync", "full_page_writes"), said, strict=True) if value != "on"]
    if not off:
        return None
    return Message(
        "PostgreSQL is set not to wait for its disk (%(names)s off): what was recorded may be lost, or the"
        " whole database damaged, when the power goes.",
        {"names": ", ".join(off)},
    )


def refuse() -> None:
    """`NotReady` where what is recorded would not last, unless whoever runs it has said that this may be."""
    with told_plainly():
        why = trouble()
    refuse_for(why)


def refuse_for(why: Message | None) -> None:
    """The same for a trouble that is known."""
    if why is not None and not settings.MASTHEAD.unsynced_database:
        raise NotReady(
            why,
            Message(
                "Nothing was recorded. Set it on in postgresql.conf and reload the server. Only where its"
                " storage sees to that by other means, say so with the setting unsynced_database."
            ),
        )
