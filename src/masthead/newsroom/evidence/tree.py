"""Proofs from the hashes that the database holds."""

from collections.abc import Sequence

from django.db import connection

from masthead.newsroom.evidence.models import Entry, Node
from masthead.tlog.proofs import Tree

_LEAVES = f'SELECT leaf_hash FROM "{Entry._meta.db_table}" WHERE place >= %s AND place < %s ORDER BY place'  # noqa: S608 - own names
_NODES = (
    f'SELECT hash FROM "{Node._meta.db_table}"'  # noqa: S608 - own names
    ' WHERE level = %s AND "index" >= %s AND "index" < %s ORDER BY "index"'
)


def stored_hashes(level: int, start: int, count: int) -> Sequence[bytes]:
    """Stored hashes for `masthead.tlog.proofs`: leaf hashes from the entries, the rest from the nodes."""
    # In SQL that is not made anew: a proof asks for five such runs, and making the words took half of it.
    asked = (_LEAVES, [start, start + count]) if level == 0 else (_NODES, [level, start, start + count])
    with connection.cursor() as cursor:
        cursor.execute(*asked)
        return [bytes(kept) for (kept,) in cursor.fetchall()]


def at(size: int) -> Tree:
    """The log as it was with its first `size` entries."""
    return Tree(size, stored_hashes)


def consistency(old: int, size: int) -> list[bytes]:
    """The proof that the log of `size` entries grew from the one of `old`."""
    return at(size).consistency(old)
