"""Rows of checkpoints as they are met beside the entries, those that cannot be read among them."""

from django.db.models import QuerySet

from masthead.newsroom.evidence.key_ring import UNREADABLE
from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.evidence.verify_spelling import misspelled

type Rows = dict[int, Checkpoint | None]


def checkpoints(start: int, end: int) -> Rows:
    """Those of `start` entries up to those of `end`, by size.

    None for one that cannot be read, or is spelled otherwise than it is written.
    """
    some = Checkpoint.objects.filter(size__gte=start, size__lt=end)
    try:
        return _read(some)
    except UNREADABLE:
        return {size: _alone(size) for size in some.values_list("size", flat=True)}


def _alone(size: int) -> Checkpoint | None:
    try:
        return _read(Checkpoint.objects.filter(size=size)).get(size)
    except UNREADABLE:
        return None


def _read(some: QuerySet[Checkpoint]) -> Rows:
    found: Rows = {row.size: row for row in some}
    return found | dict.fromkeys(misspelled(some))
