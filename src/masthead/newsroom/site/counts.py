"""What was tried how often, counted for all processes together and past a restart, as a cache of Django's.

Wrong passwords, codes that were used, questions of strangers: what brute force must not do once more in each
process. Where the record is in PostgreSQL the counts are a table beside it that is not written ahead; where
it is an SQLite file they are a file of their own, so that whoever guesses at the door never holds the one
write lock of the record. Keys name network addresses and logins, so only their HMAC is kept; the values are
numbers, and what has run out is taken away by the clock. Losing them loses a few minutes of patience.
"""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from time import time
from typing import Any

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import OperationalError, connection
from django.utils.crypto import salted_hmac

FILE = "counts.sqlite3"
PATIENCE = 5.0
"""Seconds to wait for whoever writes to the file; a write takes a ten-thousandth."""

_SETUP = (
    # As good as the process's own memory, which a machine that loses power also forgets.
    "PRAGMA synchronous=OFF",
    "PRAGMA journal_mode=PERSIST",
    "PRAGMA secure_delete=ON",
    "CREATE TABLE IF NOT EXISTS masthead_count"
    " (name TEXT PRIMARY KEY, said TEXT NOT NULL, until REAL NOT NULL) WITHOUT ROWID",
)
_PUT = "INSERT INTO masthead_count (name, said, until) VALUES (%s, %s, %s) ON CONFLICT (name) DO UPDATE SET"
_WRITE = f"{_PUT} said = excluded.said, until = excluded.until"


class Counts(BaseCache):
    """A cache (`CACHES`) of small JSON values; `add` and `incr` are one step for all who share it."""

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def make_and_validate_key(self, key: str, version: int | None = None) -> str:
        """What stands for a key: nobody who has the rows without the secret of this desk can name it."""
        whole = self.make_key(key, version=version)
        return salted_hmac("masthead.counts", whole, algorithm="sha256").hexdigest()

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep `value` where there is none; whether it was kept."""
        written = f"{_WRITE} WHERE masthead_count.until <= %s RETURNING name"
        return bool(_run(written, (*self._row(key, value, timeout, version), time())))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, or `default` where there is none or its time is over."""
        asked = (self.make_and_validate_key(key, version=version), time())
        found = _run("SELECT said FROM masthead_count WHERE name = %s AND until > %s", asked)
        return json.loads(found[0][0]) if found else default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep `value`."""
        _run(f"{_WRITE} RETURNING name", self._row(key, value, timeout, version))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Count on; `ValueError` where there is nothing to count from."""
        more = (
            "UPDATE masthead_count SET said = CAST(CAST(said AS INTEGER) + %s AS TEXT)"
            " WHERE name = %s AND until > %s RETURNING said"
        )
        found = _run(more, (delta, self.make_and_validate_key(key, version=version), time()))
        if not found:
            raise ValueError("nothing is counted under this key")
        return int(found[0][0])

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value; whether there was one."""
        name = self.make_and_validate_key(key, version=version)
        return bool(_run("DELETE FROM masthead_count WHERE name = %s RETURNING name", (name,)))

    def clear(self) -> None:
        """Forget everything."""
        _run("DELETE FROM masthead_count RETURNING name")

    def forget(self) -> int:
        """Take away what has run out; says how much that was."""
        return len(_run("DELETE FROM masthead_count WHERE until <= %s RETURNING name", (time(),)))

    def _row(self, key: str, value: Any, timeout: Any, version: int | None) -> tuple[str, str, float]:
        until = self.get_backend_timeout(timeout)
        name = self.make_and_validate_key(key, version=version)
        return name, json.dumps(value), 9e12 if until is None else until


def _run(statement: str, values: Sequence[str | float] = ()) -> list[tuple[Any, ...]]:
    """Do one statement where the counts are; what it gives. Raises Django's `OperationalError`."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall())
    file = Path(settings.MASTHEAD_HOME) / FILE
    try:
        try:
            return _in_file(file, statement, values)
        except sqlite3.OperationalError:
            raise  # somebody else writes, or the disk is full: the file is well
        except sqlite3.DatabaseError:
            file.unlink(missing_ok=True)  # the machine lost power
            return _in_file(file, statement, values)
    except (sqlite3.Error, OSError) as error:
        raise OperationalError(str(error)) from error


def _in_file(file: Path, statement: str, values: Sequence[str | float]) -> list[tuple[Any, ...]]:
    # Opened each time (a third of a millisecond beside the 300 of a password): no thread has to close it.
    with closing(sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)) as counts:
        for each in _SETUP:
            counts.execute(each)
        return counts.execute(statement.replace("%s", "?"), tuple(values)).fetchall()
