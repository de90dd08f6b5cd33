"""Rows of checkpoints as they are met beside the entries, those that cannot be read among them."""

from django.db.models import QuerySet

from masthead.newsroom.evidence.key_ring import UNREADABLE
from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.evidence.raw import fetched
from masthead.newsroom.evidence.verify_spelling import misspelled

_ANY = "SELECT 1 FROM evidence_checkpoint WHERE size >= %s AND size < %s LIMIT 1"

type Rows = dict[int, Checkpoint | None]


def checkpoints(start: int, end: int) -> Rows:
    """Those of `start` entries up to those of `end`, by size.

    None for one that cannot be read, that stands there twice, or is kept in another form than it is written.
    """
    # Most stretches have none.
    if not fetched(_ANY, [start, end]):
        return {}
    some = Checkpoint.objects.filter(size__gte=start, size__lt=end)
    try:
        return _read(some)
    except UNREADABLE:
        sizes: list[object] = list(some.values_list("size", flat=True))
        return {size: _alone(size) for size in sizes if type(size) is int}


def _alone(size: int) -> Checkpoint | None:
    try:
        return _read(Checkpoint.objects.filter(size=size)).get(size)
    except UNREADABLE:
        return None


def _read(some: QuerySet[Checkpoint]) -> Rows:
    found: Rows = {}
    for row in some:
        size: object = row.size
        # Of part of an entry there is none: what is of no size at all is looked for by itself.
        if type(size) is int:
            found[size] = None if size in found else row
    return found | {size: None for size in misspelled(some) if size in found}
