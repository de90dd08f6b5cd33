"""What SQLite knows of how full its tables are, and by which it chooses an index.

PostgreSQL keeps that up by itself. SQLite does only when told, and what a migration makes anew has none: the
lists of a hundred thousand items then took many times as long as they need.
"""

from django.db import connection

ROWS = 1000
"""Rows of an index that are looked at: enough to choose by, so few that nobody waits for the lock."""


def look() -> None:
    """Look at every table anew: milliseconds, however many rows there are.

    Connections that are open already know of it when they are opened again.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        # Not `PRAGMA optimize`: before SQLite 3.46 that passes over what this connection did not ask yet.
        cursor.execute(f"PRAGMA analysis_limit = {ROWS}")
        cursor.execute("ANALYZE")
