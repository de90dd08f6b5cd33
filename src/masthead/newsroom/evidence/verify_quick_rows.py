"""The rows of a stretch of the log as they are now, beside what its entries vouch for: for `verify_quick`."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import batched
from typing import Any

from django.db import connection

from masthead.newsroom.evidence import rows
from masthead.newsroom.evidence.raw import Alike, Dialect, fetched, shape_of, whole
from masthead.newsroom.evidence.verify_spelling import misspelled
from masthead.newsroom.evidence.vouched import Vouched

_TABLES = 'SELECT "table", count(*) FROM evidence_rowdigest WHERE place >= %s AND place < %s GROUP BY "table"'
# Place by place, and each row by its id: the order of the tables is the one they are read in.
_ROWS = (
    "SELECT {{columns}} FROM evidence_rowdigest d CROSS JOIN {table} t"
    " WHERE t.id = d.row AND {row} = t.id AND d.place >= %s AND d.place < %s AND {named} = %s"
)
_DIGESTS = (
    "SELECT {row}, d.place, d.salt, d.digest FROM evidence_rowdigest d"
    " WHERE d.place >= %s AND d.place < %s AND {named} = %s"
)


@dataclass(slots=True)
class Listed:
    """What a stretch vouches for: `said` of its rows, for each place, as its entry lists them.

    `other` are the places of digests that are not those of the rows as they are now: superseded, or something
    is wrong.
    """

    said: list[str]
    digests: int
    other: list[int]


def vouched(start: int, end: int, spoken: Dialect, alike: Alike) -> Listed | None:
    """What the entries from `start` up to `end` vouch for; None where a row, or a table, is not there."""
    models = rows.vouched_tables()
    said: list[str] = []
    at: list[int] = []
    other: list[int] = []
    for table, count in fetched(_TABLES, [start, end]):
        model = models[table]
        if shape_of(model, connection.vendor).complete:
            read = _raw(model, start, end, spoken, alike)
        else:
            read = _live(model, start, end, spoken)
        texts, ids, places, salts, digests = read
        if len(texts) != count or not whole(places):
            return None
        hashed = [
            salt is not None and sha256(salt + text.encode()).hexdigest()
            for salt, text in zip(salts, texts, strict=True)
        ]
        kept = [*map(bytes.hex, digests)]
        if hashed != kept:
            other += [place for place, now, then in zip(places, hashed, kept, strict=True) if now != then]
        said += [f'["{table}","{row}","{digest}"]' for row, digest in zip(ids, kept, strict=True)]
        at += places
    return Listed(_by_place(said, at, range(start, end)), len(said), other)


def _by_place(said: list[str], at: list[int], places: range) -> list[str]:
    if at == [*places]:
        return said
    several: dict[int, list[str]] = defaultdict(list)
    for place, text in zip(at, said, strict=True):
        several[place].append(text)
    if not several.keys() <= set(places):
        raise ValueError("a row is spoken of where no entry stands")
    # In order of tables, then of rows, which is that of the text: neither holds what comes before a quote.
    return [",".join(sorted(several[place])) if place in several else "" for place in places]


type _Read = tuple[Sequence[str], Sequence[str], Sequence[int], Sequence[bytes | None], Sequence[bytes]]
"""Of each digest: its row's text, its id as it is sealed, place, salt, digest."""


def _raw(model: type[Vouched], start: int, end: int, spoken: Dialect, alike: Alike) -> _Read:
    """Rows that the database gives in a form that can be hashed."""
    shape, table = shape_of(model, connection.vendor), model._meta.db_table
    named, row = (spoken.unsought % column for column in ('d."table"', "d.row"))
    asked = _ROWS.format(table=f'"{table}"', named=named, row=row)
    found = alike.fetched(asked, [*shape.columns, "d.place", "d.salt", "d.digest"], [start, end, table])
    if not found:
        return [], [], [], [], []
    *columns, places, salts, digests = found
    ids = spoken.ids(columns[shape.at_id])
    return shape.texts(columns, ids), ids, places, salts, digests


def _live(model: type[Vouched], start: int, end: int, spoken: Dialect) -> _Read:
    """Rows with a column that Django has to read."""
    shape, table = rows.shape_of(model), model._meta.db_table
    row = spoken.asked.get("UUIDField", "%s") % "d.row"
    asked = _DIGESTS.format(row=row, named=spoken.unsought % 'd."table"')
    found = fetched(asked, [start, end, table])
    keys, places, salts, digests = zip(*found, strict=True)
    ids = spoken.ids(keys)
    kept: list[tuple[Any, ...]] = []
    otherwise: set[str] = set()
    for some_ids in batched(dict.fromkeys(ids), rows.CHUNK):
        some = model._base_manager.filter(pk__in=some_ids)
        kept += some.values_list(*shape.attributes)
        otherwise.update(map(str, misspelled(some)))
    by_id = {str(values[shape.at_id]): text for values, text in zip(kept, shape.texts(kept), strict=True)}
    if len(by_id) != len(kept):
        raise ValueError("two rows have one id")
    # KeyError for a row that is gone. Of one that is spelled otherwise nothing is what it was.
    return ["" if each in otherwise else by_id[each] for each in ids], ids, places, salts, digests
