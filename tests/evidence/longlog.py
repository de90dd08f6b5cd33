"""A long log in moments: entries written past the commands, as many as a test needs."""

from datetime import UTC, datetime
from functools import cache
from hashlib import sha256

from django.db import connection, transaction

from masthead.newsroom.evidence import sealed
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry, LogHead, Node
from masthead.newsroom.evidence.vouched import new_id
from masthead.tlog.frontier import Frontier

KINDS = (Kind.ITEM_ADDED, Kind.CHECKS_RUN, Kind.SIGNED_OFF, Kind.PUBLISHED)
AT = datetime(2026, 11, 12, 9, 41, 7, 123456, tzinfo=UTC)
BATCH = 5000


def grow(count: int) -> None:
    """Append `count` entries that commit to nothing but their place. Their leaves are real ones."""
    head = LogHead.objects.get()
    frontier = Frontier.from_bytes(head.size, bytes(head.peaks))
    with transaction.atomic(), lifted():
        for start in range(head.size, head.size + count, BATCH):
            nodes, rows = [], []
            for place in range(start, min(start + BATCH, head.size + count)):
                leaf, row = _row(place)
                rows.append(row)
                stored = frontier.append(leaf)
                nodes += [Node(level=n.level, index=n.index, hash=n.hash) for n in stored]
            _insert(rows)
            Node.objects.bulk_create(nodes)
        LogHead.objects.update(size=frontier.size, peaks=frontier.to_bytes())


def _row(place: int) -> tuple[bytes, list[object]]:
    """The leaf hash of an entry, and its columns as the database takes them."""
    kind, commitment = KINDS[place % len(KINDS)], sha256(b"%d" % place).digest()
    leaf = sealed.face_leaf(kind, commitment)
    new = {
        "id": _id(new_id()),
        "place": place,
        "kind": int(kind),
        "commitment": commitment,
        "leaf_hash": leaf,
    }
    return leaf, list((_same() | new).values())


def _id(value: object) -> object:
    return Entry._meta.pk.get_db_prep_save(value, connection)


@cache
def _same() -> dict[str, object]:
    """The columns that are alike for all, in order."""
    like = Entry(id=new_id(), place=0, kind=0, recorded_at=AT, commitment=b"", leaf_hash=b"", sealed=b"")
    return {
        field.name: field.get_db_prep_save(getattr(like, field.attname), connection)
        for field in Entry._meta.concrete_fields
    }


def _insert(rows: list[list[object]]) -> None:
    """Past Django's own objects, which take ten times as long."""
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(f.column) for f in Entry._meta.concrete_fields)
    marks = ", ".join("%s" for _ in Entry._meta.concrete_fields)
    sql = f"INSERT INTO {quoted(Entry._meta.db_table)} ({columns}) VALUES ({marks})"
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)
