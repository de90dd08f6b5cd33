"""Whether a stretch of the log agrees, many times quicker than by asking what would be wrong with it.

Says yes or gives up: where anything at all is out of the ordinary, `verify_entry` and its like look at the
same entries and name it. So nothing here needs words, and nothing passes here that would not pass there: each
line of each entry is hashed, its commitment and leaf made from that, its columns and its list of rows
compared byte for byte with what is sealed, and each row hashed as it is now. All of it a column at a time.
"""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection

from masthead.newsroom.evidence.kinds import FIELDS, IMPLICIT, Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.raw import Dialect, asked, dialect, fetched, filled
from masthead.newsroom.evidence.sealed import FACE_VERSION, SALT_BYTES
from masthead.newsroom.evidence.verify_erased import SIGN
from masthead.newsroom.evidence.verify_quick_rows import vouched

STRETCH = 1024
"""Entries read at once: the questions to the database are few, and memory stays flat."""
MOST_ERASED = 64
"""Entries of a stretch that are looked at one by one while the others are looked at quickly."""

_COLUMNS = ("place", "kind", "leaf_hash", "id", "recorded_at", "actor", "commitment", "sealed")
_ENTRIES = "SELECT {columns} FROM evidence_entry e WHERE place >= %s AND place < %s ORDER BY place"
_KIND, _LEAF, _SEALED = map(_COLUMNS.index, ("kind", "leaf_hash", "sealed"))
_AFTER_SALT = 2 + 2 * SALT_BYTES
"""Where in a line its salt ends."""
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
    body: str
    """Its public face, with a gap for the commitment."""


def agreed(start: int, end: int) -> Agreed | None:
    """What the entries from `start` up to `end` come to; None where one of them needs a closer look."""
    collects = gc.isenabled()
    # Thousands of tuples, none in a circle: looking through them takes as long as hashing a few lines.
    gc.disable()
    try:
        return _agreed(start, end)
    except (ValueError, TypeError, IndexError, KeyError, AttributeError, ValidationError, DatabaseError):
        # A column that holds another type than it should, or no text: SQLite lets one be written.
        return None
    finally:
        if collects:
            gc.enable()


def _agreed(start: int, end: int) -> Agreed | None:
    spoken = dialect()
    listed = vouched(start, end, spoken)
    found = fetched(_entries(connection.vendor), [start, end])
    if listed is None or [entry[0] for entry in found] != [*range(start, end)]:
        return None
    said = [listed.said.get(place, "") for place in range(start, end)]
    for kind in {entry[_KIND] for entry in found}:
        frame = frame_of(kind)
        some = [at for at, entry in enumerate(found) if entry[_KIND] == kind]
        whole = len(some) == len(found)
        entries = found if whole else [found[at] for at in some]
        texts = said if whole else [said[at] for at in some]
        if frame is None or not (
            _sealed(frame, entries, texts, spoken) or _but_for_erased(frame, entries, texts, spoken)
        ):
            return None
    erased = [entry[0] for entry in found if SIGN in entry[_SEALED]]
    if len(erased) > MOST_ERASED:
        return None
    return Agreed([entry[_LEAF] for entry in found], listed.digests, listed.other, erased)


def _but_for_erased(frame: Frame, entries: Sequence[Any], said: list[str], spoken: Dialect) -> bool:
    """The same of those of which nothing is erased, and whether there are others."""
    left = [(entry, text) for entry, text in zip(entries, said, strict=True) if SIGN not in entry[_SEALED]]
    if len(left) == len(entries):
        return False
    return not left or _sealed(frame, [each for each, _ in left], [text for _, text in left], spoken)


def _sealed(frame: Frame, entries: Sequence[Any], said: list[str], spoken: Dialect) -> bool:
    """Whether these entries, of one kind, are what their lines say, with these texts of their rows."""
    _, _, leaves, ids, times, actors, commitments, sealed = zip(*entries, strict=True)
    # A tuple for each field: one line of each entry. ValueError where one has more or fewer.
    columns = [*zip(*[lines.split(b"\n") for lines in sealed], strict=True)]
    if len(columns) != len(frame.names):
        return False
    if not all(_named(*each) for each in zip(frame.names, columns, strict=True) if each[0] not in _SAID):
        return False
    digests = [[sha256(line).hexdigest() for line in column] for column in columns]
    committed = [sha256(text.encode()).hexdigest() for text in filled(frame.gaps, digests)]
    if committed != [*map(bytes.hex, commitments)]:
        return False
    if tuple([sha256((frame.body % each).encode()).digest() for each in committed]) != leaves:
        return False
    by_name = dict(zip(frame.names, columns, strict=True))
    return (
        _say(by_name["actor"], '","actor",', _known(actors, spoken.ids), "]")
        and _say(by_name["entry"], '","entry","', spoken.ids(ids), '"]')
        and _say(by_name["recorded_at"], '","recorded_at",', _known(times, spoken.times), "]")
        and _say(by_name["rows"], '","rows",[', said, "]]")
    )


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
    some = [value for value in set(column) if value is not None]
    said: dict[str | None, str] = {None: "null"}
    said.update((value, f'"{each}"') for value, each in zip(some, words(some), strict=True))
    return [*map(said.__getitem__, column)]


@cache
def _entries(vendor: str) -> str:
    """How to ask for entries in a database of that vendor, the one in use."""
    fields = {field.name: field for field in Entry._meta.concrete_fields}
    columns = ", ".join(asked(fields[name], "e") for name in _COLUMNS)
    return _ENTRIES.format(columns=columns)


@cache
def frame_of(kind: int) -> Frame | None:
    """What entries of this kind look like; None for a kind that is not known."""
    if kind not in Kind:
        return None
    names = sorted([*FIELDS[Kind(kind)].opens, *IMPLICIT])
    return Frame(
        tuple(names),
        (f'{{"{names[0]}":"', *(f'","{name}":"' for name in names[1:]), '"}'),
        f'\0{{"commitment_sha256":"%s","kind":{int(kind)},"v":{FACE_VERSION}}}',
    )
