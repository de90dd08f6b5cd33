"""Entries in the making: the one way that entries, one or thousands, get into the log.

    with told_plainly(), transaction.atomic(durable=True):
        appending = begin()
        appending.write([appending.seal(kind, …), …])

All of it under the lock on the head, which `begin` takes and the COMMIT gives up.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain, repeat
from operator import is_
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings

from masthead.newsroom.evidence import head, high_water, kept, marks, sealed, written
from masthead.newsroom.evidence.head_said import frontier_of
from masthead.newsroom.evidence.kinds import FIELDS, Kind
from masthead.newsroom.evidence.models import Entry, LogHead, Node, RowDigest
from masthead.newsroom.evidence.vouched import Vouched
from masthead.newsroom.evidence.written import Columns


class Vouching(NamedTuple):
    """What an entry says of one row that it wrote."""

    table: str
    row: UUID
    salt: bytes
    digest: bytes


class Sealed(NamedTuple):
    """Entries that have their places and are not written yet: what goes into each table, by column."""

    entries: Columns
    digests: Columns
    nodes: Columns
    rows: Mapping[type[Vouched], Columns] = MappingProxyType({})
    """Rows that they vouch for, where they are written with them."""


class Appending:
    """Entries that take the places after the last one, in the order in which they are sealed."""

    def __init__(self, standing: LogHead) -> None:
        self._head = standing
        self._frontier = frontier_of(standing)

    @property
    def place(self) -> int:
        """The next place."""
        return self._frontier.size

    def check(self, home: Path, published: marks.Published | None) -> None:
        """`Damaged` where the database is older than what was published from it, or another one."""
        both = marks.Marks(high_water.read(home), published)
        marks.check(home, both, self._head.origin, self._frontier)

    def seal(
        self,
        kind: Kind,
        actor: UUID | None,
        now: datetime,
        ids: Sequence[UUID],
        said: Sequence[Mapping[str, Any]],
        vouched: Sequence[Sequence[Vouching]],
    ) -> Sealed:
        """Seal entries of one kind; `said` and `vouched` have something for each of `ids`. Asks no database.

        ValueError where something said are not the fields of the kind.
        """
        many, first = len(ids), self.place
        places = range(first, first + many)
        texts = {name: [text] * many for name, text in _of_the_batch(actor, now).items()}
        texts |= _said(kind, said)
        texts["entry"] = [f'"{each}"' for each in ids]
        texts["rows"] = [_rows(each) for each in vouched]
        lines, commitments = zip(*sealed.seal_texts(texts), strict=True)
        leaves = [sealed.face_leaf(kind, each) for each in commitments]
        nodes = [(each.level, each.index, each.hash) for each in self._frontier.extend(leaves)]
        digests = [(place, *row) for place, rows in zip(places, vouched, strict=True) for row in rows]
        common = ([int(kind)] * many, [now] * many, [actor] * many)
        return Sealed(
            (ids, places, *common, commitments, leaves, lines),
            list(zip(*digests, strict=True)),
            list(zip(*nodes, strict=True)),
        )

    def write(self, parts: Iterable[Sealed]) -> None:
        """Write what was sealed and move the head on. Until the COMMIT that follows, a crash leaves nothing.

        A part may be sealed only as it is asked for: the one before is written by then.
        """
        nodes: list[Columns] = []
        for part in parts:
            # The entries before the rows that name them; a crash before the COMMIT leaves none of either.
            written.insert_columns(Entry, part.entries)
            written.insert_columns(RowDigest, part.digests)
            for model, columns in part.rows.items():
                written.insert_columns(model, columns)
            nodes += [part.nodes] if part.nodes else []
        written.insert_columns(Node, [list(chain(*each)) for each in zip(*nodes, strict=True)])
        head.move_on(self._head, self._frontier)


def _said(kind: Kind, said: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """What entries of a kind say, by field, as canonical JSON."""
    names = FIELDS[kind].opens.keys()
    for each in said:
        if each.keys() != names:
            raise ValueError(_other_fields(kind, each))
    return {name: _texts([each[name] for each in said]) for name in names}


def _texts(values: Sequence[Any]) -> list[str]:
    first = values[0]
    # Entries of a batch say much alike: one object in all of them is made into words once.
    if all(map(is_, values, repeat(first))):
        return [sealed.canonical_text(first)] * len(values)
    return list(map(sealed.canonical_text, values))


def begin(*, though_damaged: bool = False) -> Appending:
    """Take the lock; what must hold before anything is appended is looked at under it.

    `Damaged`, `NotReady`, and `ReadOnly` as `record()` says.
    """
    standing = head.locked()
    appending = Appending(standing.head)
    home: Path = settings.MASTHEAD_HOME
    # Under the lock: whoever waited for it while the damage was found records nothing any more.
    if not though_damaged:
        kept.refuse(home, standing.damaged)
    appending.check(home, standing.published)
    return appending


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


def _rows(vouched: Sequence[Vouching]) -> str:
    """The field `rows` as JSON. Most entries wrote one row; names of tables are plain words."""
    if len(vouched) != 1:
        return sealed.canonical_text(rows_field(vouched))
    one = vouched[0]
    return f'[["{one.table}","{one.row}","{one.digest.hex()}"]]'


def rows_field(vouched: Sequence[Vouching | RowDigest]) -> list[list[str]]:
    """The sealed field `rows`: what the entry vouches for, in order of tables and rows."""
    return [[each.table, str(each.row), bytes(each.digest).hex()] for each in vouched]


def time_field(moment: datetime) -> str:
    """The sealed field `recorded_at`."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
