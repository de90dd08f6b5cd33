"""Which folders an item was written to, so that a correction or a withdrawal reaches them all.

What is kept of each, and how it stands with it: `noted`.
"""

from collections.abc import Callable, Container
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from django.db import DatabaseError

from masthead.errors import MastheadError
from masthead.newsroom import lasting
from masthead.newsroom.items.models import Item
from masthead.newsroom.public.files import BUNDLE, OURS, RECORD
from masthead.newsroom.public.noted import (
    OWED,
    REACHED,
    Noted,
    Stands,
    file_of,
    is_at_home,
    keep,
    kept,
    stands,
)

leaving: list[Callable[[Item], object]] = []
"""Told of an item whose folders were not all reached, or are about to be: whoever does that later."""
reaching: list[Callable[[Item], Callable[[], object]]] = []
"""Told of an item whose folders are being written; each gives what is called once all of them are."""


def known(item: Item) -> list[Path]:
    """The folders that are written to, or at least tried, oldest first. OSError."""
    return _found(item, REACHED)


def away(item: Item) -> list[Path]:
    """The folders it was written to that are not there, or stand empty, and may come back. OSError."""
    return _found(item, OWED)


def unreached(item: Item) -> list[Path]:
    """Those that are away; none where the file that names them cannot be read: that is said for itself."""
    with suppress(OSError):
        return away(item)
    return []


def _found(item: Item, how: frozenset[Stands]) -> list[Path]:
    noted = kept(item.public_id)
    return [each.folder for each in noted if stands(each, item.public_id) in how]


def in_each(item: Item, do: Callable[[Path], None], *also: Path) -> dict[Path, OSError]:
    """Do something in every folder the item was written to, and `also` there; gives where it failed, and why.

    What is in the way of one is in the way of no other. Where the file that names them cannot be read, that
    is among what failed.
    """
    left, folders = {}, list(also)
    try:
        folders = [*known(item), *also]
    except OSError as error:
        left[file_of(item.public_id)] = error
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
    if file_of(item.public_id).exists() and item.publications.exists():
        for each in leaving:
            each(item)


def _is_content(path: Path) -> bool:
    """Whether it may be what went out of the item, or what a kill left of writing that."""
    if path.name == RECORD:
        return True
    return OURS.fullmatch(path.name) is not None and (
        path.name.startswith("content.") or path.name.endswith(".part")
    )


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


def remember(item: Item, folder: Path, bundle: bytes, *, missed: bool) -> None:
    """Note that `bundle` is about to be written to `folder`, and to those that are noted.

    `missed` is whether the folder was away before it was made: what it held then still is. OSError: none
    that was noted before is forgotten.
    """
    here, new = folder.absolute(), sha256(bundle).hexdigest()
    noted, found = kept(item.public_id), list[Noted]()
    for each in noted:
        how = stands(each, item.public_id)
        if how is Stands.INSTEAD:
            found.append(replace(each, instead=(*each.instead[-1:], new)))
        elif each.folder == here and missed:
            found.append(replace(each, instead=(new,), written=True))
        elif how is Stands.HERE:
            found.append(replace(each, instead=()))
        elif how is not Stands.NOT or (each.gone and each.folder != here):
            found.append(each)
    if here not in (each.folder for each in found):
        found.append(Noted(here))
    if found != noted:
        keep(item.public_id, found)


def settle(item: Item, left: Container[Path]) -> None:
    """Note that the folders hold all that the audience gets, but those that are `left` or away. OSError."""
    noted = kept(item.public_id)
    found = [
        each if each.folder in left or stands(each, item.public_id) not in REACHED else _whole(each)
        for each in noted
    ]
    if found != noted:
        keep(item.public_id, found)


def _whole(noted: Noted) -> Noted:
    return replace(noted, written=True, at_home=is_at_home(noted.folder), gone=None)
