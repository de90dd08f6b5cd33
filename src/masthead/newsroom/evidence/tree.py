"""Proofs from the hashes that the database holds."""

from collections.abc import Sequence

from masthead.newsroom.evidence.models import Entry, Node
from masthead.tlog.proofs import Tree


def stored_hashes(level: int, start: int, count: int) -> Sequence[bytes]:
    """Stored hashes for `masthead.tlog.proofs`: leaf hashes from the entries, the rest from the nodes."""
    end = start + count
    if level == 0:
        leaves = Entry.objects.filter(place__gte=start, place__lt=end).order_by("place")
        return [bytes(kept) for kept in leaves.values_list("leaf_hash", flat=True)]
    nodes = Node.objects.filter(level=level, index__gte=start, index__lt=end).order_by("index")
    return [bytes(kept) for kept in nodes.values_list("hash", flat=True)]


def at(size: int) -> Tree:
    """The log as it was with its first `size` entries."""
    return Tree(size, stored_hashes)


def consistency(old: int, size: int) -> list[bytes]:
    """The proof that the log of `size` entries grew from the one of `old`."""
    return at(size).consistency(old)
