"""Erase within the record: what is left proves as much as before, and says nothing of what is gone.

    def decide(r: Recording) -> Mapping[str, JSON]:
        blank(r, Question, {question.pk: {"text": GONE}})
        destroy(r, {place: {"text"}})
        ...

    record(Kind.DATA_ERASED, actor=…, decide=decide)

A sealed field keeps its digest alone, so that commitment, leaf and every proof stay as they were. A row gets
other values; the entry that erased vouches for it as it now is, and the digests that older entries hold of it
lose their salts, so that nobody can try out on them what it said before.

All of it is one transaction with its entry: a crash leaves the whole or nothing. What SQLite and PostgreSQL
leave of it in their files is the business of `masthead.newsroom.retention.finishing`.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from masthead.newsroom.evidence import fields
from masthead.newsroom.evidence.guard import permit
from masthead.newsroom.evidence.models import Entry, Erasure, RowDigest
from masthead.newsroom.evidence.recording import Recording
from masthead.newsroom.evidence.rows import CHUNK
from masthead.newsroom.evidence.vouched import Mutable, Vouched


def blank(r: Recording, model: type[Vouched], rows: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Set columns of rows, append-only ones too, and have this entry vouch for them as they are then.

    `entry` goes on naming the entry that wrote the row: what the row means, and when it was, does not change.
    ValueError where a row is not there, `Damaged` where one is not as the log vouches for it.
    """
    table = model._meta.db_table
    r.take(model, *rows)
    for row_id, columns in rows.items():
        set_to = dict(columns)
        if issubclass(model, Mutable):
            # Who read it before finds it changed, and writes nothing back.
            revision = model._base_manager.values_list("revision", flat=True).get(pk=row_id)
            set_to["revision"] = revision + 1
        with permit("UPDATE", table):
            if model._base_manager.filter(pk=row_id).update(**set_to) != 1:
                raise ValueError(f"{table} has no such row")
    _forget_salts(r, table, list(rows))
    r.vouch_as_erased(model, *rows)


def _forget_salts(r: Recording, table: str, ids: list[UUID]) -> None:
    older = RowDigest.objects.filter(table=table, entry__lt=r.place, salt__isnull=False)
    with permit("UPDATE", RowDigest._meta.db_table):
        for start in range(0, len(ids), CHUNK):
            older.filter(row__in=ids[start : start + CHUNK]).update(salt=None)


def destroy(r: Recording, erased: Mapping[int, Collection[str]]) -> int:
    """Destroy salt and value of these fields, by place of their entry; gives how many there were.

    What is erased already is passed over. A row says for verification which entry erased what: a field
    without its value is otherwise one that was tampered with.
    """
    count = 0
    listed: list[Erasure] = []
    for place, names in sorted(erased.items()):
        kept = fields.fields_of(Entry.objects.only("sealed").get(place=place))
        gone = sorted(each.name for each in kept if each.name in names and not each.erased)
        if not gone:
            continue
        left = fields.join(each.without_value() if each.name in gone else each for each in kept)
        with permit("UPDATE", Entry._meta.db_table):
            Entry.objects.filter(place=place).update(sealed=left)
        listed.append(Erasure(place=place, names=gone))
        count += len(gone)
    if listed:
        r.add_all(listed)
        r.erases = True
    return count
