"""SQLite as Django speaks it, but for a file that is gone: no other is made in its place, and none written.

SQLite makes the file that it is asked to open, and goes on with one that was deleted or replaced while it
was open: what is written then is lost with the last process that has it open.
"""

import sqlite3
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.sqlite3 import base

from masthead.newsroom.evidence.trouble import GONE


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that knows which file it has open."""

    _opened: tuple[int, int] | None = None

    def __init__(self, settings_dict: dict[str, Any], alias: str = DEFAULT_DB_ALIAS) -> None:
        super().__init__(settings_dict, alias)
        if name := str(settings_dict["NAME"]):
            if name == ":memory:" or self.is_in_memory_db():
                raise ImproperlyConfigured("no record is kept in memory: name a file")
            # Once, and for all threads, which have these settings in common: the working folder may change.
            settings_dict["NAME"] = Path(name).absolute()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the file. It is made only where its folder has published nothing of a record yet."""
        from masthead.newsroom.evidence import missing  # its tables are known only once Django is set up

        path = Path(conn_params["database"])
        mode = "rw"  # gone between the look and the opening, it is not made either
        if missing.no_file(path):
            if missing.may_have_published(path.parent):
                raise sqlite3.OperationalError(GONE)
            mode = "rwc"
        # Before it is opened: one that takes its place meanwhile is taken for another.
        there = _identity(path)
        uri = f"{path.as_uri()}?mode={mode}"
        opened = super().get_new_connection({**conn_params, "database": uri})
        self._opened = there or _identity(path)
        return opened

    def is_usable(self) -> bool:
        """Whether it answers, and has the file open that stands there: asked before each request's first."""
        return not self._moved() and super().is_usable()

    def create_cursor(self, name: str | None = None) -> Any:
        """Ask the file that stands there. In a transaction the commit looks: nothing is kept before it."""
        if not self.in_atomic_block:
            self._refuse_moved()
        return super().create_cursor(name)

    def commit(self) -> None:
        """Commit to the file that stands there, asked last of all: what has no name is not kept."""
        if self.connection is not None:
            with self.wrap_database_errors:
                self._refuse_moved()
        super().commit()

    def _refuse_moved(self) -> None:
        if self._moved():
            raise sqlite3.OperationalError(GONE)

    def _moved(self) -> bool:
        return _identity(Path(self.settings_dict["NAME"])) != self._opened


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
