"""What is renamed outlasts the loss of power only in this order: the file synced, renamed, its folder synced.

Without the first a crash leaves an empty file under the name; without the last the name is the old one again,
though what rests on it was done since.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def sync(folder: Path) -> None:
    """Have the names in `folder` last: what was made, renamed or taken away there."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def replace(path: Path, content: bytes, *, mode: int = 0o600, fresh: Path | None = None) -> None:
    """Have the file at `path` say `content`, whole or not at all; on the disk when this returns.

    `fresh` is where it is written first, in the same folder, else beside it under a name of its own. OSError
    leaves what was there.
    """
    fresh = fresh or path.with_name(f".{path.name}.{os.getpid()}.new")
    fresh.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    sync(path.parent)


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
