"""What is in a copy: which files of a home folder, and the list that says so."""

import fnmatch
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from masthead.errors import CannotRead
from masthead.language import Message
from masthead.newsroom.evidence.high_water import MISSHAPEN, whole

MANIFEST = "manifest.json"
HOME = "home"
DATABASE = "db.sqlite3"

_NOT_THESE = (
    *(
        "static",
        "static.*",
        "*.lock",
        "*.new",
        "*.part",
        ".*",
        "setup.code",
        "verified.json",
        "leftovers.json",
        "last-round",
    ),
    *("db.sqlite3", "db.sqlite3-*", "counts.sqlite3*", "damage.json", "damage.*.json", "high-water.json"),
    *("restoring", "restoring.json", "replaced"),
)
"""What is laid out anew, belongs to a process or a clock at work here, or is copied by a way of its own."""
_PRIVATE = b"PRIVATE KEY-----"
_OPEN_KEYS = ("*.pub", "*.pem")
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a copy says of itself. `files` maps each path under `home` to its SHA-256."""

    taken_at: datetime
    origin: str
    size: int
    root: str
    database: str
    with_keys: bool
    files: Mapping[str, str]

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "masthead_backup": 1,
            "taken_at": self.taken_at.isoformat(timespec="seconds"),
            "origin": self.origin,
            "size": self.size,
            "root": self.root,
            "database": self.database,
            "with_keys": self.with_keys,
            "files": dict(sorted(self.files.items())),
        }


def read(folder: Path) -> Manifest:
    """The list of the copy in `folder`; `CannotRead` where there is none that makes sense."""
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if said["masthead_backup"] != 1:
            raise ValueError
        return Manifest(
            datetime.fromisoformat(said["taken_at"]),
            str(said["origin"]),
            whole(said["size"]),
            str(said["root"]),
            str(said["database"]),
            bool(said["with_keys"]),
            {str(path): str(digest) for path, digest in said["files"].items()},
        )
    except (OSError, AttributeError, *MISSHAPEN) as error:
        raise CannotRead(
            Message("There is no whole backup in %(folder)s.", {"folder": str(folder)}),
            Message("Give the folder that `masthead backup` said it wrote."),
        ) from error


def newest_in(folder: Path) -> Path:
    """The copy that is meant: the folder itself, or the newest of the copies in it.

    A log only grows: the newest is the one with the most entries, whatever a clock said when it was taken.
    """
    if (folder / MANIFEST).is_file() or not folder.is_dir():
        return folder
    # One whose name begins with a dot was cut off before it was a copy.
    named = (each for each in folder.iterdir() if not each.name.startswith("."))
    found = [each for each in named if (each / MANIFEST).is_file()]
    return max(found, key=lambda each: (_size(each), each.name), default=folder)


def _size(copy: Path) -> int:
    try:
        return read(copy).size
    except CannotRead:
        return -1


def files_of(home: Path, *, with_keys: bool) -> Iterator[Path]:
    """The files of a home folder that go into a copy, besides the database and the high-water file."""
    for folder, inner, names in os.walk(home):
        here = Path(folder)
        inner[:] = [name for name in inner if not _left_out(here, home, name)]
        for name in names:
            path = here / name
            if _left_out(here, home, name) or not path.is_file():
                continue
            if with_keys or not _is_secret(path.relative_to(home), path):
                yield path


def _left_out(here: Path, home: Path, name: str) -> bool:
    if here != home:
        return any(fnmatch.fnmatch(name, pattern) for pattern in (".*", "*.new", "*.part"))
    return any(fnmatch.fnmatch(name, pattern) for pattern in _NOT_THESE)


def _is_secret(path: Path, there: Path) -> bool:
    """Whether it is a key that must not leave with a copy: all of `keys/` but what is public by its form."""
    if path.parts[0] != "keys":
        return False
    if not any(fnmatch.fnmatch(path.name, pattern) for pattern in _OPEN_KEYS):
        return True
    return _PRIVATE in there.read_bytes()


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, read a piece at a time."""
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def copy(source: Path, target: Path) -> None:
    """Copy a file with its mode and its time, and have it on the disk when this returns."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with source.open("rb") as read, target.open("xb") as write:
        while piece := read.read(_PIECE):
            write.write(piece)
        write.flush()
        os.fsync(write.fileno())
        said = os.fstat(read.fileno())
        os.fchmod(write.fileno(), said.st_mode & 0o777)
    os.utime(target, ns=(said.st_atime_ns, said.st_mtime_ns))
