"""The last head we cosigned of a log, kept outside the database too.

A database restored from an older backup would have forgotten what we cosigned, and a log could then have us
cosign another history. So each head is written to a file of the home folder as well, before it is in the
database, and the larger of the two is the one that counts.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from masthead.errors import Damaged
from masthead.language import Message
from masthead.newsroom import lasting
from masthead.newsroom.evidence.high_water import MISSHAPEN, whole
from masthead.tlog import note
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.hashes import EMPTY_ROOT
from masthead.tlog.note import Malformed

FOLDER = "witnessed"


@dataclass(frozen=True, slots=True)
class Memory:
    """A head: size, root (hex) and note; and the time of our newest cosignature on this log (POSIX)."""

    origin: str
    size: int = 0
    root: str = EMPTY_ROOT.hex()
    note: str = ""
    said_at: int = 0


def path(home: Path, origin: str) -> Path:
    """Where the memory of a log is."""
    return home / FOLDER / f"{sha256(origin.encode()).hexdigest()}.json"


def read(home: Path, origin: str) -> Memory | None:
    """What the file says; None where there is none. `Damaged` where it cannot be read."""
    try:
        said = json.loads(path(home, origin).read_text(encoding="utf-8"))
        memory = Memory(
            str(said["origin"]),
            whole(said["size"]),
            str(said["root"]),
            str(said["note"]),
            whole(said["said_at"]),
        )
    except FileNotFoundError:
        return None
    except (OSError, *MISSHAPEN) as error:
        raise damaged(origin) from error
    if memory.origin != origin:
        raise damaged(origin)
    return agreeing(memory)


def agreeing(said: Memory) -> Memory:
    """The same. `Damaged` where its note is of another head: any that is compared with it seemed a fork."""
    try:
        head = (
            Checkpoint.parse(note.parse(said.note).text)
            if said.note
            else Checkpoint(said.origin, 0, EMPTY_ROOT)
        )
    except Malformed as error:
        raise damaged(said.origin) from error
    if (head.origin, head.size, head.root.hex()) != (said.origin, said.size, said.root):
        raise damaged(said.origin)
    return said


def origins(home: Path) -> Iterator[str]:
    """The logs of which there is a file that can be read."""
    for file in sorted((home / FOLDER).glob("*.json")):
        with suppress(OSError, Damaged, *MISSHAPEN):
            origin = str(json.loads(file.read_text(encoding="utf-8"))["origin"])
            if read(home, origin) is not None:
                yield origin


def write(home: Path, memory: Memory) -> None:
    """Replace the file, whole or not at all, and return once it is on the disk: as `high_water.write`."""
    kept = path(home, memory.origin)
    lasting.made(kept.parent)
    said = json.dumps(asdict(memory), ensure_ascii=False)
    lasting.replace(kept, f"{said}\n".encode(), mode=0o644, alone=True)


def larger(kept: Memory, filed: Memory | None) -> Memory:
    """Which of the two counts. `Damaged` where they are of one size and contradict each other."""
    if filed is None or filed.size < kept.size:
        return kept
    if filed.size == kept.size:
        if filed.root != kept.root:
            raise damaged(kept.origin)
        return kept if kept.said_at >= filed.said_at else filed
    return filed


def damaged(origin: str) -> Damaged:
    """That what we remember of a log cannot be: nothing is cosigned by it."""
    return Damaged(
        Message("What we remember of the log %(origin)s does not agree with itself.", {"origin": origin}),
        Message(
            "Nothing is cosigned for it. Put the folder `witnessed` of the home folder back from its newest"
            " backup; do not write it by hand."
        ),
    )
