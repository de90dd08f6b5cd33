"""What is noted of the folders that an item was written to, and what stands in the place of each now.

Not evidence, and nothing the public sees: a small file in the home folder. A folder that is not there, or
stands empty where it did not, counts as away: so does a mount point look without its disk. That lasts until
it is back, or somebody says that it is gone for good.
"""

import json
import os
from dataclasses import dataclass
from enum import Enum
from errno import EIO
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR
from typing import Any

from django.conf import settings

from masthead.newsroom import lasting
from masthead.newsroom.evidence.high_water import MISSHAPEN
from masthead.newsroom.public.files import BUNDLE, OURS


@dataclass(frozen=True, slots=True)
class Noted:
    """A folder that an item was written to, or is about to be."""

    folder: Path
    written: bool = False
    """Whether all that the audience gets was in it: empty, it is not the same one."""
    at_home: bool = False
    """Whether it was in the home folder, on its disk: missing there it was deleted, as that disk is here."""
    instead: tuple[str, ...] = ()
    """SHA-256 of the bundle, the old and the new, of what was written in its place while it was away."""
    gone: str | None = None
    """When somebody said that it is gone for good, by ISO 8601."""


class Stands(Enum):
    """How it stands with a folder."""

    HERE = "it is there"
    SHUT = "it cannot be looked into"
    INSTEAD = "another is in its place, and written to"
    AWAY = "it is away, and may come back"
    NOT = "it is no more ours, or not any more"


REACHED = frozenset({Stands.HERE, Stands.SHUT, Stands.INSTEAD})
"""What is written to, or at least tried."""
OWED = frozenset({Stands.AWAY, Stands.INSTEAD})
"""What may still hold something that was taken back."""


def file_of(public_id: str) -> Path:
    """The file that notes the folders of an item."""
    return Path(settings.MASTHEAD_HOME) / "folders" / f"{public_id}.json"


def kept(public_id: str) -> list[Noted]:
    """The folders that the file names, oldest first. OSError where it cannot be read.

    Taken for none, what was withdrawn would stay in each of them, and nobody be told.
    """
    try:
        return [_noted(each) for each in json.loads(file_of(public_id).read_bytes())]
    except FileNotFoundError:
        return []
    except (AttributeError, *MISSHAPEN) as error:
        raise OSError(EIO, os.strerror(EIO)) from error


def keep(public_id: str, folders: list[Noted]) -> None:
    """Have the file name these. OSError: it says what it said before."""
    path = file_of(public_id)
    lasting.made(path.parent)
    lasting.replace(path, f"{json.dumps([_as_json(each) for each in folders])}\n".encode())


def stands(noted: Noted, public_id: str) -> Stands:
    """How it stands with a folder of an item."""
    missing = Stands.NOT if noted.gone or noted.at_home else Stands.AWAY
    try:
        if not S_ISDIR(noted.folder.stat().st_mode):
            return missing
        ours = [path.name for path in noted.folder.iterdir() if OURS.fullmatch(path.name)]
        bundle = (noted.folder / BUNDLE).read_bytes() if BUNDLE in ours else None
    except (FileNotFoundError, NotADirectoryError):
        return missing
    except OSError:
        return Stands.SHUT
    if bundle is None:
        if noted.written and not ours:
            return missing
        return Stands.INSTEAD if noted.instead else Stands.HERE
    if public_id.encode() not in bundle:
        return Stands.AWAY if noted.instead else Stands.NOT
    return Stands.INSTEAD if sha256(bundle).hexdigest() in noted.instead else Stands.HERE


def is_at_home(folder: Path) -> bool:
    """Whether a folder is in the home folder, and on the disk of that. OSError."""
    home = Path(settings.MASTHEAD_HOME).resolve()
    there = folder.resolve()
    return there.is_relative_to(home) and there.stat().st_dev == home.stat().st_dev


def _noted(said: Any) -> Noted:
    """A path alone is one that was not written whole yet, or by a version before that was noted."""
    if isinstance(said, str):
        return Noted(Path(said))
    return Noted(
        Path(said["folder"]),
        bool(said.get("written")),
        bool(said.get("at_home")),
        tuple(map(str, said.get("instead", ()))),
        said.get("gone"),
    )


def _as_json(noted: Noted) -> dict[str, Any]:
    said = {
        "folder": str(noted.folder),
        "written": noted.written,
        "at_home": noted.at_home,
        "instead": noted.instead,
        "gone": noted.gone,
    }
    return {name: value for name, value in said.items() if value}
