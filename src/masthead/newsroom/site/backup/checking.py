"""Verify a copy: in a process of its own, for which the copy is its home folder.

`python -m masthead.newsroom.site.backup.checking HOME STEP…` does the steps to the SQLite file there and says
what came of it as one JSON object. Steps: `make` tables, bring them up to date (`migrate`), take `sessions`
out, `verify` the log and the files; `grown:SIZE:ROOT`: the log grew from the one of that size and root.

It ends with the process that asked: its standard input is a pipe that nobody writes to, and that ends with
whoever holds the other side. Left alone, it would go on writing in a copy that the next run makes or moves.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from threading import Thread
from typing import Any

from masthead.errors import Damaged, MastheadError, Unavailable
from masthead.language import Message

SESSIONS = ("django_session", "usersessions_usersession")
"""Who is signed in stays here: whoever has a copy must not be somebody at once."""

GROWN = "grown:"
LEFT_ALONE = 75
"""How the process ends where nobody waits for it any more."""


def check(home: Path, *steps: str) -> dict[str, Any]:
    """Have the steps done to the copy in `home`. `Damaged` where it does not verify, with the reason."""
    code, answer = in_a_process(home, steps)
    try:
        said: dict[str, Any] = json.loads(answer)
    except ValueError as error:
        raise Unavailable(
            Message(
                "The backup could not be verified: the process that does it ended (%(code)s).",
                {"code": code},
            ),
            Message("Look whether there is room on the disk and in memory, then do the same again."),
        ) from error
    if said["failed"] is not None:
        what = Message.from_json(said["failed"])
        if said["damaged"]:
            raise Damaged(
                Message("The backup does not verify: %(why)s", {"why": what}),
                Message(
                    "It was not kept. See `masthead log verify`, and docs/how-to/when-the-log-is-damaged.md."
                ),
            )
        raise Unavailable(what, Message.from_json(said["remedy"]))
    return said


def in_a_process(home: Path, steps: Sequence[str]) -> tuple[int, str]:
    """How the process ended that does the steps, and what it said."""
    waited_for, held = os.pipe()
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-P", "-m", __name__, str(home), *steps],
            env={
                **os.environ,
                "MASTHEAD_HOME": str(home),
                "DJANGO_SETTINGS_MODULE": "masthead.newsroom.site.web",
            },
            stdin=waited_for,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        os.close(waited_for)
        os.close(held)
    return done.returncode, done.stdout


def main(home: Path, steps: Sequence[str]) -> dict[str, Any]:
    """Do the steps in this process; what failed comes back as a message."""
    os.environ["MASTHEAD_HOME"] = str(home)
    from masthead.newsroom.site import web

    # The settings of the copy may name the database of the desk: it is never opened here.
    web.DATABASES["default"] = {**web.SQLITE, "NAME": home / "db.sqlite3"}
    import django

    django.setup()
    try:
        return {"failed": None, "damaged": False, **_done(steps)}
    except MastheadError as error:
        damaged = isinstance(error, Damaged)
        return {"failed": error.what.to_json(), "remedy": error.remedy.to_json(), "damaged": damaged}


def _done(steps: Sequence[str]) -> dict[str, Any]:
    from django.core.management import call_command
    from django.db import connection

    from masthead.newsroom.evidence.trouble import told_plainly

    said: dict[str, Any] = {}
    with told_plainly():
        if {"make", "migrate"} & set(steps):
            call_command("migrate", verbosity=0, interactive=False)
        if "sessions" in steps:
            _forget_sessions()
        if "verify" in steps:
            said = _verified()
        for step in steps:
            if step.startswith(GROWN):
                _must_have_grown(*step.removeprefix(GROWN).split(":"))
        with connection.cursor() as cursor:
            # All of it in the one file, so that the file alone is the copy.
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
    return said


def _forget_sessions() -> None:
    from django.db import connection

    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in SESSIONS:
            if table in there:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours


def _verified() -> dict[str, Any]:
    from masthead.newsroom.evidence.models import Checkpoint
    from masthead.newsroom.evidence.verify import verify_log

    verdict = verify_log()
    if verdict.why is not None:
        raise Damaged(verdict.why, Message("Keep everything as it is."))
    newest = Checkpoint.objects.order_by("-size").first()
    return {
        "origin": verdict.origin,
        "size": verdict.size,
        "root": verdict.root.hex(),
        "published": newest and newest.size,
        "changed": _changed(),
    }


def _must_have_grown(size: str, root: str) -> None:
    from masthead.newsroom.evidence import marks
    from masthead.newsroom.evidence.head_said import frontier_of
    from masthead.newsroom.evidence.high_water import HighWater
    from masthead.newsroom.evidence.models import LogHead

    head = LogHead.objects.get()
    mark = HighWater(head.origin, int(size), bytes.fromhex(root))
    marks.refuse_contradiction(mark, frontier_of(head))


def _changed() -> list[str]:
    """The files of the blob store that are not what their names say, and those on record that are gone."""
    from django.conf import settings

    blobs = Path(settings.MASTHEAD_HOME) / "blobs"
    found = {path.name: path for path in blobs.glob("??/*") if path.is_file()}
    changed = {name for name, path in found.items() if sha256(path.read_bytes()).hexdigest() != name}
    return sorted(changed | (_named() - found.keys()))


def _named() -> set[str]:
    """The files of the blob store that the record names, but what was erased."""
    from masthead.newsroom.items.erased import is_erased
    from masthead.newsroom.retention.files import NAMED

    rows = (
        model._base_manager.values_list(column, flat=True).distinct().order_by() for model, column in NAMED
    )
    return {digest for each in rows for digest in each if digest and not is_erased(digest)}


def _end_with_whoever_asked() -> None:
    os.read(0, 1)
    os._exit(LEFT_ALONE)


if __name__ == "__main__":
    Thread(target=_end_with_whoever_asked, daemon=True).start()
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), sys.argv[2:])))
