"""What an organisation records in a day's work is verified the quick way, every table of it."""

from hashlib import sha256
from uuid import UUID

from django.db import connection
from tests.newsroom.desk import approved, ready, use

from masthead.newsroom.evidence import raw, rows, verify_quick
from masthead.newsroom.evidence.models import LogHead, RowDigest
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items.commands import protect
from masthead.newsroom.review import commands


def test_a_days_work_needs_no_closer_look(small):
    approved(small)
    version = ready(small, use())
    commands.publish(small.author, version)
    protect(small.editor, version.item, protected=True)
    assert verify_log().intact
    quick = verify_quick.agreed(0, LogHead.objects.get().size)
    assert quick is not None
    tables = {
        digest.table
        for digest in RowDigest.objects.all()
        if RowDigest.objects.filter(row=digest.row).count() == 1
    }
    assert len(tables) > 8
    superseded = RowDigest.objects.count() - len({(each.table, each.row) for each in RowDigest.objects.all()})
    assert len(quick.other_rows) == superseded
    for table in tables:
        model = rows.vouched_tables()[table]
        attributes = rows.shape_of(model).attributes
        as_django_reads = {each[0]: [*each] for each in model._base_manager.values_list("pk", *attributes)}
        for again in rows.read_again(model, as_django_reads):
            row_id = again[rows.shape_of(model).at_id]
            assert as_django_reads.pop(row_id) == [row_id, *again]
        assert not as_django_reads
        for row_id, kept in rows.stored_rows(model, model._base_manager.values_list("pk", flat=True)):
            shape = rows.shape_of(model)
            digest = shape.digest(b"salt", [kept[column] for column in shape.columns])
            assert digest == rows.row_digest(b"salt", kept), (table, row_id)
    assert {table for table in tables if raw_texts(rows.vouched_tables()[table])} > {
        "items_version",
        "items_aiuse",
    }


def raw_texts(model):
    """Hold what the database gives of a table to what Django reads of it; gives how many rows there were."""
    shape = raw.shape_of(model, connection.vendor)
    if not shape.complete:
        return 0
    found = raw.fetched(f"SELECT {shape.asked} FROM {model._meta.db_table} t", [])
    ids = raw.dialect().ids([row[shape.at_id] for row in found])
    kept = dict(rows.stored_rows(model, ids))
    for number, row_id in enumerate(ids):
        for texts in (shape.texts([*zip(*found, strict=True)])[number], *shape.texts([*zip(found[number])])):
            assert sha256(b"salt" + texts.encode()).digest() == rows.row_digest(b"salt", kept[UUID(row_id)])
    return len(found)
