"""Who else on this machine may read what we write: nobody, unless it is meant for others.

A record holds drafts and names, so a process of ours makes files and folders that its own user alone gets at
(`closed`). What a web server hands out, or a person asked for beside their work, is `for_others`: it gets the
mode that whoever started the process gives files. Processes begun inside learn that from the environment.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CLOSED = 0o077
OUTER = "MASTHEAD_OUTER_UMASK"
"""Where a process of ours tells those it begins the mask of whoever started it."""
_MASK = re.compile("[0-7]{1,4}")


@contextmanager
def closed() -> Iterator[None]:
    """Inside, this process and those it begins make files that their own user alone gets at."""
    said = os.environ.get(OUTER)
    before = close()
    try:
        yield
    finally:
        os.umask(before)
        if said is None:
            os.environ.pop(OUTER, None)
        else:  # whoever closed before us still is
            os.environ[OUTER] = said


def close() -> int:
    """`closed`, for the rest of this process; gives the mask that it had before."""
    before = os.umask(CLOSED)
    if _said() is None:
        os.environ[OUTER] = f"{before:o}"
    return before


def for_others(path: Path | int) -> None:
    """Give a file of ours the mode that it would have had without `closed`."""
    os.chmod(path, 0o666 & ~_outer())  # noqa: PTH101 - a path or a descriptor


def folder_for_others(path: Path) -> list[Path]:
    """Make a folder, with those it lies in, as it would have been made without `closed`; one there stays.

    Gives those that were made, for their names to be synced.
    """
    missing = [each for each in (path, *path.parents) if not each.exists()]
    path.mkdir(parents=True, exist_ok=True)
    for each in missing:
        each.chmod(0o777 & ~_outer())
    return missing


def open_to(path: Path) -> int:
    """What others than its user may do with a file or folder: the bits of its mode for group and others."""
    return path.stat().st_mode & CLOSED


def _said() -> int | None:
    """The mask that whoever closed first had; None where nobody did, or what is said is no mask."""
    said = os.environ.get(OUTER, "")
    return int(said, 8) if _MASK.fullmatch(said) else None


def _outer() -> int:
    said = _said()
    if said is not None:
        return said
    mask = os.umask(CLOSED)
    os.umask(mask)
    return mask
