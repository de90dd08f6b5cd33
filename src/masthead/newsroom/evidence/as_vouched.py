"""What a command is about to change is as the log says: else its entry would vouch for what was altered.

Asked under the lock on the head, before anything is changed. On PostgreSQL the rows are locked as well, so
that nobody alters them between the two.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import connection

from masthead.errors import Damaged
from masthead.language import Message
from masthead.newsroom.evidence import rows
from masthead.newsroom.evidence.key_ring import UNREADABLE
from masthead.newsroom.evidence.models import Entry, RowDigest
from masthead.newsroom.evidence.unkept import ALTERED
from masthead.newsroom.evidence.verify_database import whatever_stands_there
from masthead.newsroom.evidence.verify_entry import Failure, sentence
from masthead.newsroom.evidence.vouched import Vouched

# The newest below the place that the entry in the making takes: a word on a row beyond it is a stranger's.
_ASKED = (
    'SELECT {columns}, d."salt", d."digest" FROM "{table}" t LEFT JOIN "evidence_rowdigest" d'
    ' ON d."table" = \'{table}\' AND d."row" = t."id" AND d."place" = (SELECT max(n."place")'
    ' FROM "evidence_rowdigest" n WHERE n."table" = \'{table}\' AND n."row" = t."id" AND n."place" < %s)'
    ' WHERE t."id" IN ({ids})'
)
_BYTES = (bytes, memoryview)


class Altered(Damaged):
    """A row is not as the newest entry that vouches for it wrote it: nothing is changed or recorded.

    `failure` is what verification says of it. Whoever began the entry keeps it as what was found.
    """

    def __init__(self, failure: Failure) -> None:
        super().__init__(sentence(failure.told), ALTERED)
        self.failure = failure


def refuse_unless_as_vouched(model: type[Vouched], ids: Collection[UUID], place: int) -> None:
    """`Altered` unless each of these rows is as the newest entry before `place` that vouches for it wrote it.

    One question for each `rows.CHUNK` of them. A row that nothing is known of is for the caller to miss.
    """
    # Text that is no text would end the reading with no entry to name.
    with whatever_stands_there():
        for some in batched(ids, rows.CHUNK):
            for each in set(some) - _holding(model, some, place):
                # As with every finding: memory errs once in a while.
                if each not in _holding(model, [each], place):
                    failure = _failure(model, each, place)
                    if failure is not None:
                        raise Altered(failure)


def _holding(model: type[Vouched], ids: Sequence[UUID], place: int) -> set[UUID]:
    """Those of these ids that one row has, which is as it was written."""
    shape = rows.shape_of(model)
    seen: set[UUID] = set()
    other: set[UUID] = set()
    try:
        for row, salt, digest in _read(model, ids, place):
            found = row[shape.at_id]
            if found in seen:
                other.add(found)
            seen.add(found)
            said = isinstance(salt, _BYTES) and isinstance(digest, _BYTES)
            if not said or shape.digest(bytes(salt), row) != bytes(digest):
                other.add(found)
    except UNREADABLE:
        # One row that cannot be read ends the reading of all of them.
        return set() if len(ids) == 1 else {each for each in ids if _holding(model, [each], place)}
    return seen - other


def _read(model: type[Vouched], ids: Sequence[UUID], place: int) -> Iterator[tuple[Sequence[Any], Any, Any]]:
    """Each row in the order of its columns, with salt and digest of the newest word on it."""
    said, (_, _, key) = _asking(model, connection.vendor), rows.reading(model)
    wanted = [key.get_db_prep_value(each, connection) for each in ids]
    with connection.cursor() as cursor:
        cursor.execute(said.replace("{ids}", ", ".join(["%s"] * len(wanted))), [place, *wanted])
        found = cursor.fetchall()
    for *row, salt, digest in rows.as_django_reads(model, map(list, found)):
        yield row, salt, digest


@cache
def _asking(model: type[Vouched], vendor: str) -> str:
    columns = ", ".join(f't."{column}"' for column in rows.shape_of(model).columns)
    said = _ASKED.format(columns=columns, table=model._meta.db_table, ids="{ids}")
    return f"{said} FOR NO KEY UPDATE OF t" if vendor == "postgresql" else said


def _failure(model: type[Vouched], row: UUID, place: int) -> Failure | None:
    """What is wrong with a row, as verification says it; None where neither it nor a word on it is there."""
    table = {"table": model._meta.db_table}
    there = model._base_manager.filter(pk=row)
    count = there.count()
    said = RowDigest.objects.filter(table=table["table"], row=row, entry__lt=place)
    word = said.order_by("-entry").first()
    if word is None:
        entry = Entry.objects.filter(pk__in=there.values("entry_id"))
        written = entry.values_list("place", flat=True).first()
        why = Message("%(table)s has a row that no entry vouches for", table)
        return Failure(written, why) if count else None
    if count > 1:
        return Failure(word.entry_id, Message("two rows of %(table)s have one id", table))
    if _readable(model, row, place):
        return Failure(word.entry_id, Message("a row of %(table)s is not as it wrote it", table))
    return Failure(
        word.entry_id, Message("a row of %(table)s that it wrote is gone or cannot be read", table)
    )


def _readable(model: type[Vouched], row: UUID, place: int) -> bool:
    try:
        return any(True for _ in _read(model, [row], place))
    except UNREADABLE:
        return False
