"""Entries in the making: the one way that entries, one or thousands, get into the log.

    with told_plainly(), transaction.atomic(durable=True):
        appending = begin()
        appending.add(kind, …)      # as often as there are entries
        appending.write()

All of it under the lock on the head, which `begin` takes and the COMMIT gives up.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection

from masthead.errors import NotReady
from masthead.language import Message
from masthead.newsroom.evidence import kept, marks, sealed, written
from masthead.newsroom.evidence.guard import permit
from masthead.newsroom.evidence.kinds import FIELDS, Kind
from masthead.newsroom.evidence.models import Entry, LogHead, Node, RowDigest
from masthead.tlog.frontier import Frontier

LOCK_SECONDS = 30
"""How long a command waits for others before it gives up."""


class Vouching(NamedTuple):
    """What an entry says of one row that it wrote."""

    table: str
    row: UUID
    salt: bytes
    digest: bytes


class Appending:
    """Entries that take the places after the last one, in the order in which they are added."""

    def __init__(self, head: LogHead) -> None:
        self._head = head
        self._frontier = Frontier.from_bytes(head.size, bytes(head.peaks))
        self._entries: list[tuple[Any, ...]] = []
        self._digests: list[tuple[Any, ...]] = []
        self._nodes: list[tuple[Any, ...]] = []

    @property
    def place(self) -> int:
        """The next place."""
        return self._frontier.size

    def check(self, home: Path) -> None:
        """`Damaged` where the database is older than what was published from it, or another one."""
        marks.check(home, marks.read(home), self._head.origin, self._frontier)

    def add(
        self,
        kind: Kind,
        entry_id: UUID,
        actor: UUID | None,
        now: datetime,
        said: Mapping[str, Any],
        vouched: Sequence[Vouching],
    ) -> int:
        """Seal one entry; gives its place. ValueError where `said` are not the fields of its kind."""
        if said.keys() != FIELDS[kind].opens.keys():
            raise ValueError(_other_fields(kind, said))
        texts = {name: sealed.canonical_text(value) for name, value in said.items()}
        texts |= _of_the_batch(actor, now)
        texts["entry"] = f'"{entry_id}"'
        texts["rows"] = sealed.canonical_text(rows_field(vouched)) if len(vouched) != 1 else _row(vouched[0])
        lines, commitment = sealed.seal_texts(texts)
        leaf, place = sealed.face_leaf(kind, commitment), self._frontier.size
        self._entries.append((entry_id, place, int(kind), now, actor, commitment, leaf, lines))
        self._digests += [(place, *each) for each in vouched]
        self._nodes += [(each.level, each.index, each.hash) for each in self._frontier.append(leaf)]
        return place

    def write(self, adding: Iterable[int] = ()) -> None:
        """Write the entries and move the head. Until the COMMIT that follows, a crash leaves nothing.

        `adding` adds further entries as it is gone through: PostgreSQL writes the first of them meanwhile.
        """
        written.insert(Entry, self._to_write(adding))
        written.insert(RowDigest, self._digests)
        written.insert(Node, self._nodes)
        frontier = self._frontier
        with permit("UPDATE", LogHead._meta.db_table):
            LogHead.objects.filter(pk=self._head.pk).update(size=frontier.size, peaks=frontier.to_bytes())

    def _to_write(self, adding: Iterable[int]) -> Iterator[tuple[Any, ...]]:
        yield from self._entries
        for _ in adding:
            yield self._entries[-1]


def begin(*, though_damaged: bool = False) -> Appending:
    """Take the lock; what must hold before anything is appended is looked at under it.

    `Damaged`, `NotReady`, and `ReadOnly` as `record()` says.
    """
    appending = Appending(locked_head())
    home: Path = settings.MASTHEAD_HOME
    # Under the lock: whoever waited for it while the damage was found records nothing any more.
    if not though_damaged:
        kept.refuse(home)
    appending.check(home)
    return appending


def locked_head() -> LogHead:
    """The head of the log, locked until the transaction ends. The first statement of every command.

    SQLite took its one write lock with BEGIN IMMEDIATE. PostgreSQL locks the row; at READ COMMITTED, whatever
    is read after that is as the last command left it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{LOCK_SECONDS}s"])
    head = LogHead.objects.select_for_update().first()
    if head is None:
        raise NotReady(
            Message("There is no evidence log here yet."),
            Message("Run `masthead init` in this folder first."),
        )
    return head


def _other_fields(kind: Kind, said: Mapping[str, Any]) -> str:
    expected = FIELDS[kind].opens.keys()
    missing, unknown = sorted(expected - said.keys()), sorted(said.keys() - expected)
    return f"fields of {kind.name}: missing {missing}, not in the table of kinds {unknown}"


@lru_cache(maxsize=8)
def _of_the_batch(actor: UUID | None, now: datetime) -> Mapping[str, str]:
    """What the entries of a batch have in common, as JSON: whose they are and when."""
    return {
        "actor": "null" if actor is None else f'"{actor}"',
        "recorded_at": f'"{time_field(now)}"',
        "recorded_on": f'"{now.astimezone(UTC).date().isoformat()}"',
    }


def _row(one: Vouching) -> str:
    """The field `rows` of an entry that wrote one row, which most did; names of tables are plain words."""
    return f'[["{one.table}","{one.row}","{one.digest.hex()}"]]'


def rows_field(vouched: Sequence[Vouching | RowDigest]) -> list[list[str]]:
    """The sealed field `rows`: what the entry vouches for, in order of tables and rows."""
    return [[each.table, str(each.row), bytes(each.digest).hex()] for each in vouched]


def time_field(moment: datetime) -> str:
    """The sealed field `recorded_at`."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
