"""A folder that the log is exported to: files whole or not at all, one writer at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from masthead import modes
from masthead.errors import NotReady, Refused, Unavailable
from masthead.language import Message
from masthead.newsroom import lasting

NEW = ".new"
"""What the name of a file ends in before it is whole."""


@dataclass(slots=True)
class Folder:
    """A folder that is written to. `touched` are the folders in it that are not synced yet."""

    path: Path
    touched: set[Path] = field(default_factory=set)

    def write(self, name: str, content: bytes) -> None:
        """Write a file, whole or not at all.

        Never under its name before it is whole and synced: a web server hands out whatever has the name, and
        others keep it for ever.
        """
        path = self.path / name
        modes.folder_for_others(path.parent)
        fresh = path.with_name(path.name + NEW)
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            modes.for_others(file.fileno())  # any web server hands it out
            os.fsync(file.fileno())
        fresh.replace(path)
        self.touch(name)

    def replace(self, name: str, content: bytes) -> None:
        """Write a file unless it is there just so."""
        path = self.path / name
        if not path.is_file() or path.read_bytes() != content:
            self.write(name, content)

    def touch(self, name: str) -> None:
        """Remember the folders that lead to a file."""
        path = self.path / name
        while path != self.path:
            path = path.parent
            self.touched.add(path)

    def sync(self) -> None:
        """Return once the names of all files that were touched are on the disk."""
        for path in sorted(self.touched, reverse=True):
            lasting.sync(path)
        self.touched.clear()


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold off other exports into the folder. The lock is on the folder itself and ends with the process."""
    opened = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(
                Message("Another export is writing into %(folder)s.", {"folder": str(path)}),
                Message("Wait until it is done."),
            ) from error
        yield
    finally:
        os.close(opened)


@contextmanager
def told_of_disk(path: Path) -> Iterator[None]:
    """Make the folder, and say plainly what the disk refuses."""
    try:
        lasting.named(modes.folder_for_others(path))
        yield
    except (FileExistsError, NotADirectoryError, PermissionError) as error:
        raise NotReady(
            Message("%(folder)s is not a folder we may write to.", {"folder": str(path)}),
            Message("Give another, or change its permissions."),
        ) from error
    except OSError as error:
        raise Unavailable(
            Message("The disk gave up while the log was written to %(folder)s.", {"folder": str(path)}),
            Message("Make room, or look at the disk, then do the same again: it goes on where it stopped."),
        ) from error
