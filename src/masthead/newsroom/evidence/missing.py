"""Whether the database of a home folder is there at all, asked before anything opens it or begins in it.

SQLite makes the file that it is asked to open, and a beginning makes tables, keys and a head: in a folder
that has published, both would hide that its database is gone, and begin another log under the same key.
"""

from pathlib import Path

from django.db import DatabaseError, connection
from django.db.models import Model

from masthead.errors import Damaged, MastheadError, NotReady
from masthead.language import Message
from masthead.newsroom.evidence import high_water
from masthead.newsroom.evidence.models import Entry, LogHead
from masthead.newsroom.evidence.trouble import told_plainly


def refuse(home: Path) -> None:
    """Raise `Damaged` where `home` has published, and the database in use holds nothing of a log.

    Makes no file. A log that lacks its head alone is damage in a database that is there: `watch` finds it.
    """
    _refuse(home, LogHead, Entry)


def refuse_to_begin(home: Path) -> None:
    """The same for whoever would begin a log: there must be a head where anything was published."""
    _refuse(home, LogHead)


def _refuse(home: Path, *models: type[Model]) -> None:
    if may_have_published(home) and _without(*models):
        size = high_water.read(home).size  # `Damaged` in words of its own where it cannot be read
        raise Damaged(
            Message(
                "The record of this folder was published up to %(n)d entry, and its database is gone or holds"
                " no log.",
                {"n": size},
                "The record of this folder was published up to %(n)d entries, and its database is gone or"
                " holds no log.",
            ),
            Message(
                "Nothing was written. Put a backup back with `masthead restore`; where the record is on"
                " PostgreSQL, check MASTHEAD_DATABASE_URL first."
            ),
        )


def may_have_published(home: Path) -> bool:
    """Whether anything was published from `home`, or its file cannot be read, which may say so."""
    try:
        return high_water.read(home).size > 0
    except MastheadError:
        return (home / high_water.FILE).exists()


def no_log() -> bool:
    """Whether the database in use holds no log, or is not there. Makes no file."""
    return _without(LogHead)


def _without(*models: type[Model]) -> bool:
    return _no_file() or not any(_holds(model) for model in models)


def _no_file() -> bool:
    """Whether SQLite would begin a new database here."""
    return connection.vendor == "sqlite" and no_file(Path(connection.settings_dict["NAME"]))


def no_file(file: Path) -> bool:
    """Whether no database is there: no file, or an empty one with nothing beside it."""
    beside = file.with_name(f"{file.name}-wal")
    try:
        return file.stat().st_size == 0 and not (beside.exists() and beside.stat().st_size)
    except FileNotFoundError:
        return True
    except OSError:
        return False  # there is something, and opening it says what is wrong


def _holds(model: type[Model]) -> bool:
    """Whether there is a row of it; also where that cannot be known, for others to say why."""
    try:
        with told_plainly():
            return model._default_manager.exists()
    except NotReady:
        return False  # no such table
    except (MastheadError, DatabaseError):
        return True
