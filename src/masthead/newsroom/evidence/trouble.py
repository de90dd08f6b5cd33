"""What a database says when it gives up, in words that say what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError

from masthead.errors import Damaged, MastheadError, NotReady, Unavailable
from masthead.language import Message
from masthead.newsroom.evidence.high_water import OfLaterVersion
from masthead.newsroom.evidence.moments import NoMoment

# SQLSTATE classes and codes of PostgreSQL, and words of SQLite, for the same trouble.
_BUSY = ("55P03", "40001", "40P01", "database is locked", "database table is locked")
_FULL = ("53100", "disk is full")
_READ_ONLY = ("25006", "readonly database", "unable to open database file")
_BROKEN = (
    "XX001",
    "XX002",
    "disk image is malformed",
    "file is not a database",
    "malformed database schema",
    "Could not decode to UTF-8",
)
GONE = "the database file is gone"
"""What our backend for SQLite says where nothing stands in the place of the file that was open."""
_ENDED = ("25P03",)  # a transaction that waited too long: psycopg counts it among its own mistakes
_NO_MOMENT = (
    "timestamp too large",
    "timestamp too small",
    "date too large",
    "date too small",
)  # what psycopg says of those that Python has none for
_NO_TABLES = ("42P01", "42703", "no such table", "no such column")


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what the database says inside the block into `Unavailable`, `NotReady` or `Damaged`.

    The transaction inside has been rolled back by then: nothing is half done.
    """
    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        told = in_words(error)
        if told is None:
            raise
        raise told from error


def in_words(error: Exception) -> MastheadError | None:
    """What `error` says, if it is a database giving up; None of anything else, which is a fault of ours."""
    if isinstance(error, OperationalError | InterfaceError):
        return _told(error)
    if isinstance(error, ProgrammingError):
        return _told(error) if any(sign in _said(error) for sign in _NO_TABLES) else None
    if isinstance(error, DatabaseError):
        known = (*_BROKEN, *_ENDED, *_NO_MOMENT)
        return _told(error) if any(sign in _said(error) for sign in known) else None
    return None


def for_good(error: BaseException | None) -> bool:
    """Whether SQLite cannot do what it was asked, however often: by what stands in it, not by the machine."""
    while error is not None:
        # The lower byte says what went wrong, the others how.
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_ERROR:
            return True
        error = error.__cause__
    return False


def _said(error: Exception) -> str:
    return f"{getattr(error.__cause__, 'sqlstate', '') or ''} {error}"


def _told(error: Exception) -> Unavailable | NotReady | Damaged:
    said = _said(error)
    if any(sign in said for sign in _NO_MOMENT):
        return NoMoment()
    if GONE in said:
        return Unavailable(
            Message("The database file is gone from the home folder, or another one is in its place."),
            Message(
                "Nothing was written. Put the file back where it was, or a backup with `masthead restore`."
            ),
        )
    if any(sign in said for sign in _BROKEN):
        return Damaged(
            Message("The database itself is damaged: it cannot be read."),
            Message("Keep its files as they are, and put back the newest backup with `masthead restore`."),
        )
    if any(sign in said for sign in _NO_TABLES):
        return _other_tables()
    if any(sign in said for sign in _BUSY):
        return Unavailable(
            Message("The database was busy with others for too long; nothing was written."),
            Message("Try again in a moment."),
        )
    if any(sign in said for sign in _FULL):
        return Unavailable(
            Message("The disk is full; nothing was written."),
            Message("Make room on the disk that holds the database, then do the same again."),
        )
    if any(sign in said for sign in _READ_ONLY):
        return Unavailable(
            Message("The database cannot be written; nothing was written."),
            Message("Check who owns the home folder and that its disk is not mounted read-only."),
        )
    return Unavailable(
        Message(
            "The database gave up. If it did so at the very end, the change may be recorded all the same."
        ),
        Message("Check that the database runs and look whether the change is there, then do the same again."),
    )


def _other_tables() -> NotReady:
    """What ends it depends on which of the two is ahead: this version or the database."""
    # It needs what needs this file.
    from masthead.newsroom.evidence.verify_schema import other_versions

    # Inside a transaction PostgreSQL answers nothing any more.
    with suppress(DatabaseError, InterfaceError):
        if other_versions().later:
            return NotReady(
                Message("A later version changed this database, and this one cannot work on it."),
                OfLaterVersion.WAY_OUT,
            )
    return NotReady(
        Message("The database is not set up, or is of another version of Masthead."),
        Message("Run `masthead init` in this folder: it sets up and brings up to date."),
    )
