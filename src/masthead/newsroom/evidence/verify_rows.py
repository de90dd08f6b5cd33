"""Verify rows of evidence against the newest entry that vouches for each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from masthead.language import Message
from masthead.newsroom.evidence import rows
from masthead.newsroom.evidence.head import held_off
from masthead.newsroom.evidence.key_ring import UNREADABLE
from masthead.newsroom.evidence.models import RowDigest
from masthead.newsroom.evidence.verify_entry import Failure
from masthead.newsroom.evidence.verify_spelling import misspelled
from masthead.newsroom.evidence.vouched import Vouched


def row_failures(digests: Iterable[RowDigest]) -> Iterator[Failure]:
    """Rows that are not as these digests say. A digest that a later one supersedes says nothing any more."""
    models = rows.vouched_tables()
    by_table: dict[str, dict[UUID, list[RowDigest]]] = defaultdict(lambda: defaultdict(list))
    for digest in digests:
        by_table[digest.table][digest.row].append(digest)
    for table, by_row in by_table.items():
        model = models.get(table)
        if model is None:
            first = next(iter(by_row.values()))[0]
            yield Failure(first.entry_id, Message("there is no table %(table)s", {"table": table}))
            continue
        newest = _newest(table, by_row)
        live = _live(model, list(by_row))
        for row_id, each in by_row.items():
            for digest in each:
                if digest.entry_id == newest.get(row_id) and not _holds(digest, live.get(row_id)):
                    yield from _looked_at_again(model, digest)


def _live(model: type[Vouched], ids: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """The rows as they are, by id; without those that cannot be read, or are spelled otherwise."""
    try:
        found = dict(rows.stored_rows(model, ids))
        for start in range(0, len(ids), rows.CHUNK):
            for each in misspelled(model._base_manager.filter(pk__in=ids[start : start + rows.CHUNK])):
                found.pop(each, None)
        return found
    except UNREADABLE:
        if len(ids) == 1:
            return {}
        half = len(ids) // 2
        return _live(model, ids[:half]) | _live(model, ids[half:])


def _newest(table: str, ids: Iterable[UUID]) -> dict[UUID, int]:
    wanted = list(ids)
    found: dict[UUID, int] = {}
    for start in range(0, len(wanted), rows.CHUNK):
        places = RowDigest.objects.filter(table=table, row__in=wanted[start : start + rows.CHUNK])
        found |= dict(places.values_list("row").annotate(Max("entry_id")).order_by())
    return found


def _holds(digest: RowDigest, row: dict[str, Any] | None) -> bool:
    if row is None:
        return False
    # Erasing takes the salts of older digests alone: the newest always has its own.
    return digest.salt is not None and rows.row_digest(bytes(digest.salt), row) == bytes(digest.digest)


def _looked_at_again(model: type[Vouched], digest: RowDigest) -> Iterator[Failure]:
    """Look again with commands held off: one may have changed the row between the two readings."""
    with transaction.atomic(durable=True):
        held_off()
        if _newest(digest.table, [digest.row]).get(digest.row) != digest.entry_id:
            return
        row = _live(model, [digest.row]).get(digest.row)
    if row is None:
        yield Failure(
            digest.entry_id,
            Message("a row of %(table)s that it wrote is gone or cannot be read", {"table": digest.table}),
        )
    elif not _holds(digest, row):
        yield Failure(
            digest.entry_id,
            Message("a row of %(table)s is not as it wrote it", {"table": digest.table}),
        )
