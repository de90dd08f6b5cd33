"""Folders that are away: what is said of them, and that one is gone for good.

Only a person can say that: a disk that is not mounted looks the same.
"""

import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from os.path import normpath
from pathlib import Path

from django.conf import settings

from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.public.noted import OWED, Noted, Stands, file_of, keep, kept, stands
from masthead.newsroom.turns import turn

logger = logging.getLogger(__name__)


SAID = Message(
    "Folders that were published to and are not there just now: %(folders)s. They were found missing or"
    " empty, as where a disk is not mounted, and what was written there before may still be read. Mount the"
    " disk, then run `masthead data finish`. Where a folder was deleted or its disk is gone for good, say so:"
    " `masthead data finish --gone FOLDER`."
)


def about(folders: Iterable[Path]) -> Message | None:
    """What to tell a person of folders that are away, and what to do; None where there are none."""
    listed = ", ".join(map(str, folders))
    return Message(SAID.template, {"folders": listed}) if listed else None


def gone_for_good(folder: Path) -> list[Path]:
    """Wait no more for `folder`, or those in it, of any item; gives those that were away.

    That somebody said so, and when, stays noted. One that is there is written on; one that comes back all the
    same is written with the next change of its item. `NotFound` where none of them is away.
    """
    asked = Path(normpath(folder.absolute()))
    found: dict[Path, None] = {}
    with turn(Path(settings.MASTHEAD_HOME), "writing"):
        for file in sorted(file_of("").parent.glob("*.json")):
            with suppress(OSError):  # what it names is not known: it stays among what is left
                found |= dict.fromkeys(_said(file.stem, asked))
    if not found:
        raise NotFound(
            Message("No folder that is away goes by %(folder)s, or is in it.", {"folder": str(folder)}),
            Message("See with `masthead data finish` which are, and give one as it stands there."),
        )
    logger.info("said to be gone for good: %d folders that were published to", len(found))
    return list(found)


def _said(public_id: str, asked: Path) -> list[Path]:
    """Note it of one item; gives its folders that were away."""
    noted = kept(public_id)
    gone = [
        each
        for each in noted
        if Path(normpath(each.folder)).is_relative_to(asked) and stands(each, public_id) in OWED
    ]
    if gone:
        keep(public_id, [_no_more(each, public_id) if each in gone else each for each in noted])
    return [each.folder for each in gone]


def _no_more(noted: Noted, public_id: str) -> Noted:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    if stands(noted, public_id) is Stands.INSTEAD:
        return replace(noted, instead=())  # what is in its place is the folder from now on
    return replace(noted, instead=(), written=True, gone=at)
