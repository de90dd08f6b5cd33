"""How far the world has seen the log: a small file outside the database.

A database restored from an older backup would give places away a second time. It holds fewer entries than
this file says were published, and is refused before anything is appended or signed.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from masthead.errors import Damaged, Unavailable
from masthead.language import Message
from masthead.newsroom import lasting
from masthead.system_said import why

FILE = "high-water.json"
MISSHAPEN = (ValueError, KeyError, TypeError, RecursionError)
"""What reading a file of JSON raises that says something else than we write."""
_LARGEST = 2**63


class OfThisFolder(Damaged):
    """It is the home folder that is not right: other hosts, with folders of their own, go on."""


class OfLaterVersion(OfThisFolder):
    """This version cannot work on tables that a later one changed. Once it can, that is no finding."""

    WAY_OUT = Message(
        "Install that version again. If there was none, somebody has altered the database: keep it as it is,"
        " and see `masthead log verify`."
    )


@dataclass(frozen=True, slots=True)
class HighWater:
    """The last published size and root of the log `origin`."""

    origin: str
    size: int
    root: bytes


def whole(said: object) -> int:
    """A number of entries, or the like, as JSON says it. ValueError for what is none: 1e400, 1.5, "3"."""
    if type(said) is not int or not 0 <= said < _LARGEST:
        raise ValueError("not a whole number")
    return said


def read(home: Path) -> HighWater:
    """What was last published. `Damaged` where the file is gone or says nothing that makes sense.

    `Unavailable` where the system does not let it be read just now: that is no finding about the evidence.
    """
    try:
        with open(f"{home}/{FILE}", "rb", buffering=0) as file:  # noqa: PTH123 - each command reads it: half the time
            kept = json.loads(file.read().decode())
        return HighWater(str(kept["origin"]), whole(kept["size"]), bytes.fromhex(kept["root"]))
    except (FileNotFoundError, IsADirectoryError, *MISSHAPEN) as error:
        raise OfThisFolder(
            Message(
                "The file that says how far the log was published cannot be read: %(file)s.", {"file": FILE}
            ),
            Message("Put it back from the newest backup of the home folder; do not write it by hand."),
        ) from error
    except OSError as error:
        raise Unavailable(
            Message(
                "The file that says how far the log was published cannot be read (%(why)s).",
                {"why": why(error)},
            ),
            Message("Check who owns the home folder, and the disk; then do the same again."),
        ) from error


def write(home: Path, mark: HighWater) -> None:
    """Replace the file, whole or not at all, and return once it is on the disk.

    To be asked in the turn of publishing.
    """
    content = json.dumps({"origin": mark.origin, "size": mark.size, "root": mark.root.hex()}) + "\n"
    try:
        lasting.replace(home / FILE, content.encode(), mode=0o644, alone=True)
    except OSError as error:
        # Nothing was signed yet, and the file under its name is the old one, whole.
        raise Unavailable(
            Message(
                "The disk did not take the file that says how far the log was published (%(why)s).",
                {"why": why(error)},
            ),
            Message(
                "Make room, or check who owns the home folder; what was recorded stands and goes out then."
            ),
        ) from error


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
                "Nothing was written. Put back the newest backup of the database. If entries are lost for"
                " good, keep this folder as it is and begin a new log in another, with another origin."
            ),
        )
    if origin != mark.origin or (size == mark.size and root != mark.root):
        raise (Damaged if origin == mark.origin else OfThisFolder)(
            Message("The log is not the one that was published from this folder."),
            Message("Nothing was written. Put back the database that belongs to this home folder."),
        )
