"""What a restore takes the place of: how many entries it held beyond the copy, so that somebody says so."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from masthead.language import Message
from masthead.newsroom.evidence.damage import RESTORED, Damage
from masthead.newsroom.site.backup import layout


def beyond(folder: Path, size: int) -> int | None:
    """How many entries from place `size` on the SQLite file in `folder` holds; None where it cannot be read.

    Nothing of it is changed. Where a folder holds several, as the same copy was put back more than once, the
    one that was set aside last counts.
    """
    file = _last(folder)
    if not file.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            row = opened.execute("SELECT count(*) FROM evidence_entry WHERE place >= ?", (size,)).fetchone()
    except sqlite3.Error:
        return None
    return int(row[0])


def _last(folder: Path) -> Path:
    names = [folder / layout.DATABASE, *(folder / f"{layout.DATABASE}.{number}" for number in range(2, 100))]
    there = [each for each in names if each.exists()]
    return there[-1] if there else names[0]


def said(day: str, size: int, beyond: int | None) -> Message:
    """That a copy was put back, and what it lacks of what was there: for the evidence that is kept of it."""
    known: dict[str, str | int] = {"day": day, "size": size}
    if beyond is None:
        return Message(
            "a backup of %(day)s was put back, with %(size)s entries; how many newer ones the replaced record"
            " held could not be read",
            known,
        )
    if beyond:
        return Message(
            "a backup of %(day)s was put back, with %(size)s entries; %(n)d newer entry is in the replaced"
            " record alone",
            known | {"n": beyond},
            "a backup of %(day)s was put back, with %(size)s entries; %(n)d newer entries are in the replaced"
            " record alone",
        )
    return Message("a backup of %(day)s was put back, with %(size)s entries", known)


def is_said(found: Iterable[Damage], day: str, size: int) -> bool:
    """Whether it is kept already that this copy was put back: what the first time replaced is what counts."""
    told = [each.why.values for each in found if each.found_by == RESTORED and each.why is not None]
    return any((each.get("day"), each.get("size")) == (day, size) for each in told)
