"""What a restore has in the home folder until it is through: the staged copy, and the mark that it began."""

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from itertools import count
from pathlib import Path

from django.db import connection

from masthead.errors import Damaged, NotReady, Refused
from masthead.language import Message
from masthead.newsroom import lasting, turns
from masthead.newsroom.evidence import damage
from masthead.newsroom.evidence.head_said import frontier_of
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.site.backup.layout import Manifest

STAGED = "restoring"
MARKER = damage.RESTORING
REPLACED = "replaced"
ASIDE = "aside"
"""In the mark: the name of the folder in `replaced/` that this restore moves what was there to."""
_LOCK = "restoring.lock"


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Hold the staged copy against whoever would take it away as one that a kill left lying."""
    with (home / _LOCK).open("w") as file:
        turns.wait(file)
        yield


def clear(home: Path) -> bool:
    """Take away a copy that a kill left in staging; gives whether one was there.

    Nothing of it was put in place, and it holds what was erased since it was taken. With the mark beside it,
    it is a restore half done; while its lock is held, one under way.
    """
    if not (home / STAGED).exists():
        return False
    with (home / _LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        if damage.half_restored(home):
            return False
        shutil.rmtree(home / STAGED)
    lasting.sync(home)
    return True


def aside(home: Path, manifest: Manifest) -> Path:
    """Where this restore moves what was there: a folder of its own, the same where it was cut off."""
    kept = _read(home) if damage.half_restored(home) else None
    name = kept.get(ASIDE) if isinstance(kept, dict) else None
    if isinstance(name, str):
        return home / REPLACED / name
    named = home / REPLACED / manifest.taken_at.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    if kept is not None:
        return named  # begun before it was kept which
    return next(each for each in _names(named) if not each.exists())


def _names(first: Path) -> Iterator[Path]:
    yield first
    yield from (first.with_name(f"{first.name}.{number}") for number in count(2))


def begin(home: Path, manifest: Manifest, aside: Path) -> None:
    """From here on the copy may be put in place, and the same command finishes what is cut off."""
    said = {**_named(manifest), ASIDE: aside.name}
    lasting.replace(home / MARKER, json.dumps(said).encode() + b"\n")


def end(home: Path, manifest: Manifest) -> None:
    """All of it is in place, and in use.

    `NotReady` where what a kill cut off was gone on with in another database than it was begun with,
    `Damaged` where no log can have the head that is there.
    """
    there = LogHead._meta.db_table in connection.introspection.table_names()
    head = LogHead.objects.first() if there else None
    if head is None or _said_of(head) != (manifest.origin, manifest.size, manifest.root):
        raise NotReady(
            Message("The database in use is not the one that the backup was put in."),
            Message(
                "Give the address that it had, with MASTHEAD_DATABASE_URL, and run the same command again."
            ),
        )
    (home / MARKER).unlink()
    lasting.sync(home)


def _said_of(head: LogHead) -> tuple[str, int, str]:
    frontier = frontier_of(head)
    return head.origin, frontier.size, frontier.root().hex()


def begun(home: Path, manifest: Manifest) -> bool:
    """Whether an earlier run came as far as putting this very copy in place."""
    if not damage.half_restored(home):
        return False
    kept = _read(home)
    if not isinstance(kept, dict) or {**kept, ASIDE: None} != {**_named(manifest), ASIDE: None}:
        raise Refused(
            Message("Another backup was being put back here, and that was cut off."),
            Message("Run `masthead restore` with that one again first; it goes on where it was."),
        )
    return True


def _read(home: Path) -> object:
    try:
        return json.loads((home / MARKER).read_bytes())
    except ValueError as error:
        raise Damaged(
            Message(
                "The file that says which backup is being put back cannot be read: %(file)s.",
                {"file": MARKER},
            ),
            Message(
                "Copy the home folder aside, make an empty one (on PostgreSQL an empty database too), and put"
                " the backup back there, with `high-water.json` and `keys` from this one."
            ),
        ) from error


def _named(manifest: Manifest) -> dict[str, object]:
    return {"taken_at": manifest.taken_at.isoformat(), "size": manifest.size, "root": manifest.root}
