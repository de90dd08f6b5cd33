"""Put a copy back: verified before anything of it is put in place, and nothing that was there is lost.

The order, and what a kill leaves at each step:

1. the copy is laid in `restoring/` in the home folder, each file against its list; the log in it is verified
   against what was published from here: a kill leaves a folder that the next run or start takes away;
2. no checkpoint is published from here on, and how far the log was published is read again: the copy was
   being verified meanwhile;
3. `damage.json` says that a copy is being put back: from here on no process records or signs, whichever
   database it has open, until a person acknowledges;
4. `restoring.json` says that the copy may be put in place: while it is there nobody can acknowledge, and the
   same command finishes what a kill cut off, once it has looked at all of this again;
5. the high-water file, which only ever rises: from then on nothing older is taken for the newest;
6. on PostgreSQL, tables and rows in one transaction: a kill leaves the database as empty as it was, or whole;
7. file by file, what was there goes to a folder of its own in `replaced/`, and what is restored takes its
   place;
8. what the database in use holds is looked at once more, and `restoring.json` goes last.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from masthead.clock import day_of
from masthead.errors import CannotRead, Damaged, NotReady, Refused
from masthead.language import Message
from masthead.newsroom import lasting
from masthead.newsroom.evidence import damage, high_water, kept
from masthead.newsroom.evidence.high_water import HighWater
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.evidence.publish import one_publisher
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.newsroom.items import blobs
from masthead.newsroom.site.backup import begun, layout, replacing
from masthead.newsroom.site.backup.begun import MARKER, STAGED
from masthead.newsroom.site.backup.carrying import carry
from masthead.newsroom.site.backup.checking import GROWN, check
from masthead.newsroom.site.backup.layout import Manifest, newest_in
from masthead.newsroom.site.backup.placing import put_in_place
from masthead.newsroom.site.backup.taking import COPY, opened_copy
from masthead.newsroom.site.serving.taking import taken
from masthead.tlog import checkpoint, note
from masthead.tlog.note import Malformed, VerifierKey

__all__ = ["MARKER", "STAGED", "newest_in"]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back. `replaced` holds what was there before, None where nothing was."""

    manifest: Manifest
    replaced: Path | None
    older: bool
    """Whether more was published than the copy holds: it can be read, and takes nothing for ever."""
    has_key: bool
    beyond: int | None
    """How many entries what was replaced held beyond the copy, in it alone; None where it cannot be read."""


def restore(backup: Path, *, older: bool = False, seen: str = "") -> Restored:
    """Put the copy `backup` back as the record of this home folder and its database.

    `seen` is a signed checkpoint that somebody outside holds: where the home folder was lost, it alone shows
    that the copy is older than what the world has seen. `Refused` for an older copy unless `older` is said,
    `Damaged` where the copy does not verify; nothing is changed then.
    """
    home: Path = settings.MASTHEAD_HOME
    manifest = layout.read(backup)
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with taken(home), begun.alone(home), told_plainly():
            again = begun.begun(home, manifest)
            marks = _marks(home, backup, manifest, seen)
            _must_fit(manifest, marks, older=older)
            if not again:
                _must_be_empty()
                _stage(home, backup, manifest)
                with _or_away(home):
                    _verify(home, manifest, marks)
            # As long as it takes: the copy may have to be verified once more meanwhile.
            with one_publisher(home, idle="0"):
                verified, marks = marks, _marks(home, backup, manifest, seen)
                if again or marks != verified:
                    with nullcontext() if again else _or_away(home):
                        _must_fit(manifest, marks, older=older)
                        _verify(home, manifest, marks)
                if not (again and damage.is_there(home)):
                    _say(home, manifest, known=_known(home, seen, marks))
                aside = begun.aside(home, manifest)
                begun.begin(home, manifest, aside)
                high_water.write(home, marks[0])
                _load(home / STAGED / layout.DATABASE)
                replaced = put_in_place(home, aside)
                begun.end(home, manifest)
    except OSError as error:
        raise blobs.no_room(error) from error
    older = marks[0].size > manifest.size
    beyond = replacing.beyond(replaced, manifest.size) if replaced else 0
    return Restored(manifest, replaced, older, any((home / "keys").glob("log*.key")), beyond)


def _marks(home: Path, backup: Path, manifest: Manifest, seen: str) -> list[HighWater]:
    """How far the log was published, the furthest first: from this folder, the copy's, or as seen outside."""
    marks = [high_water.read(backup / layout.HOME)]
    if (home / high_water.FILE).exists():
        marks.append(high_water.read(home))
    if seen:
        marks.append(_seen(seen, manifest, backup))
    if any(mark.origin != manifest.origin for mark in marks):
        raise Refused(
            Message("This backup is of another log: %(origin)s.", {"origin": manifest.origin}),
            Message("Give a backup of this one, or choose another home folder with MASTHEAD_HOME."),
        )
    return sorted(marks, key=lambda mark: mark.size, reverse=True)


def _known(home: Path, seen: str, marks: list[HighWater]) -> HighWater | None:
    """What the copy was compared with, besides what it says of itself; None where nothing was at hand."""
    return marks[0] if seen or (home / high_water.FILE).exists() else None


def _seen(text: str, manifest: Manifest, backup: Path) -> HighWater:
    try:
        files = (backup / layout.HOME / "keys").glob("*.pub")
        lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines() if line]
        signed = note.parse(text)
        said = checkpoint.Checkpoint.parse(signed.text)
        if any(note.verify(signed, VerifierKey.parse(line)) for line in lines):
            return HighWater(said.origin, said.size, said.root)
    except (Malformed, OSError, ValueError) as error:
        raise _no_checkpoint() from error
    raise _no_checkpoint()


def _no_checkpoint() -> CannotRead:
    return CannotRead(
        Message("That is not a checkpoint of this log, or not signed with its key."),
        Message("Give a checkpoint as it was published, such as a witness or a reader kept it."),
    )


def _must_fit(manifest: Manifest, marks: list[HighWater], *, older: bool) -> None:
    mark = marks[0]
    if mark.size > manifest.size and not older:
        raise Refused(
            Message(
                "This backup holds %(size)s entries, but %(published)s were published: it is older than what"
                " the world has seen.",
                {"size": manifest.size, "published": mark.size},
            ),
            Message(
                "Look for a newer one. With `--older` it is put back to be read: nothing is ever recorded or"
                " signed in it, and whoever goes on begins a new log in another folder, with another origin."
            ),
        )


def _must_be_empty() -> None:
    """A database server's database is kept as it is: a copy goes into an empty one."""
    if connection.vendor == "postgresql" and connection.introspection.table_names():
        raise NotReady(
            Message("The database is not empty, and what is in it is not written over."),
            Message("Make an empty one, and give its address with MASTHEAD_DATABASE_URL."),
        )


def _stage(home: Path, backup: Path, manifest: Manifest) -> None:
    staged = home / STAGED
    shutil.rmtree(staged, ignore_errors=True)
    there = backup / layout.HOME
    found = {str(path.relative_to(there)) for path in there.rglob("*") if path.is_file()}
    strange = sorted(found ^ manifest.files.keys())
    for name, digest in sorted(manifest.files.items()):
        if name in found:
            layout.copy(there / name, staged / name)
            if layout.digest_of(staged / name) != digest:
                strange.append(name)
    if strange:
        shutil.rmtree(staged, ignore_errors=True)
        raise _not_as_written(strange[0])
    # Before the mark that it began: who goes on after a loss of power takes what is staged for whole.
    lasting.all_within(staged)


def _not_as_written(file: str) -> Damaged:
    return Damaged(
        Message("The backup is not as it was written: %(file)s was changed or is gone.", {"file": file}),
        Message("Use another one; nothing was changed here."),
    )


@contextmanager
def _or_away(home: Path) -> Iterator[None]:
    """Where this fails, the staged copy goes: nothing of it is in place."""
    try:
        yield
    except BaseException:
        shutil.rmtree(home / STAGED, ignore_errors=True)
        raise


def _verify(home: Path, manifest: Manifest, marks: list[HighWater]) -> None:
    """The log in the staged copy, whole, against all that was published, where it is not in its place yet."""
    staged = home / STAGED
    if not (staged / layout.DATABASE).exists():
        return
    within = [mark for mark in marks if mark.size <= manifest.size]
    high_water.write(staged, within[0] if within else marks[0])
    # Who was signed in when a copy was taken is in none of ours; whoever made this one, nobody is now.
    said = check(
        staged, "migrate", "sessions", "verify", *(f"{GROWN}{mark.size}:{mark.root.hex()}" for mark in within)
    )
    # Nothing vouches for the list but this: with another head in it, a restore would come to no end.
    if (said["origin"], said["size"], said["root"]) != (manifest.origin, manifest.size, manifest.root):
        raise _not_as_written(layout.MANIFEST)


def _say(home: Path, manifest: Manifest, *, known: HighWater | None) -> None:
    """From here on nothing is recorded, until a person says that all is well."""
    day = day_of(manifest.taken_at).isoformat()
    if replacing.is_said(damage.known(home), day, manifest.size):
        return
    beyond = replacing.beyond(home, manifest.size) if connection.vendor == "sqlite" else 0
    why = replacing.said(day, manifest.size, beyond)
    mark = {"origin": known.origin, "size": known.size, "root": known.root.hex()} if known else None
    root = bytes.fromhex(manifest.root)
    damage.note(home, damage.Found(why, None, damage.RESTORED, manifest.size, root, mark=mark))


def _load(staged: Path) -> None:
    """Tables and rows in one transaction, where the database is a server's; an SQLite file is moved."""
    if connection.vendor != "postgresql":
        connection.close()
        return
    if not staged.exists():
        return
    with opened_copy(staged):
        # It was empty when the copy was staged: what is in it now, an earlier run has put there, whole.
        if not connection.introspection.table_names():
            with transaction.atomic():
                make_tables()
                carry(COPY, "default")
                # With the rows, not after them: other hosts may have this database open.
                kept.write_rows(settings.MASTHEAD_HOME)
        _must_be_the_same()
    staged.unlink()


def make_tables() -> None:
    """Lay out every table there is, in the transaction that is open."""
    call_command("migrate", verbosity=0, interactive=False)


def _must_be_the_same() -> None:
    ours, theirs = LogHead.objects.get(), LogHead.objects.using(COPY).get()
    if (ours.origin, ours.size, bytes(ours.peaks)) != (theirs.origin, theirs.size, bytes(theirs.peaks)):
        raise Damaged(
            Message("The database did not take the backup as it is."),
            Message("Make another empty one, and give its address with MASTHEAD_DATABASE_URL."),
        )
