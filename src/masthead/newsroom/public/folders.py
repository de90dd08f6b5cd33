"""Which folders an item was written to, so that a correction or a withdrawal reaches them all.

Not evidence, and nothing the public sees: a small file in the home folder.
"""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from errno import EIO
from pathlib import Path
from stat import S_ISDIR

from django.conf import settings
from django.db import DatabaseError

from masthead.errors import MastheadError
from masthead.newsroom import lasting
from masthead.newsroom.evidence.high_water import MISSHAPEN
from masthead.newsroom.items.models import Item
from masthead.newsroom.public.files import BUNDLE, OURS, RECORD

leaving: list[Callable[[Item], object]] = []
"""Told of an item whose folders were not all reached, or are about to be: whoever does that later."""
reaching: list[Callable[[Item], Callable[[], object]]] = []
"""Told of an item whose folders are being written; each gives what is called once all of them are."""


def _file(item: Item) -> Path:
    return Path(settings.MASTHEAD_HOME) / "folders" / f"{item.public_id}.json"


def _kept(item: Item) -> list[Path]:
    """The folders that the file names. OSError where it cannot be read.

    Taken for none, what was withdrawn would stay in each of them, and nobody be told.
    """
    try:
        return [Path(each) for each in json.loads(_file(item).read_bytes())]
    except FileNotFoundError:
        return []
    except MISSHAPEN as error:
        raise OSError(EIO, os.strerror(EIO)) from error


def noted(item: Item) -> list[Path]:
    """The folders the item was written to, oldest first, but those that are certainly not there. OSError."""
    return [folder for folder in _kept(item) if _may_be_there(folder)]


def known(item: Item) -> list[Path]:
    """Those of them that are not found to hold another item by now. OSError."""
    found = []
    for folder in noted(item):
        with suppress(OSError):  # one that cannot be looked into is not forgotten for that
            if _another(folder, item):
                continue
        found.append(folder)
    return found


def in_each(item: Item, do: Callable[[Path], None], *also: Path) -> dict[Path, OSError]:
    """Do something in every folder the item was written to, and `also` there; gives where it failed, and why.

    What is in the way of one is in the way of no other. Where the file that names them cannot be read, that
    is among what failed.
    """
    left, folders = {}, list(also)
    try:
        folders = [*noted(item), *also]
    except OSError as error:
        left[_file(item)] = error
    for folder in dict.fromkeys(folders):
        try:
            if not _another(folder, item):
                do(folder)
        except OSError as error:
            left[folder] = error
    return left


def empty(folder: Path) -> None:
    """Have the content of an item leave a folder: every file that can be taken away is."""
    first = None
    for path in filter(_is_content, folder.iterdir()):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            first = first or error
    # What was taken back must not be there again after a loss of power: nobody would write it once more.
    lasting.sync(folder)
    if first:
        raise first


def holding(item: Item) -> list[Path]:
    """The folders that still hold content of the item, or that cannot be looked into.

    None where the file that names them cannot be read: that is said for itself.
    """
    found, folders = [], list[Path]()
    with suppress(OSError):
        folders = known(item)
    for folder in folders:
        try:
            holds = any(map(_is_content, folder.iterdir()))
        except OSError:
            holds = True
        if holds:
            found.append(folder)
    return found


def leave(item: Item) -> None:
    """Have somebody finish later what was not done in all folders. Raises nothing: an error is under way."""
    for each in leaving:
        with suppress(DatabaseError, MastheadError):
            each(item)


def expect(item: Item) -> None:
    """Have somebody write the folders of an item, if nobody does: inside a command that readers are to see.

    One that was written to no folder yet has none that tells what is not so any more.
    """
    if _file(item).exists() and item.publications.exists():
        for each in leaving:
            each(item)


def _is_content(path: Path) -> bool:
    """Whether it may be what went out of the item, or what a kill left of writing that."""
    if path.name == RECORD:
        return True
    return OURS.fullmatch(path.name) is not None and (
        path.name.startswith("content.") or path.name.endswith(".part")
    )


def _may_be_there(folder: Path) -> bool:
    try:
        return S_ISDIR(folder.stat().st_mode)
    except OSError as error:
        return not isinstance(error, FileNotFoundError | NotADirectoryError)


def away(item: Item) -> list[Path]:
    """The folders it was written to that may come back: what they stand in is not there just now. OSError."""
    return [folder for folder in _kept(item) if not folder.parent.is_dir()]


def _another(folder: Path, item: Item) -> bool:
    """Whether the folder has come to hold another item, which is not ours to write over."""
    try:
        return item.public_id.encode() not in (folder / BUNDLE).read_bytes()
    except FileNotFoundError:
        return False


def last(item: Item) -> Path | None:
    """The folder it was written to last, if it is still there; None where that cannot be read, too.

    What is taken back waits for nothing.
    """
    try:
        return next(reversed(known(item)), None)
    except OSError:
        return None


def remember(item: Item, folder: Path) -> None:
    """Note that the item was written to `folder`. OSError: none that was noted before is forgotten."""
    here = str(folder.absolute())
    kept = [str(each) for each in (*away(item), *known(item))]
    if here in kept:
        return
    path = _file(item)
    lasting.made(path.parent)
    lasting.replace(path, f"{json.dumps([*kept, here])}\n".encode())
