"""How far the world has seen the log: a small file outside the database.

A database restored from an older backup would give places away a second time. It holds fewer entries than
this file says were published, and is refused before anything is appended or signed.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from masthead.errors import Damaged
from masthead.language import Message

FILE = "high-water.json"


@dataclass(frozen=True, slots=True)
class HighWater:
    """The last published size and root of the log `origin`."""

    origin: str
    size: int
    root: bytes


def read(home: Path) -> HighWater:
    """What was last published. `Damaged` where the file is gone or cannot be read."""
    try:
        kept = json.loads((home / FILE).read_text(encoding="utf-8"))
        return HighWater(str(kept["origin"]), int(kept["size"]), bytes.fromhex(kept["root"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Damaged(
            Message(
                "The file that says how far the log was published cannot be read: %(file)s.", {"file": FILE}
            ),
            Message("Put it back from the newest backup of the home folder; do not write it by hand."),
        ) from error


def write(home: Path, mark: HighWater) -> None:
    """Replace the file, whole or not at all, and return once it is on the disk.

    Synced before the rename, so that no crash leaves an empty file under the name; the folder synced after,
    so that the rename itself is not lost when the power is.
    """
    content = json.dumps({"origin": mark.origin, "size": mark.size, "root": mark.root.hex()}) + "\n"
    fresh = home / f"{FILE}.new"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(home / FILE)
    folder = os.open(home, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def check(mark: HighWater, origin: str, size: int, root: bytes) -> None:
    """Refuse with `Damaged` a log that is older than what was published, or another one."""
    if size < mark.size:
        raise Damaged(
            Message(
                "The log holds %(size)s entries, but %(published)s were published: this is an older copy"
                " of the database.",
                {"size": size, "published": mark.size},
            ),
            Message(
                "Nothing was written. Put back the newest copy of the database. If entries are lost for good,"
                " keep this folder as it is and begin a new log in another, with another origin."
            ),
        )
    if origin != mark.origin or (size == mark.size and root != mark.root):
        raise Damaged(
            Message("The log is not the one that was published from this folder."),
            Message("Nothing was written. Put back the database that belongs to this home folder."),
        )
