"""Bytes kept by their SHA-256, each written once and never changed.

A blob is on disk, synced, before the record that names it is committed: a crash in between leaves a blob
nobody names, never a name without its blob. Such a one, and a file that was handed in and never sent, is
taken away when nobody has handed it in for two days (`leftovers`): whoever keeps what is there already makes
it new, and whoever takes away looks at its age once more while nobody else may keep anything.
"""

import errno
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TextIO

from django.conf import settings

from masthead.errors import Damaged, NotFound, Unavailable
from masthead.language import Message
from masthead.newsroom import lasting, turns
from masthead.newsroom.items.erased import Erased, is_erased
from masthead.system_said import why


def path_of(digest: str) -> Path:
    """Where the bytes of that SHA-256 are kept, if they are."""
    return folder() / digest[:2] / digest


def keep(content: bytes) -> str:
    """Keep `content` and give its SHA-256. Keeping it twice is keeping it once."""
    digest = sha256(content).hexdigest()
    path = path_of(digest)
    try:
        with _shared():
            _renew(path, content)
    except OSError as error:
        raise no_room(error) from error
    return digest


def _renew(path: Path, content: bytes) -> None:
    """Have the file be there and be new."""
    try:
        os.utime(path)
    except FileNotFoundError:
        _write(path, content)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EACCES, errno.EROFS):
            raise
        # It is there and another's, as after a copy was put back as root. Written anew it is ours; where that
        # may not be either, nobody like us can take it away.
        if os.access(path.parent, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
            _write(path, content)


def folder() -> Path:
    """Where the blobs are, by the first two digits of their names."""
    return Path(settings.MASTHEAD_HOME) / "blobs"


def take_away(path: Path, *, before: float) -> bool:
    """Delete a file of the store unless somebody kept it since the time `before`; whether it was deleted.

    BlockingIOError while somebody keeps a file or copies the store: a copy may take an hour.
    """
    with _lock() as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            if path.stat().st_mtime >= before:
                return False
            path.unlink()
        except FileNotFoundError:
            return False
    return True


@contextmanager
def _shared() -> Iterator[None]:
    """Many may keep or copy at a time; who takes away is alone, and quick. The lock ends with its process."""
    with _lock() as file:
        turns.wait(file, shared=True)
        yield


@contextmanager
def copying() -> Iterator[None]:
    """Nothing is taken away inside the block, however long a copy of the store takes."""
    with _shared():
        yield


def _lock() -> TextIO:
    path = folder().parent / "blobs.lock"
    try:
        return path.open("a")
    except PermissionError:  # another's: who may read it may hold it
        return path.open()


def _write(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        if not path.parent.is_dir():
            lasting.made(path.parent)
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # The name appears only with the whole content behind it; syncing the folder makes the name last.
        temporary.replace(path)
        lasting.sync(path.parent)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise no_room(error) from error


def no_room(error: OSError) -> Unavailable:
    """What to tell a person when the disk did not take what we wrote."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Unavailable(
            Message("The disk is full; nothing was changed."),
            Message("Free some space, then do the same again."),
        )
    return Unavailable(
        Message(
            "The disk did not take what was written (%(why)s); nothing was changed.",
            {"why": why(error)},
        ),
        Message("Check the folder's permissions and the disk, then do the same again."),
    )


def fetch(digest: str) -> bytes:
    """The bytes of that SHA-256; `NotFound` where they are gone, `Damaged` where they changed.

    `Erased`, which is a `NotFound`, where they were erased.
    """
    if is_erased(digest):
        raise Erased
    try:
        content = path_of(digest).read_bytes()
    except FileNotFoundError as error:
        raise NotFound(
            Message("A file that the record names is no longer in the blob store."),
            Message("Restore `blobs/` in the home folder from a backup."),
        ) from error
    except OSError as error:
        raise Unavailable(
            Message("A file that the record names cannot be read (%(why)s).", {"why": why(error)}),
            Message("Check who owns `blobs/` in the home folder, and the disk; then do the same again."),
        ) from error
    if sha256(content).hexdigest() != digest:
        raise Damaged(
            Message("A file in the blob store is not what the record says it was."),
            Message("Keep it as it is for whoever looks into this, and restore it from a backup."),
        )
    return content
