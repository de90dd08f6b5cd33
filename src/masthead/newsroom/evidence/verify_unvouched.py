"""Verify that every row of evidence is vouched for: what was put in around the guard is not."""

from collections.abc import Iterator

from django.db import connection

from masthead.language import Message
from masthead.newsroom.evidence import rows
from masthead.newsroom.evidence.verify_entry import Failure

# The plus keeps the places from being gone through. A word on a row that stands at no place is none.
_STRAY = (
    "SELECT * FROM (SELECT '{0}', (SELECT max(e.place) FROM evidence_entry e WHERE e.id = t.entry_id)"
    ' FROM "{0}" t WHERE NOT EXISTS'
    " (SELECT 1 FROM evidence_rowdigest d WHERE d.\"table\" = '{0}' AND d.row = t.id AND +d.place >= 0)"
    ' LIMIT 1) AS "of_{0}"'
)


def unvouched_rows() -> Iterator[Failure]:
    """Of each table the first row that no entry vouches for. All tables in one question: there are dozens."""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(map(_STRAY.format, rows.vouched_tables())))
        stray = cursor.fetchall()
    for table, place in stray:
        at = place if type(place) is int else None
        yield Failure(at, Message("%(table)s has a row that no entry vouches for", {"table": table}))
