"""What was found damaged, kept as it was found: while it is there, nothing is recorded and nothing signed.

`damage.json` in the home folder is written once, whole and synced, and never written again; something else
found later is laid beside it as `damage.2.json` and so on. Nothing is repaired. The way out is a person's:
put back a copy that verifies, then `masthead log acknowledge`, which moves the files into `damage/` for ever.

To look whether it is there takes about two microseconds, and each command looks under the lock on the head,
so that none is recorded after it was written. What other hosts found, and what this disk did not take, is in
`evidence.kept`.
"""

import errno
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from masthead.errors import ReadOnly, Refused
from masthead.labels.dates import spoken
from masthead.language import Message
from masthead.newsroom import turns
from masthead.newsroom.evidence.plain import plain
from masthead.newsroom.lasting import made, sync, written

FILE = "damage.json"
KEPT = "damage"
"""The folder that what was acknowledged is moved to."""
MOST = 100
"""Files beside each other at most: each verification finds one thing, and a person looks long before that."""

RESTORED = "restored"
"""What `found_by` says where nothing was found: a copy was put back, and waits for a person to say so."""
RESTORING = "restoring.json"
"""The mark in the home folder that a copy is being put in place: some of it may be there, and some not."""

_LATER = "of_a_later_version"
unkept: dict[str, dict[str, bytes]] = {}
"""By home folder and digest, what neither disk nor database took: this process remembers it while it runs."""


@dataclass(frozen=True, slots=True)
class Found:
    """What did not agree, at which entry; `found_by` start, schedule, person, command or `RESTORED`."""

    why: Message
    place: int | None
    found_by: str
    size: int | None = None
    """How many entries the log said it had."""
    root: bytes | None = None
    """Of the entries up to where they were read."""
    checkpoint: str | None = None
    """The newest signed note on record then."""
    mark: dict[str, Any] | None = None
    """The file of the high-water mark, as it stood."""
    here: bool = False
    """Whether it is of this home folder alone, and says nothing of a database that others use too."""
    later: bool = False
    """Whether it is that this version cannot work on tables that a later one changed."""

    def content(self, now: datetime | None = None) -> bytes:
        """The file of evidence that says so."""
        said = plain(_said(self, now or datetime.now(UTC)))
        return (json.dumps(said, indent=1, sort_keys=True) + "\n").encode()


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of evidence as it is kept. `why` is None where it cannot be read; `sha256` is of its bytes.

    `here` and `later` are as `Found` has them.
    """

    path: Path
    content: bytes
    sha256: str
    why: Message | None
    place: int | None
    found_at: datetime | None
    found_by: str
    bare: bool = False
    """Whether a copy was put back with nothing at hand that says how far the log had been published."""
    here: bool = False
    later: bool = False


def is_there(home: Path) -> bool:
    """Whether something was found damaged and no person has put it right."""
    return os.path.lexists(f"{home}/{FILE}") or bool(unkept.get(str(home)))


def refuse(home: Path) -> None:
    """Raise `ReadOnly` where something was found damaged."""
    if is_there(home):
        raise read_only(known(home))


def read_only(found: Sequence[Damage] = ()) -> ReadOnly:
    """What whoever wants to record or sign is told, where that was `found`."""
    remedy = Message(
        "Whoever runs this desk puts back a backup that verifies, then runs `masthead log acknowledge`."
    )
    if found and all(each.later for each in found):
        remedy = Message(
            "A later version changed the database: whoever runs this desk installs it again and runs"
            " `masthead log verify`."
        )
    elif put_back(found):
        remedy = Message("Whoever runs this desk says that all is well with `masthead log acknowledge`.")
    return ReadOnly(
        Message("This record is read-only since it was found damaged or put back: nothing was recorded."),
        remedy,
    )


def put_back(found: Sequence[Damage]) -> bool:
    """Whether nothing was found but that a backup was put back, and waits for a person."""
    return bool(found) and all(each.found_by == RESTORED for each in found)


def half_restored(home: Path) -> bool:
    """Whether a copy is being put in place, or that was cut off."""
    return os.path.lexists(f"{home}/{RESTORING}")


def refuse_half_restored(home: Path) -> None:
    """Raise `Refused` where putting a copy back was begun and is not through."""
    if half_restored(home):
        raise Refused(
            Message("A backup was being put back here, and that was cut off."),
            Message("Run `masthead restore` with the same backup again; it goes on where it was."),
        )


def known(home: Path) -> list[Damage]:
    """What was found and waits for a person, first to last: files, then what the disk did not take."""
    return filed(home) + [of(home / FILE, content) for content in unkept.get(str(home), {}).values()]


def filed(home: Path) -> list[Damage]:
    """What of it is kept in files of this home folder."""
    return [_read(path) for path in _files(home)]


def note(home: Path, found: Found, *, now: datetime | None = None) -> Path | None:
    """Keep what was found, synced before this returns; None where the very same is kept already."""
    same = (plain(found.why.to_json()), found.place)
    if any(each.why and (plain(each.why.to_json()), each.place) == same for each in filed(home)):
        return None
    return lay(home, found.content(now))


def lay(home: Path, content: bytes) -> Path | None:
    """Keep a file of evidence, synced before this returns; None where `MOST` are kept."""
    # A link and not a rename, which would put it in the place of what another process found meanwhile.
    with _alone(home), written(home / FILE, content, alone=True) as fresh:
        return _named(home, fresh)


def _named(home: Path, fresh: Path) -> Path | None:
    for number in range(1, MOST + 1):
        path = home / (FILE if number == 1 else f"damage.{number}.json")
        try:
            os.link(fresh, path)
        except FileExistsError:
            continue
        sync(home)
        return path
    return None


def put_away(home: Path, found: Sequence[Damage]) -> bool:
    """Move exactly what was `found` into `damage/`; gives whether something else is there, found meanwhile.

    `damage.json` goes last, so that a crash leaves the record read-only. Where something else is left, that
    takes its name in one step: the record is read-only all the while.
    """
    if not _files(home):
        return False
    made(home / KEPT)
    with _alone(home):
        there = {path: sha256(path.read_bytes()).hexdigest() for path in _files(home)}
        mine = digests(found)
        left = [path for path, digest in there.items() if digest not in mine]
        for path, digest in reversed(there.items()):
            if digest not in mine:
                continue
            kept = _free(home / KEPT, digest)
            if left and path.name == FILE:
                os.link(path, kept)
                sync(home / KEPT)
                left[0].replace(path)
            else:
                path.rename(kept)
                sync(home / KEPT)
            sync(home)
        return bool(left)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One at a time: what is found while another is put away is not laid beside a file that is about to go.

    The folder itself is locked: on a full disk there may be no room for a file to lock. OSError where
    another holds it for too long.
    """
    opened = os.open(home, os.O_RDONLY)
    try:
        if not turns.locked(opened):
            # As where the disk does not take it: what was found is kept elsewhere, and tried again.
            raise OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
        yield
    finally:
        os.close(opened)


def _free(folder: Path, digest: str) -> Path:
    names = (f"{digest}{suffix}.json" for suffix in ("", *(f".{n}" for n in range(2, MOST))))
    return next(folder / name for name in names if not (folder / name).exists())


def _files(home: Path) -> list[Path]:
    # What this process only remembers has no file.
    first = [home / FILE] if os.path.lexists(f"{home}/{FILE}") else []
    beside = (home / f"damage.{number}.json" for number in range(2, MOST + 1 if is_there(home) else 2))
    return [*first, *(path for path in beside if path.exists())]


def _said(found: Found, now: datetime) -> dict[str, Any]:
    return {
        "masthead_damage": 1,
        "found_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "found_by": found.found_by,
        "place": found.place,
        "why": found.why.to_json(),
        "size": found.size,
        "root": found.root.hex() if found.root is not None else None,
        "checkpoint": found.checkpoint,
        "high_water": found.mark,
    } | {name: True for name, so in (("of_this_folder", found.here), (_LATER, found.later)) if so}


def _read(path: Path) -> Damage:
    try:
        content = path.read_bytes()
    except OSError:
        content = b""
    return of(path, content)


def of(path: Path, content: bytes) -> Damage:
    """What the file of evidence at `path` says, given its bytes."""
    digest = sha256(content).hexdigest()
    try:
        said = json.loads(content)
        found_at = datetime.fromisoformat(said["found_at"])
        return Damage(
            path,
            content,
            digest,
            Message.from_json(said["why"]),
            said["place"] if type(said["place"]) is int else None,
            found_at,
            found_by := str(said["found_by"]),
            found_by == RESTORED and said.get("high_water") is None,
            said.get("of_this_folder") is True,
            said.get(_LATER) is True,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Damage(path, content, digest, None, None, None, "")


def digests(found: Sequence[Damage]) -> list[str]:
    """What an entry says of the evidence that was kept."""
    return [each.sha256 for each in found]


def words(found: Sequence[Damage]) -> Iterator[Message]:
    """Each finding as a line."""
    for each in found:
        if each.why is None:
            yield Message("%(file)s cannot be read", {"file": each.path.name})
        elif each.place is None:
            yield _spoken(each.why)
        else:
            yield Message("entry %(place)s: %(why)s", {"place": each.place, "why": each.why})


def _spoken(why: Message) -> Message:
    """With its day as people say it: what is kept has it as software reads it."""
    try:
        day = date.fromisoformat(str(why.values["day"]))
    except (KeyError, ValueError):
        return why
    return Message(why.template, {**why.values, "day": spoken(day)}, why.plural)
