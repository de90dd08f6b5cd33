"""Rows of checkpoints as they are met beside the entries, those that cannot be read among them."""

from masthead.newsroom.evidence.key_ring import UNREADABLE
from masthead.newsroom.evidence.models import Checkpoint


def checkpoints(start: int, end: int) -> dict[int, Checkpoint | None]:
    """Those of `start` entries up to those of `end`, by size; None for one that cannot be read."""
    some = Checkpoint.objects.filter(size__gte=start, size__lt=end)
    try:
        return {row.size: row for row in some}
    except UNREADABLE:
        return {size: _read(size) for size in some.values_list("size", flat=True)}


def _read(size: int) -> Checkpoint | None:
    try:
        return Checkpoint.objects.get(size=size)
    except UNREADABLE:
        return None
