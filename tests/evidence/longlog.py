"""A long log in moments: entries written past the commands, as many as a test needs."""

from datetime import UTC, datetime
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
                entry = _entry(place)
                rows.append(_row(entry))
                stored = frontier.append(bytes(entry.leaf_hash))
                nodes += [Node(level=n.level, index=n.index, hash=n.hash) for n in stored]
            _insert(rows)
            Node.objects.bulk_create(nodes)
        LogHead.objects.update(size=frontier.size, peaks=frontier.to_bytes())


def _entry(place: int) -> Entry:
    kind, commitment = KINDS[place % len(KINDS)], sha256(b"%d" % place).digest()
    return Entry(
        id=new_id(),
        place=place,
        kind=kind,
        recorded_at=AT,
        commitment=commitment,
        leaf_hash=sealed.face_leaf(kind, commitment),
        sealed=b"",
    )


def _row(entry: Entry) -> list[object]:
    fields = Entry._meta.concrete_fields
    return [f.get_db_prep_save(getattr(entry, f.attname), connection) for f in fields]


def _insert(rows: list[list[object]]) -> None:
    """Past Django's own objects, which take ten times as long."""
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(f.column) for f in Entry._meta.concrete_fields)
    marks = ", ".join("%s" for _ in Entry._meta.concrete_fields)
    sql = f"INSERT INTO {quoted(Entry._meta.db_table)} ({columns}) VALUES ({marks})"
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)
