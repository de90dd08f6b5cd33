"""Whether a stretch of the log agrees, several times quicker than by asking what would be wrong with it.

Says yes or gives up: where anything at all is out of the ordinary, `verify_entry` and its like look at the
same entries and name it. So nothing here needs words, and nothing passes here that would not pass there: each
line of each entry is hashed, its commitment and leaf made from that, its columns and its list of rows
compared byte for byte with what is sealed, and each row hashed as it is now.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import sha256
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import DatabaseError, connection

from masthead.newsroom.evidence import rows
from masthead.newsroom.evidence.kinds import FIELDS, IMPLICIT, Kind
from masthead.newsroom.evidence.sealed import FACE_VERSION, SALT_BYTES
from masthead.newsroom.evidence.vouched import Vouched

STRETCH = 1024
"""Entries read at once: the questions to the database are few, and memory stays flat."""

# Times come as text: reading them as times and writing them out again takes longer than all hashes.
_TIME = {
    "sqlite": "recorded_at || ''",
    "postgresql": "to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')",
}
_ENTRIES = (
    "SELECT place, id{text}, kind, {time}, actor{text}, commitment, leaf_hash, sealed FROM evidence_entry"
    " WHERE place >= %s AND place < %s ORDER BY place"
)
_DIGESTS = (
    'SELECT place, "table", row, row{text}, salt, digest FROM evidence_rowdigest'
    " WHERE place >= %s AND place < %s ORDER BY place"
)
_DASHED: dict[str, Callable[[str], str]] = {
    "sqlite": lambda raw: f"{raw[:8]}-{raw[8:12]}-{raw[12:16]}-{raw[16:20]}-{raw[20:]}",
    "postgresql": str,
}
"""How an id as the database gives it is written: SQLite holds its 32 digits."""
_TIMED: dict[str, Callable[[str], bytes]] = {
    # SQLite's text of a moment leaves out a fraction that is zero.
    "sqlite": lambda time: _said(f"{time[:10]}T{time[11:]}{'' if len(time) == 26 else '.000000'}+00:00"),
    "postgresql": lambda time: _said(time),
}
_AFTER_SALT = 2 + 2 * SALT_BYTES
"""Where in a line its salt ends."""


class Digest(NamedTuple):
    """A digest of a row as it is kept; `row` as the database gives it, `said` as it is sealed."""

    place: int
    table: str
    row: Any
    said: str
    salt: bytes | None
    digest: bytes


@dataclass(slots=True)
class Agreed:
    """What a stretch that agrees came to: its leaf hashes, and the places whose rows are other than then."""

    leaves: list[bytes]
    digests: int
    other_rows: list[int] = field(default_factory=list)


class Frame(NamedTuple):
    """What an entry of one kind looks like."""

    fields: int
    commitment: str
    """The JSON of its commitment, with a gap for each digest."""
    body: str
    """Its public face, with a gap for the commitment."""
    at: tuple[int, int, int, int]
    """Which lines hold the actor, the entry's id, the time and the rows."""


def agreed(start: int, end: int) -> Agreed | None:
    """What the entries from `start` up to `end` come to; None where one of them needs a closer look."""
    try:
        return _agreed(start, end)
    except (ValueError, TypeError, IndexError, AttributeError, DatabaseError):
        # A column that holds another type than it should, or no text: SQLite lets one be written.
        return None


def _agreed(start: int, end: int) -> Agreed | None:
    # Asked once: asking a connection what it is takes as long as hashing two fields.
    vendor = connection.vendor
    dashed, timed = _DASHED[vendor], lru_cache(maxsize=16)(_TIMED[vendor])
    digests = [Digest._make(each) for each in _read(_DIGESTS, start, end)]
    places, upto = [*map(itemgetter(0), digests), end], 0
    actors: dict[str | None, bytes] = {None: b'","actor",null]'}
    leaves: list[bytes] = []
    for place, entry_id, kind, time, actor, commitment, kept, sealed in _read(_ENTRIES, start, end):
        frame = frame_of(kind)
        lines = bytes(sealed).split(b"\n")
        if place != start + len(leaves) or frame is None or len(lines) != frame.fields:
            return None
        hashed = sha256((frame.commitment % tuple([sha256(line).hexdigest() for line in lines])).encode())
        leaf = sha256((frame.body % hashed.hexdigest()).encode()).digest()
        if leaf != kept or hashed.digest() != commitment:
            return None
        if actor not in actors:
            actors[actor] = f'","actor","{dashed(actor)}"]'.encode()
        first = upto
        while places[upto] == place:
            upto += 1
        at_actor, at_entry, at_time, at_rows = frame.at
        if (
            lines[at_actor][_AFTER_SALT:] != actors[actor]
            or lines[at_entry][_AFTER_SALT:] != f'","entry","{dashed(entry_id)}"]'.encode()
            or lines[at_time][_AFTER_SALT:] != timed(time)
            or lines[at_rows][_AFTER_SALT:] != _rows_line(digests[first:upto], dashed)
        ):
            return None
        leaves.append(leaf)
    if len(leaves) != end - start or upto != len(digests):
        return None
    return Agreed(leaves, len(digests), _other_rows(digests, start, end))


def _said(time: str) -> bytes:
    return f'","recorded_at","{time}"]'.encode()


def _read(statement: str, start: int, end: int) -> list[tuple[Any, ...]]:
    text = "::text" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(statement.format(text=text, time=_TIME[connection.vendor]), [start, end])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


@cache
def frame_of(kind: int) -> Frame | None:
    """What entries of this kind look like; None for a kind that is not known."""
    if kind not in Kind:
        return None
    names = sorted([*FIELDS[Kind(kind)].opens, *IMPLICIT])
    at_actor, at_entry, at_time, at_rows = map(names.index, ("actor", "entry", "recorded_at", "rows"))
    return Frame(
        len(names),
        "{" + ",".join(f'"{name}":"%s"' for name in names) + "}",
        f'\0{{"commitment_sha256":"%s","kind":{int(kind)},"v":{FACE_VERSION}}}',
        (at_actor, at_entry, at_time, at_rows),
    )


def _rows_line(digests: Sequence[Digest], dashed: Callable[[str], str]) -> bytes:
    if len(digests) == 1:
        ((_, table, _, row, _, digest),) = digests
        return f'","rows",[["{table}","{dashed(row)}","{digest.hex()}"]]]'.encode()
    said = [f'["{each.table}","{dashed(each.said)}","{bytes(each.digest).hex()}"]' for each in digests]
    # In order of tables, then of rows, which is that of the text: neither holds what comes before a quote.
    return f'","rows",[{",".join(sorted(said))}]]'.encode()


def _other_rows(digests: list[Digest], start: int, end: int) -> list[int]:
    """Places of digests that are not those of the rows as they are now: superseded, or something is wrong."""
    models = rows.vouched_tables()
    by_table: dict[str, list[Digest]] = defaultdict(list)
    for digest in digests:
        by_table[digest.table].append(digest)
    other: list[int] = []
    for table, listed in by_table.items():
        model = models.get(table)
        if model is None:
            other += [digest.place for digest in listed]
        elif connection.vendor == "sqlite" and rows.shape_of(model, raw=True).complete:
            other += _other_raw(model, listed, start, end)
        else:
            other += _other_live(model, listed)
    return other


def _other_raw(model: type[Vouched], listed: list[Digest], start: int, end: int) -> list[int]:
    """The same for one table whose every column can be hashed as SQLite holds it."""
    shape = rows.shape_of(model, raw=True)
    # CROSS JOIN and the plus keep SQLite from another way than place by place.
    table, columns = model._meta.db_table, ", ".join(shape.expressions)
    asked = (
        f"SELECT {columns}, d.place, d.salt, d.digest FROM evidence_rowdigest d"  # noqa: S608 - own names
        f' CROSS JOIN "{table}" t ON t.id = d.row WHERE d.place >= %s AND d.place < %s AND +d."table" = %s'
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, [start, end, table])
        found = cursor.fetchall()
    if len(found) != len(listed):
        return [digest.place for digest in listed]
    return [
        row[-3]
        for row, text in zip(found, shape.texts(found), strict=True)
        if row[-2] is None or sha256(row[-2] + text.encode()).digest() != row[-1]
    ]


def _other_live(model: type[Vouched], listed: list[Digest]) -> list[int]:
    """The same for one table, its rows as Django gives them."""
    shape = rows.shape_of(model)
    at = shape.attributes.index("id")
    key = _hex if connection.vendor == "sqlite" else _same
    live: dict[Any, bytes] = {}
    for begin in range(0, len(listed), rows.CHUNK):
        some = [digest.row for digest in listed[begin : begin + rows.CHUNK]]
        kept = list(model._base_manager.filter(pk__in=some).values_list(*shape.attributes))
        texts = shape.texts(kept)
        live.update({key(row[at]): text.encode() for row, text in zip(kept, texts, strict=True)})
    return [
        each.place
        for each in listed
        if each.salt is None
        or each.row not in live
        or sha256(bytes(each.salt) + live[each.row]).digest() != each.digest
    ]


def _hex(row_id: Any) -> Any:
    return row_id.hex


def _same(row_id: Any) -> Any:
    return row_id
