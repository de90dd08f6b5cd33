"""Whether a home folder belongs to the log in the database, asked before it is served.

Several hosts may serve one record on PostgreSQL, each with a home folder of its own. A folder without the
log's keys and without the file that says how far it was published, or with those of another log, is a mistake
of whoever set it up: it is told so, and neither kept as damage nor worked with.
"""

from pathlib import Path

from masthead.errors import Damaged, NotReady
from masthead.language import Message
from masthead.newsroom.evidence import high_water, keys
from masthead.newsroom.evidence.models import Checkpoint, LogHead, LogKey
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.tlog import note
from masthead.tlog.note import VerifierKey


def refuse_foreign(home: Path) -> None:
    """`NotReady` where there is a log in the database, and `home` is not one of its home folders."""
    origin = _origin()
    if origin is None:
        return
    if not any((home / each).exists() for each in (keys.PUBLIC, keys.PRIVATE, high_water.FILE)):
        raise NotReady(
            Message("The database holds a log, and nothing of it is in this home folder."), _remedy()
        )
    try:
        key = VerifierKey.parse(keys.public_line(home))
    except (NotReady, ValueError):
        return  # no line, or none that can be read: publishing says what to do
    if key.name != origin or not _of_the_log(key):
        raise NotReady(
            Message(
                "The key %(id)s in this home folder is none of the log in the database.",
                {"id": key.key_id.hex()},
            ),
            _remedy(),
        )


def _remedy() -> Message:
    return Message(
        "If this is another host of the same record, copy `keys` and `high-water.json` from the home folder"
        " of the first, as `docs/how-to/deploy.md` tells. Else give a database of its own with"
        " MASTHEAD_DATABASE_URL."
    )


def _origin() -> str | None:
    try:
        with told_plainly():
            return LogHead.objects.values_list("origin", flat=True).first()
    except (NotReady, Damaged):
        return None  # there are no tables yet, or they are what `watch.look` has to find


def _of_the_log(key: VerifierKey) -> bool:
    """Whether `key` is one of the log's, by the record alone; who signed what is for verification to say."""
    try:
        with told_plainly():
            rows = list(LogKey.objects.values_list("key", "previous"))
            if rows:
                return any(str(key) in lines for lines in rows)
            newest = Checkpoint.objects.order_by("-size").values_list("note", flat=True).first()
            signatures = note.parse(newest).signatures if newest is not None else ()
    except (NotReady, Damaged, ValueError):
        return True
    return not signatures or any((each.name, each.key_id) == (key.name, key.key_id) for each in signatures)
