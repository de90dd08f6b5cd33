"""What the cleaning of the store remembers between two rounds: a small file in the home folder.

It says up to which hour each part was gone through, and how far the log went then. It is no part of a backup:
what is put back from one is measured by the file that was here all the while.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from masthead.newsroom import lasting
from masthead.newsroom.evidence.high_water import MISSHAPEN, HighWater, whole

FILE = "leftovers.json"


@dataclass(frozen=True, slots=True)
class GoneThrough:
    """The parts of every hour up to `hour` (since 1970) were gone through; the log stood at `log` since."""

    hour: int
    log: HighWater


def read(home: Path) -> GoneThrough | None:
    """What is remembered; None before the first round, and where the file cannot be read."""
    try:
        kept = json.loads((home / FILE).read_text(encoding="utf-8"))
        mark = HighWater(str(kept["origin"]), whole(kept["size"]), bytes.fromhex(kept["root"]))
        return GoneThrough(whole(kept["hour"]), mark)
    except (OSError, *MISSHAPEN):
        return None


def write(home: Path, through: GoneThrough) -> None:
    """Remember, whole or not at all."""
    mark = through.log
    said = {"hour": through.hour, "origin": mark.origin, "size": mark.size, "root": mark.root.hex()}
    lasting.replace(home / FILE, f"{json.dumps(said)}\n".encode(), mode=0o644)
