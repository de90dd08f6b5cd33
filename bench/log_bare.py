"""The bare side: rows that the log wrote, written again without it, as fast as the driver goes.

`sqlite3.executemany` and psycopg's binary COPY, into a copy of the database as it was: the same tables,
indexes, constraints, settings and rows, as many in a transaction. Rows are in memory before the clock starts.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from masthead.newsroom.site.settings import DATABASES

TABLES = {
    "evidence_entry": "SELECT * FROM evidence_entry WHERE place >= {first} ORDER BY place",
    "evidence_rowdigest": "SELECT * FROM evidence_rowdigest WHERE place >= {first} ORDER BY place",
    "items_aiuse": "SELECT a.* FROM items_aiuse a JOIN evidence_entry e ON a.entry_id = e.id"
    " WHERE e.place >= {first} ORDER BY e.place",
}
HEAD = "UPDATE evidence_loghead SET size = size + 1"


@dataclass
class Rows:
    """The rows of a table, and what its columns are called."""

    columns: list[str]
    types: list[int]
    rows: list[tuple[Any, ...]]


def written(cursor: Any, first: int) -> dict[str, Rows]:
    """What was written from the place `first` on."""
    found = {}
    for table, asked in TABLES.items():
        cursor.execute(asked.format(first=first))
        columns = [each[0] for each in cursor.description]
        types = [each[1] for each in cursor.description]
        found[table] = Rows(columns, types, cursor.fetchall())
    return found


def sqlite(path: str, before: str, first: int, at_once: int) -> float:
    """Seconds that `executemany` takes for what the database at `path` has more than the one at `before`."""
    with closing(sqlite3.connect(path)) as known:
        rows = written(known.cursor(), first)
    bare = sqlite3.connect(before, isolation_level=None)
    bare.executescript(f"{DATABASES['default']['OPTIONS']['init_command']} PRAGMA foreign_keys = ON;")
    begun = time.perf_counter()
    for part in _parts(rows, at_once):
        bare.execute("BEGIN IMMEDIATE")
        for table, some in part.items():
            places = ", ".join("?" * len(rows[table].columns))
            named = ", ".join(f'"{each}"' for each in rows[table].columns)
            bare.executemany(f"INSERT INTO {table} ({named}) VALUES ({places})", some)
        bare.execute(HEAD)
        bare.execute("COMMIT")
    taken = time.perf_counter() - begun
    bare.close()
    return taken


def postgresql(known: str, before: str, first: int, at_once: int) -> float:
    """Seconds that binary COPY takes for what the database `known` has more than the one called `before`."""
    import psycopg

    with psycopg.connect(known) as connection, connection.cursor(binary=True) as cursor:
        rows = written(cursor, first)
    with psycopg.connect(before) as connection, connection.cursor() as cursor:
        begun = time.perf_counter()
        for part in _parts(rows, at_once):
            for table, some in part.items():
                named = ", ".join(f'"{each}"' for each in rows[table].columns)
                with cursor.copy(f"COPY {table} ({named}) FROM STDIN (FORMAT binary)") as copy:
                    copy.set_types(rows[table].types)
                    for row in some:
                        copy.write_row(row)
            cursor.execute(HEAD)
            connection.commit()
        return time.perf_counter() - begun


def _parts(rows: dict[str, Rows], at_once: int) -> Iterator[dict[str, list[tuple[Any, ...]]]]:
    for start in range(0, len(rows["evidence_entry"].rows), at_once):
        yield {table: each.rows[start : start + at_once] for table, each in rows.items()}
