"""Verify rows of evidence against the newest entry that vouches for each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
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

type _Live = dict[UUID, list[dict[str, Any]]]


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
        last = [each for row in by_row.values() for each in row if each.entry_id == newest.get(each.row)]
        live = _live(model, [each.row for each in last])
        for digest in last:
            if not _holds(digest, live.get(digest.row, [])):
                yield from _looked_at_again(model, digest)


def _live(model: type[Vouched], ids: Sequence[UUID]) -> _Live:
    """The rows as they are, by id; without those that cannot be read, or are kept in another form."""
    try:
        found: _Live = defaultdict(list)
        for each, row in rows.stored_rows(model, dict.fromkeys(ids)):
            found[each].append(row)
        for start in range(0, len(ids), rows.CHUNK):
            for each in misspelled(model._base_manager.filter(pk__in=ids[start : start + rows.CHUNK])):
                found.pop(each, None)
        return found
    except UNREADABLE:
        if len(ids) == 1:
            return {}
        half = len(ids) // 2
        return {**_live(model, ids[:half]), **_live(model, ids[half:])}


def _newest(table: str, ids: Iterable[UUID]) -> dict[UUID, int]:
    wanted = list(ids)
    found: dict[UUID, int] = {}
    for start in range(0, len(wanted), rows.CHUNK):
        places = RowDigest.objects.filter(table=table, row__in=wanted[start : start + rows.CHUNK])
        found |= dict(places.values_list("row").annotate(Max("entry_id")).order_by())
    return found


def _holds(digest: RowDigest, found: Sequence[dict[str, Any]]) -> bool:
    # Of two rows with one id, either may be the one that a reader gets.
    if len(found) != 1:
        return False
    # Erasing takes the salts of older digests alone: the newest always has its own.
    salt: object = digest.salt
    return isinstance(salt, bytes | memoryview) and rows.row_digest(bytes(salt), found[0]) == digest.digest


def _looked_at_again(model: type[Vouched], digest: RowDigest) -> Iterator[Failure]:
    """Look again with commands held off: one may have changed the row between the two readings."""
    with transaction.atomic(durable=True):
        held_off()
        if _newest(digest.table, [digest.row]).get(digest.row) != digest.entry_id:
            return
        found = _live(model, [digest.row]).get(digest.row, [])
    if _holds(digest, found):
        return
    why = Message("a row of %(table)s is not as it wrote it", {"table": digest.table})
    if not found:
        why = Message("a row of %(table)s that it wrote is gone or cannot be read", {"table": digest.table})
    elif len(found) > 1:
        why = Message("two rows of %(table)s have one id", {"table": digest.table})
    yield Failure(digest.entry_id, why)
