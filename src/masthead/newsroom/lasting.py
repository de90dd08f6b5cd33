"""What is renamed outlasts the loss of power only in this order: the file synced, renamed, its folder synced.

Without the first a crash leaves an empty file under the name; without the last the name is the old one again,
though what rests on it was done since.
"""

import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_FRESH = re.compile(r"\.[0-9a-f]{16}\.part")


def sync(folder: Path) -> None:
    """Have the names in `folder` last: what was made, renamed or taken away there."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def replace(path: Path, content: bytes, *, mode: int = 0o600, alone: bool = False) -> None:
    """Have the file at `path` say `content`, whole or not at all; on the disk when this returns.

    `alone` is for who holds off all others that would write it: what a kill left of an earlier try is then
    written over. OSError leaves what was there.
    """
    with written(path, content, mode=mode, alone=alone) as fresh:
        fresh.replace(path)
    sync(path.parent)


def first(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Have a file at `path`, on the disk when this returns: one that says `content`, unless one is there.

    Of several that do so at once, in threads or processes, the first wins and nobody reads half of it.
    """
    with written(path, content, mode=mode) as fresh, suppress(FileExistsError):
        os.link(fresh, path)
    sync(path.parent)


@contextmanager
def written(path: Path, content: bytes, *, mode: int = 0o600, alone: bool = False) -> Iterator[Path]:
    """`content` on the disk, beside `path`, for the body to give it its name; what it leaves there goes.

    Under a name that nobody else has: two threads share their process, and two containers their numbers of
    processes.
    """
    fresh = path.with_name(f"{path.name}.new" if alone else f".{secrets.token_hex(8)}.part")
    if alone:
        fresh.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield fresh
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def swept(folder: Path, before: float) -> int:
    """Take away what kills left of files on their way to a name, older than `before`; how many there were.

    One that goes, or comes to its name, while it is looked at is nobody's leftover.
    """
    gone = 0
    for each in folder.glob(".*.part"):
        if _FRESH.fullmatch(each.name) and is_older(each, before):
            each.unlink(missing_ok=True)
            gone += 1
    return gone


def is_older(path: Path, before: float) -> bool:
    """Whether a file is there and was written last before a time; a link and a folder are no file.

    Asked in one look: between two, another may give the file its name.
    """
    with suppress(FileNotFoundError):
        found = path.lstat()
        return stat.S_ISREG(found.st_mode) and found.st_mtime < before
    return False


def made(folder: Path) -> None:
    """Make a folder, with those it lies in, and have their names last; one that is there stays."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    named(missing)


def named(paths: Iterable[Path]) -> None:
    """Have the names of what was made last, but in a folder that we may write and not read."""
    for each in paths:
        with suppress(PermissionError):
            sync(each.parent)


def all_within(folder: Path) -> None:
    """Have all names in `folder`, and in the folders that it holds, last; its own is its parent's."""
    for each in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        sync(each)
