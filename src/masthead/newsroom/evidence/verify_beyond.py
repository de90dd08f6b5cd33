"""Verify that nothing of the log stands beyond its entries or before them: by its places nobody reads it.

What stands there does harm all the same: the newest word on a row counts, wherever it stands, and a stored
hash in the way keeps the entries from being appended that it claims to be of.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Max, Min

from masthead.language import Message
from masthead.newsroom.evidence import high_water
from masthead.newsroom.evidence.models import Checkpoint, Entry, LogHead, Node, RowDigest
from masthead.newsroom.evidence.verify_entry import Failure
from masthead.tlog.frontier import TILE_LEVELS

_LEVELS = range(TILE_LEVELS, 64, TILE_LEVELS)


def beyond_failures(size: int) -> Iterator[Failure]:
    """What stands beyond the log or before it, and stored hashes of its first `size` entries that are gone.

    Each extreme is read before what bounds it: commands and publishers go on while this reads.
    """
    yield from _checkpoints()
    first, last = _ends(Entry, "place")
    if last is not None and (last >= _size() or first < 0):
        yield Failure(first if first < 0 else last, Message("the entry stands beyond the head of the log"))
    yield from _digests()
    yield from _nodes(size)


def _checkpoints() -> Iterator[Failure]:
    smallest, largest = _ends(Checkpoint, "size")
    if largest is None:
        return
    if smallest < 0:
        said = {"size": smallest, "why": Message("no log has as many")}
        yield Failure(None, Message("the checkpoint of %(size)s entries: %(why)s", said))
    # Or of what other hosts published, up to the head: the file of this one follows in its time.
    if largest > max(high_water.read(settings.MASTHEAD_HOME).size, _size()):
        yield Failure(
            None,
            Message("the checkpoint of %(size)s entries is of more than was published", {"size": largest}),
        )


def _digests() -> Iterator[Failure]:
    first, last = _ends(RowDigest, "entry_id")
    if last is None:
        return
    size = _size()
    for place in {first, last}:
        if not 0 <= place < size:
            table = RowDigest.objects.filter(entry=place).values_list("table", flat=True).first()
            yield Failure(
                None,
                Message(
                    "the log speaks of a row of %(table)s at %(place)s, where no entry stands",
                    {"table": table or "?", "place": place},
                ),
            )


def _nodes(size: int) -> Iterator[Failure]:
    there = list(Node.objects.values_list("level").annotate(Min("index"), Max("index")).order_by("level"))
    now = _size()
    for level, first, last in there:
        for index in sorted({first, last}):
            if level not in _LEVELS or not 0 <= index < now >> level:
                yield Failure(
                    None,
                    Message(
                        "the stored hash %(index)s of level %(level)s is not that of any entries",
                        {"index": index, "level": level},
                    ),
                )
    for level in _LEVELS:
        if Node.objects.filter(level=level, index__lt=size >> level).count() != size >> level:
            yield Failure(None, Message("stored hashes are missing"))


def _ends(model: type[Checkpoint | Entry | RowDigest], column: str) -> tuple[Any, Any]:
    """The least and the greatest that stands in a column with an index; None twice where there is no row."""
    found = model._default_manager
    # By itself each is one step of the index; asked for together SQLite reads all of it.
    return (
        found.aggregate(end=Min(column))["end"],
        found.aggregate(end=Max(column))["end"],
    )


def _size() -> int:
    return LogHead.objects.values_list("size", flat=True).get()
