"""Take a copy of the record while the desk is in use, and say so only once the log in it verifies.

The order of what is read matters, for commands and publishers go on meanwhile:

1. how far the log was published: the database that is read after it holds no less;
2. the database, as it is at one moment;
3. the files that it names: they never change, and none is taken away while `blobs.copying` holds.

The copy is made under a name that begins with a dot, verified there, listed, synced, and only then gets its
name: a copy that was cut off is none, and the next run takes it away.
"""

import fcntl
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections, transaction

from masthead.errors import NotReady, Refused, Unavailable
from masthead.language import Message
from masthead.newsroom import lasting
from masthead.newsroom.evidence import damage, high_water
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.newsroom.items import blobs
from masthead.newsroom.site.backup import layout
from masthead.newsroom.site.backup.carrying import carry
from masthead.newsroom.site.backup.checking import check
from masthead.newsroom.site.backup.layout import Manifest
from masthead.system_said import why

COPY = "copy"
"""The Django connection to the database of a copy."""
_STAMP = "%Y-%m-%dT%H%M%SZ"
_NAME = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Taken:
    """A copy that verifies. `changed` are files of the store that were gone, or other than their names say.

    `expired` are the names of copies taken away for their age; `stuck` is what is left of those that
    could not be, or only in part, by its name, with why.
    """

    folder: Path
    manifest: Manifest
    changed: tuple[str, ...]
    expired: tuple[str, ...]
    stuck: Mapping[str, str]


def take(into: Path, *, with_keys: bool = False, keep_days: int = 0, now: datetime | None = None) -> Taken:
    """A copy in a folder of its own in `into`; older ones go after `keep_days`, if that is not 0.

    An old one that cannot be taken away makes this one no worse: that is told in what is given back.
    `Damaged` where the log in the copy does not verify; then nothing is kept. `Unavailable` where the disk or
    the database gave up.
    """
    home: Path = settings.MASTHEAD_HOME
    if into.absolute().is_relative_to(home.absolute()):
        raise Refused(
            Message("A backup inside the home folder would go with it."),
            Message("Give a folder elsewhere, best on another disk."),
        )
    # What is half put back is no record: a copy of it would verify, and lack files that are still to come.
    damage.refuse_half_restored(home)
    now = now or datetime.now(UTC)
    try:
        lasting.made(into)
        with _alone(into):
            _clear(into)
            fresh = into / f".{now.strftime(_STAMP)}.part"
            try:
                manifest, changed = _made(home, fresh, now, with_keys=with_keys)
                folder = _named(into, fresh, now)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
            expired, stuck = _expire(into, folder, now, keep_days)
            return Taken(folder, manifest, tuple(changed), tuple(expired), stuck)
    except OSError as error:
        raise blobs.no_room(error) from error


@contextmanager
def _alone(into: Path) -> Iterator[None]:
    with (into / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(
                Message("Another backup into this folder is under way."), Message("Wait until it is done.")
            ) from error
        yield


def _clear(into: Path) -> dict[str, str]:
    """End the taking away of what looks like no copy any more; gives what is left of it, with why."""
    stuck = {}
    for left in sorted(into.glob(".*.part")):
        try:
            shutil.rmtree(left)
        except OSError as error:
            stuck[left.name] = str(why(error))
    return stuck


def _made(home: Path, fresh: Path, now: datetime, *, with_keys: bool) -> tuple[Manifest, list[str]]:
    copy = fresh / layout.HOME
    copy.mkdir(mode=0o700, parents=True)
    with blobs.copying():
        with told_plainly():
            if not LogHead.objects.exists():
                raise NotReady(
                    Message("There is no evidence log here yet."),
                    Message("Run `masthead init` in this folder first."),
                )
            mark = high_water.read(home)
            _database(copy)
        for path in layout.files_of(home, with_keys=with_keys):
            try:
                layout.copy(path, copy / path.relative_to(home))
            except (
                FileNotFoundError
            ):  # written anew or taken away meanwhile: files of the desk, not of the record
                continue
    said = _verified(copy, mark)
    files = {
        str(path.relative_to(copy)): layout.digest_of(path) for path in copy.rglob("*") if path.is_file()
    }
    manifest = Manifest(now, said["origin"], said["size"], said["root"], connection.vendor, with_keys, files)
    content = json.dumps(manifest.to_json(), indent=1).encode() + b"\n"
    lasting.replace(fresh / layout.MANIFEST, content)
    return manifest, said["changed"]


def _verified(copy: Path, mark: high_water.HighWater) -> dict[str, Any]:
    """Verify the copy against what was published by then.

    A checkpoint that was published between the reading of the file and that of the database is in the copy:
    the copy's file says so too, as ours does, for the file comes before the row.
    """
    newest = _newest(copy / layout.DATABASE)
    if newest is not None and newest[0] > mark.size:
        mark = replace(mark, size=newest[0], root=newest[1])
    high_water.write(copy, mark)
    return check(copy, "sessions", "verify")


def _newest(database: Path) -> tuple[int, bytes] | None:
    with closing(sqlite3.connect(database)) as opened:
        row = opened.execute(
            "SELECT size, root FROM evidence_checkpoint ORDER BY size DESC LIMIT 1"
        ).fetchone()
    return row and (int(row[0]), bytes(row[1]))


def _database(copy: Path) -> None:
    """The database at one moment, as an SQLite file. Nobody waits for this, and it waits for nobody."""
    target = copy / layout.DATABASE
    if connection.vendor == "sqlite":
        # The online backup of SQLite: every page as it is, so that nothing is put in order on the way.
        connection.ensure_connection()
        try:
            with closing(sqlite3.connect(target)) as opened:
                connection.connection.backup(opened)
        except sqlite3.Error as error:
            raise Unavailable(
                Message("The database could not be copied (%(why)s); nothing was kept.", {"why": str(error)}),
                Message("Look whether there is room on the disk, then do the same again."),
            ) from error
        target.chmod(0o600)
        return
    check(copy, "make")
    with opened_copy(target), transaction.atomic(), transaction.atomic(using=COPY):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        carry("default", COPY)


@contextmanager
def opened_copy(file: Path) -> Iterator[None]:
    """The SQLite file of a copy as the Django connection `COPY`."""
    from masthead.newsroom.site.settings import SQLITE

    one = connections.configure_settings({"default": {**SQLITE, "NAME": file}})["default"]
    connections.settings[COPY] = one
    try:
        yield
    finally:
        connections[COPY].close()
        del connections[COPY]
        del connections.settings[COPY]


def _named(into: Path, fresh: Path, now: datetime) -> Path:
    lasting.all_within(fresh)
    stamp = now.strftime(_STAMP)
    names = (stamp, *(f"{stamp}.{number}" for number in range(2, 100)))
    folder = next(into / name for name in names if not (into / name).exists())
    fresh.rename(folder)
    lasting.sync(into)
    return folder


def _expire(into: Path, newest: Path, now: datetime, keep_days: int) -> tuple[list[str], dict[str, str]]:
    """Take away copies that are too old: what was erased since is gone for good only then.

    Gives the names of those that are gone, and of what is left of others, with why.
    """
    others = (each for each in sorted(into.iterdir()) if each != newest)
    too_old = [each for each in others if _is_too_old(each, now, keep_days)]
    stuck = {}
    for folder in too_old:
        # Its name goes first: what is half taken away looks like no copy, and the next run ends it.
        try:
            folder.rename(_half(folder))
        except OSError as error:
            stuck[folder.name] = str(why(error))
    try:
        lasting.sync(into)
    except OSError as error:
        return [], stuck | {_half(each).name: str(why(error)) for each in too_old}
    stuck |= _clear(into)
    return [each.name for each in too_old if not stuck.keys() & {each.name, _half(each).name}], stuck


def _is_too_old(folder: Path, now: datetime, keep_days: int) -> bool:
    if not keep_days or not _NAME.fullmatch(folder.name) or not (folder / layout.MANIFEST).is_file():
        return False
    try:
        taken_at = datetime.strptime(folder.name[:18], _STAMP).replace(tzinfo=UTC)
    except ValueError:  # a day that no calendar has: it is none of ours
        return False
    return now - taken_at > timedelta(days=keep_days)


def _half(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.part")
