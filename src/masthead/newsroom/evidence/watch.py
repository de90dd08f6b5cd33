"""Look whether the log is intact, at start and by the clock, and keep what is found: `kept`.

`look` reads what a start can wait for: head, newest entry, high-water file, newest checkpoint. `verify` reads
everything. Either does so twice where the first time failed, as memory and disks err once in a while, and
takes no lock, so that commands go on meanwhile.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings

from masthead.errors import Damaged, NotReady
from masthead.language import Message
from masthead.newsroom import lasting
from masthead.newsroom.evidence import damage, high_water, kept, marks, tree
from masthead.newsroom.evidence.finding import keep_found
from masthead.newsroom.evidence.models import Checkpoint, LogHead
from masthead.newsroom.evidence.standing import standing
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.newsroom.evidence.verify import Failure, Verdict, verify_log
from masthead.newsroom.evidence.verify_apart import HowMany, one, one_a_core
from masthead.newsroom.evidence.verify_database import database_failures, whatever_stands_there
from masthead.newsroom.evidence.verify_entry import sentence
from masthead.newsroom.evidence.verify_keys import changed_rows
from masthead.newsroom.evidence.verify_schema import knows, schema_failure
from masthead.newsroom.evidence.verify_spelling import newest_of_another_sort

LAST = "verified.json"
"""When all of it was last verified, for people to read; nothing rests on it."""


def look(found_by: str = "start") -> bool:
    """Whether what can be seen at once agrees. What does not is kept.

    `NotReady` where nothing was begun; and after all was looked at, where this version's tables are missing.
    """
    home: Path = settings.MASTHEAD_HOME
    # What is found once may be memory that erred, or somebody at work.
    found = _seen(home) and _seen(home)
    if isinstance(found, Failure):
        keep_found(home, found.why, found.place, found_by)
    elif found is not None:
        keep_found(home, found, None, found_by)
    else:
        _go_on(home)
    with told_plainly():
        return found is None and not kept.is_there(home)


def _seen(home: Path) -> Failure | Damaged | None:
    try:
        return _look(home)
    except Damaged as error:
        return error


def _look(home: Path) -> Failure | None:
    with _also_of_the_schema(), told_plainly():
        begun = (home / high_water.FILE).exists()
        if not LogHead.objects.exists() and not (begun and high_water.read(home).size):
            raise NotReady(
                Message("There is no evidence log here yet."),
                Message("Run `masthead init` in this folder first."),
            )
        mark = high_water.read(home)
        if not LogHead.objects.exists():
            raise Damaged(
                Message(
                    "The database holds no log, but %(published)s entries were published.",
                    {"published": mark.size},
                ),
                Message("Put back the database that belongs to this home folder."),
            )
        # No more of it: when it was signed may not be readable. And these every version has: what is found
        # before tables are brought up to date leaves them as they are.
        newest = Checkpoint.objects.order_by("-size").only("size", "root").first()
        size = standing(mark).size
        if newest_of_another_sort(Checkpoint, "size"):
            raise Damaged(
                Message("What is on record of the checkpoints cannot be read."),
                Message("Keep the database as it is, and see `masthead log verify`."),
            )
        if newest is not None and (newest.size > size or tree.at(newest.size).root() != bytes(newest.root)):
            raise Damaged(
                Message("A checkpoint was signed over another root."),
                Message("Keep the database as it is, and see `masthead log verify`."),
            )
        wrong = _of_tables()
        if wrong is None:
            marks.keep_up(home)
        return wrong or next(changed_rows(), None)


def verify(found_by: str = "schedule") -> Verdict:
    """Verify everything, and keep what does not agree. Raises what `verify_log` raises."""
    home: Path = settings.MASTHEAD_HOME
    begun = monotonic()
    # Nobody waits for the clock's round: it leaves the other cores to the desk.
    processes = one_a_core if found_by == "person" else one
    verdict = _said(processes)
    # As with `look`: what is found once may be memory that erred, or somebody at work.
    if isinstance(verdict, Damaged) or not verdict.intact:
        verdict = _said(processes)
    if isinstance(verdict, Damaged):
        keep_found(home, verdict, None, found_by)
        raise verdict
    if verdict.first_failure is not None:
        failure = verdict.first_failure
        keep_found(home, failure.why, failure.place, found_by, (verdict.size, verdict.root))
    else:
        _go_on(home)
    _write(home, verdict, monotonic() - begun)
    return verdict


def _said(processes: HowMany) -> Verdict | Damaged:
    try:
        return all_of_it(processes)
    except Damaged as error:
        return error


def all_of_it(processes: HowMany = one_a_core) -> Verdict:
    """`verify_log`, and what only the database can say of itself. Keeps nothing."""
    with _also_of_the_schema(), told_plainly():
        try:
            verdict = verify_log(processes=processes)
        except Damaged:
            # Text that is no text ends the reading. Read with that allowed for, it has an entry to name.
            with whatever_stands_there():
                verdict = verify_log(processes=processes)
        failure = None if verdict.first_failure else next(database_failures(), None) or _of_tables()
    return verdict if failure is None else replace(verdict, first_failure=failure)


def _go_on(home: Path) -> None:
    """End the wait for a later version where tables are as this one needs them.

    `damage/` keeps why, but for what the disk never took.
    """
    # Of a table that this process knows nothing of it cannot say that all is well.
    waiting = [each for each in damage.known(home) if each.later and each.why and knows(each.why)]
    # Asked once more: another process may have found it just now.
    with suppress(Damaged, OSError), told_plainly():
        if waiting and schema_failure(home) is None:
            # First, as a disk that is full moves no file.
            for each in waiting:
                damage.unkept.get(str(home), {}).pop(each.sha256, None)
            damage.put_away(home, waiting)


def _of_tables() -> Failure | None:
    why = schema_failure(settings.MASTHEAD_HOME)
    return None if why is None else Failure(None, why)


@contextmanager
def _also_of_the_schema() -> Iterator[None]:
    """A file of SQLite whose own list of tables is damaged may not even be opened, or lacks one."""
    try:
        yield
    except NotReady as error:
        missing = schema_failure(settings.MASTHEAD_HOME)
        if missing is None:
            raise
        raise _schema(missing) from error
    except UnicodeDecodeError as error:
        raise Damaged(
            Message("The database itself is damaged: it cannot be read."),
            Message("Keep its files as they are, and put back the newest backup with `masthead restore`."),
        ) from error


def refuse_altered_tables(home: Path) -> None:
    """Raise `Damaged` where the tables of a record are not as this version made them."""
    why = schema_failure(home)
    if why is not None:
        raise _schema(why)


def _schema(missing: Message) -> Damaged:
    return Damaged(
        sentence(missing),
        Message("Keep its files as they are, and put back the newest backup with `masthead restore`."),
    )


def last(home: Path) -> dict[str, Any] | None:
    """What the last whole verification said: `at`, `intact`, `size`, `seconds`; None where there was none."""
    try:
        said: dict[str, Any] = json.loads((home / LAST).read_text(encoding="utf-8"))
        datetime.fromisoformat(said["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return said


def _write(home: Path, verdict: Verdict, seconds: float) -> None:
    said = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "intact": verdict.intact,
        "size": verdict.size,
        "seconds": round(seconds, 1),
    }
    lasting.replace(home / LAST, f"{json.dumps(said)}\n".encode(), mode=0o644)
