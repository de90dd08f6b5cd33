"""Verify that nothing of the log stands beyond its entries or before them: by its places nobody reads it.

What stands there does harm all the same: the newest word on a row counts, wherever it stands, and a stored
hash in the way keeps the entries from being appended that it claims to be of.
"""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.db.models import Max, Min

from masthead.language import Message
from masthead.newsroom.evidence import high_water
from masthead.newsroom.evidence.models import Checkpoint, Cosignature, Entry, LogHead, Node, RowDigest, Stamp
from masthead.newsroom.evidence.verify_entry import Failure, shown, speaks_of_nothing, stands_nowhere
from masthead.newsroom.evidence.verify_spelling import any_of_another_sort
from masthead.tlog.frontier import TILE_LEVELS

_COUNTED = "SELECT (SELECT count(*) FROM evidence_entry), (SELECT size FROM evidence_loghead)"
_LEVELS = range(TILE_LEVELS, 64, TILE_LEVELS)


def beyond_failures(size: int) -> Iterator[Failure]:
    """What stands beyond the log or before it, and stored hashes of its first `size` entries that are gone.

    Each extreme is read before what bounds it: commands and publishers go on while this reads.
    """
    yield from _checkpoints()
    yield from _entries()
    yield from _digests()
    yield from _nodes(size)


def _entries() -> Iterator[Failure]:
    for place in _ends(Entry, "place"):
        if type(place) is not int:
            yield stands_nowhere(place)
        elif not 0 <= place < _size():
            yield Failure(place, Message("the entry stands beyond the head of the log"))
    # In one statement: as long as entries are recorded, they are so together.
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED)
        there, size = cursor.fetchone()
    if there != size:
        yield Failure(
            None,
            Message(
                "%(there)s entries are there, and the head of the log counts %(size)s",
                {"there": there, "size": size},
            ),
        )


def _checkpoints() -> Iterator[Failure]:
    if other := any_of_another_sort(Checkpoint, "size"):
        said = {"size": shown(other[0]), "why": _otherwise(other[1])}
        yield Failure(None, Message("the checkpoint of %(size)s entries: %(why)s", said))
        return
    for model in (Cosignature, Stamp):
        if other := any_of_another_sort(model, "checkpoint_id"):
            said = {"size": shown(other[0]), "why": _otherwise(other[1])}
            yield Failure(
                None, Message("what others said of the checkpoint of %(size)s entries: %(why)s", said)
            )
    for size in _ends(Checkpoint, "size"):
        if type(size) is not int or size < 0:
            said = {"size": shown(size), "why": Message("no log has as many")}
            yield Failure(None, Message("the checkpoint of %(size)s entries: %(why)s", said))
        # Or of what other hosts published, up to the head: the file of this one follows in its time.
        elif size > max(high_water.read(settings.MASTHEAD_HOME).size, _size()):
            yield Failure(
                None,
                Message("the checkpoint of %(size)s entries is of more than was published", {"size": size}),
            )


def _digests() -> Iterator[Failure]:
    for place, table in _rows_at_the_ends(RowDigest, "entry_id", "table"):
        if type(place) is not int or not 0 <= place < _size():
            yield speaks_of_nothing(table, place)


def _nodes(size: int) -> Iterator[Failure]:
    if other := any_of_another_sort(Node, "index"):
        said = {"index": shown(other[0]), "why": _otherwise(other[1])}
        yield Failure(None, Message("the stored hash %(index)s: %(why)s", said))
        return
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


def _ends(model: type[Checkpoint | Entry], column: str) -> list[object]:
    return list(dict.fromkeys(end for (end,) in _rows_at_the_ends(model, column)))


def _otherwise(name: str) -> Message:
    return Message("its %(name)s is kept as another sort of value than was written", {"name": name})


def _rows_at_the_ends(
    model: type[Checkpoint | Entry | RowDigest], column: str, *more: str
) -> list[tuple[object, ...]]:
    """The least and the greatest that stands in a column with an index, as it stands there; none of no rows.

    What stands at no place at all is compared with nothing, and says nothing.
    """
    found = model._default_manager.filter(**{f"{column}__isnull": False}).values_list(column, *more)
    # By itself each is one step of the index; asked for together SQLite reads all of it. Not by what finds
    # the least and the greatest: Django makes whole numbers of that.
    return [*found.order_by(column)[:1], *found.order_by(f"-{column}")[:1]]


def _size() -> int:
    return LogHead.objects.values_list("size", flat=True).get()
