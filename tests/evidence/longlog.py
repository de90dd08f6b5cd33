"""A long log in moments: entries written past the commands, as many as a test needs."""

from datetime import UTC, datetime
from functools import cache
from hashlib import sha256

from django.db import transaction

from masthead.newsroom.evidence import sealed, written
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
            written.insert(Entry, rows)
            Node.objects.bulk_create(nodes)
        LogHead.objects.update(size=frontier.size, peaks=frontier.to_bytes())


def _row(place: int) -> tuple[bytes, list[object]]:
    """The leaf hash of an entry, and its columns in the order of the model's."""
    kind, commitment = KINDS[place % len(KINDS)], sha256(b"%d" % place).digest()
    leaf = sealed.face_leaf(kind, commitment)
    new = {"id": new_id(), "place": place, "kind": int(kind), "commitment": commitment, "leaf_hash": leaf}
    return leaf, list((_same() | new).values())


@cache
def _same() -> dict[str, object]:
    """The columns that are alike for all, in order."""
    like = Entry(id=new_id(), place=0, kind=0, recorded_at=AT, commitment=b"", leaf_hash=b"", sealed=b"")
    return {field.name: getattr(like, field.attname) for field in Entry._meta.concrete_fields}
