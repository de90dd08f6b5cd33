"""Whether a stretch of the log agrees, many times quicker than by asking what would be wrong with it.

Says yes or gives up: where anything at all is out of the ordinary, `verify_entry` and its like look at the
same entries and name it. So nothing here needs words, and nothing passes here that would not pass there: each
line of each entry is hashed, its commitment and leaf made from that, its columns and its list of rows
compared byte for byte with what is sealed, and each row hashed as it is now. All of it a column at a time.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import compress
from operator import itemgetter, not_
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection

from masthead.newsroom.evidence.collector import held_off
from masthead.newsroom.evidence.kinds import FIELDS, IMPLICIT, Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.raw import Alike, Column, Dialect, asked, dialect, filled, whole
from masthead.newsroom.evidence.sealed import FACE_VERSION, SALT_BYTES
from masthead.newsroom.evidence.verify_erased import SIGN
from masthead.newsroom.evidence.verify_quick_rows import vouched
from masthead.tlog.hashes import HASH_BYTES

STRETCH = 1024
"""Entries read at once: the questions to the database are few, and memory stays flat."""
MOST_ERASED = 64
"""Entries of a stretch that are looked at one by one while the others are looked at quickly."""

_COLUMNS = ("place", "kind", "leaf_hash", "id", "recorded_at", "actor", "commitment", "sealed")
_ENTRIES = "SELECT {columns} FROM evidence_entry e WHERE place >= %s AND place < %s ORDER BY place"
_PLACE, _KIND, _LEAF, _SEALED = map(_COLUMNS.index, ("place", "kind", "leaf_hash", "sealed"))
_AFTER_SALT = 2 + 2 * SALT_BYTES
"""Where in a line its salt ends."""
_FIRST, _BEGUN = itemgetter(0), {ord("[")}
_SAID = ("actor", "entry", "recorded_at", "rows")
"""Fields whose lines are compared whole, their names with them."""


@dataclass(slots=True)
class Agreed:
    """What a stretch that agrees came to: its leaf hashes, and the places whose rows are other than then."""

    leaves: list[bytes]
    digests: int
    other_rows: list[int]
    erased: list[int]
    """Places of entries of which something may be erased: of them nothing is said here."""


class Frame(NamedTuple):
    """What an entry of one kind looks like."""

    names: tuple[str, ...]
    """Of its fields, in order."""
    gaps: tuple[str, ...]
    """The JSON of its commitment: what stands before each digest, and after the last."""
    body: tuple[str, str]
    """What of its public face stands before the commitment, and after it."""


def agreed(start: int, end: int, alike: Alike | None = None) -> Agreed | None:
    """What the entries from `start` up to `end` come to; None where one of them needs a closer look."""
    # Thousands of tuples: looking through them takes as long as hashing a few lines.
    with held_off():
        try:
            return _agreed(start, end, alike or Alike())
        except (ValueError, TypeError, IndexError, KeyError, AttributeError, ValidationError, DatabaseError):
            # A column that holds another type than it should, or no text: SQLite lets one be written.
            return None


def _agreed(start: int, end: int, alike: Alike) -> Agreed | None:
    spoken = dialect()
    listed = vouched(start, end, spoken, alike)
    found = alike.fetched(_ENTRIES, _asked(connection.vendor), [start, end])
    if listed is None or not found or [*found[_PLACE]] != [*range(start, end)]:
        return None
    if not (whole(found[_PLACE]) and whole(found[_KIND])):
        return None
    columns: list[Column] = [*found, listed.said]
    kinds, erased = found[_KIND], list[int]()
    for kind in set(kinds):
        frame = frame_of(kind)
        if frame is None:
            return None
        those = (
            columns if kinds.count(kind) == len(kinds) else _those(columns, [each == kind for each in kinds])
        )
        if _sealed(frame, those, spoken):
            continue
        # Those of which something is erased left out, if there are any.
        gone = [SIGN in lines for lines in those[_SEALED]]
        erased += compress(those[_PLACE], gone)
        if not any(gone) or not (all(gone) or _sealed(frame, _those(those, map(not_, gone)), spoken)):
            return None
    if len(erased) > MOST_ERASED:
        return None
    return Agreed([*found[_LEAF]], listed.digests, listed.other, sorted(erased))


def _those(columns: Sequence[Column], which: Iterable[bool]) -> list[Column]:
    listed = [*which]
    return [tuple(compress(column, listed)) for column in columns]


def _sealed(frame: Frame, entries: Sequence[Column], spoken: Dialect) -> bool:
    """Whether these entries, of one kind, are what their lines say, with these texts of their rows."""
    _, _, leaves, ids, times, actors, commitments, sealed, said = entries
    columns = _lines(frame, sealed)
    if columns is None:
        return False
    digests = [[sha256(line).hexdigest() for line in column] for column in columns]
    committed = tuple([sha256(text.encode()).digest() for text in filled(frame.gaps, digests)])
    if committed != commitments:
        return False
    before, after = frame.body
    faces = f"{after}\n{before}".join(b"".join(committed).hex("\n", HASH_BYTES).split("\n"))
    if tuple([sha256(face).digest() for face in f"{before}{faces}{after}".encode().split(b"\n")]) != leaves:
        return False
    by_name = dict(zip(frame.names, columns, strict=True))
    return (
        _say(by_name["actor"], '","actor",', _known(actors, spoken.ids), "]")
        and _say(by_name["entry"], '","entry","', spoken.ids(ids), '"]')
        and _say(by_name["recorded_at"], '","recorded_at",', _known(times, spoken.times), "]")
        and _say(by_name["rows"], '","rows",[', said, "]]")
    )


def _lines(frame: Frame, sealed: Sequence[bytes]) -> list[list[bytes]] | None:
    """The lines of these entries, a list for each field; None where they are not those of the fields.

    All are cut at once. None of the lines is empty and there are no more empty ones between them than there
    are places where two entries meet: so each of those is such a place, and no line is another entry's.
    """
    every = len(frame.names) + 1
    lines = b"\n\n".join(sealed).split(b"\n")
    if len(lines) != every * len(sealed) - 1 or any(lines[every - 1 :: every]):
        return None
    columns = [lines[at::every] for at in range(every - 1)]
    for name, column in zip(frame.names, columns, strict=True):
        # What an erased one begins with is something else. IndexError for an empty one.
        if {*map(_FIRST, column)} != _BEGUN or not (name in _SAID or _named(name, column)):
            return None
    return columns


def _named(name: str, lines: Sequence[bytes]) -> bool:
    """Whether each of these lines says, after its salt, that it is of the field of this name."""
    begun = f'","{name}",'.encode()
    named = slice(_AFTER_SALT, _AFTER_SALT + len(begun))
    return {line[named] for line in lines} == {begun}


def _say(lines: Sequence[bytes], before: str, values: Sequence[str], after: str) -> bool:
    """Whether these lines say, after their salts, these values. A line holds no line feed."""
    expected = before + f"{after}\n{before}".join(values) + after
    return b"\n".join([line[_AFTER_SALT:] for line in lines]) == expected.encode()


def _known(column: Sequence[str | None], words: Callable[[Sequence[str]], list[str]]) -> list[str]:
    """A column as JSON in which few values stand, over and over."""
    first = column[0]
    if column.count(first) == len(column):
        return ["null" if first is None else f'"{words([first])[0]}"'] * len(column)
    some = [value for value in set(column) if value is not None]
    said: dict[str | None, str] = {None: "null"}
    said.update((value, f'"{each}"') for value, each in zip(some, words(some), strict=True))
    return [*map(said.__getitem__, column)]


@cache
def _asked(vendor: str) -> list[str]:
    """How to ask for the columns of entries in a database of that vendor, the one in use."""
    fields = {field.name: field for field in Entry._meta.concrete_fields}
    return [asked(fields[name], "e") for name in _COLUMNS]


@cache
def frame_of(kind: int) -> Frame | None:
    """What entries of this kind look like; None for a kind that is not known."""
    if kind not in Kind:
        return None
    names = sorted([*FIELDS[Kind(kind)].opens, *IMPLICIT])
    return Frame(
        tuple(names),
        (f'{{"{names[0]}":"', *(f'","{name}":"' for name in names[1:]), '"}'),
        ('\0{"commitment_sha256":"', f'","kind":{int(kind)},"v":{FACE_VERSION}}}'),
    )
