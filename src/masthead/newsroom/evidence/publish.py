"""Sign the committed head of the log and publish it; after a crash, the same way."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper

from masthead.errors import Damaged, MastheadError, NotReady, Unavailable
from masthead.language import Message
from masthead.newsroom import turns
from masthead.newsroom.evidence import as_kept, high_water, kept, keys, signing
from masthead.newsroom.evidence.guard import permit
from masthead.newsroom.evidence.head_said import frontier_of, published_of
from masthead.newsroom.evidence.high_water import HighWater
from masthead.newsroom.evidence.key_ring import Ring, ring
from masthead.newsroom.evidence.marks import LOCK_FILE, refuse_contradiction
from masthead.newsroom.evidence.models import Checkpoint, LogHead
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.newsroom.evidence.verify_keys import refuse_changed
from masthead.tlog import checkpoint
from masthead.tlog.note import Note

ADVISORY_LOCK = 0x6D617374  # Any number that no other program locks in this database.
PATIENCE = "30s"
"""How long a publisher waits for one on another host: longer than a key service may take to sign."""
HUNG = "5min"
"""How long a publisher may ask the database nothing, as when it signs, before another one takes over."""
_WAITED_TOO_LONG = "55P03"


def publish_checkpoint(*, now: datetime | None = None) -> Checkpoint:
    """Sign and publish the committed head; gives the newest checkpoint, the old one where nothing was added.

    Nothing is signed that contradicts what was published before: `Damaged` where the database is older than
    the high-water file says, or does not contain what was published; `ReadOnly` while it was found damaged.
    """
    home: Path = settings.MASTHEAD_HOME
    with told_plainly(), one_publisher(home):
        kept.refuse(home)
        head = LogHead.objects.first()
        if head is None:
            raise NotReady(
                Message("There is no evidence log here yet."),
                Message("Run `masthead init` in this folder first."),
            )
        mark = high_water.read(home)
        frontier = frontier_of(head)
        high_water.check(mark, head.origin, head.size, frontier.root())
        refuse_contradiction(mark, frontier)
        refuse_changed()
        known = ring(home)
        newest = Checkpoint.objects.order_by("-size").first()
        if newest is not None:
            published_of(newest.size, newest.root)  # no key is at fault for what no checkpoint can say
        _must_know(known, newest)
        if newest is not None and newest.size > mark.size:
            # Another host published since. What this file said was compared above: the row takes its place.
            mark = HighWater(head.origin, newest.size, bytes(newest.root))
            high_water.check(mark, head.origin, head.size, frontier.root())
            refuse_contradiction(mark, frontier)
            high_water.write(home, mark)
        newest = _completed(home, known, mark, newest, now)
        if newest is not None and frontier.size == mark.size:
            return newest
        # What strangers are told to trust, before anything is signed that only this key verifies. A crash
        # between the entry of a new key and this line leaves the old line, which is put right here.
        keys.write_public(home, known.current)
        mark = HighWater(head.origin, frontier.size, frontier.root())
        signed = _signed(home, known, mark)
        # The file before the row: the world sees a checkpoint by its row. Were the row first, a crash between
        # the two, and then an older backup, could go unnoticed and sign against what the world has seen. Both
        # after the signature: where none is to be had, nothing is begun.
        high_water.write(home, mark)
        return _publish(mark, signed, now)


def _must_know(known: Ring, newest: Checkpoint | None) -> None:
    """Refuse to go on with keys under which not even the newest checkpoint verifies."""
    if newest is None or not known.list.fault_of(newest.note, newest.size, bytes(newest.root)):
        return
    raise NotReady(
        Message("The key in the home folder is not the one that signed what was published."),
        Message(
            "Nothing was signed. Put `keys/log.pub` and the log's own key back from their backup; if they are"
            " lost for good, run `masthead key replace --reason lost --old LINE --by NAME` with the public"
            " line as you published it. `masthead log verify` says whether it is the checkpoint that was"
            " changed."
        ),
    )


def _completed(
    home: Path, known: Ring, mark: HighWater, newest: Checkpoint | None, now: datetime | None
) -> Checkpoint | None:
    """The checkpoint of `mark`; written now where a crash came after the file and before the row.

    Which keys sign it follows from the record up to its size, and Ed25519 signs alike each time: this is the
    very note that would have been published then, whatever became of the keys since. Where the key that was
    in force then is gone for good and another one took over, the log goes on without it: what had no row,
    nobody has seen, and the next checkpoint covers its entries.
    """
    if newest is not None and newest.size == mark.size:
        return _agreeing(newest, mark)
    try:
        signed = _signed(home, known, mark)
    except MastheadError:
        if known.list.at(mark.size) == known.list.current:
            raise
        return None
    return _publish(mark, signed, now)


def _signed(home: Path, known: Ring, mark: HighWater) -> Note:
    text = str(checkpoint.Checkpoint(mark.origin, mark.size, mark.root))
    return signing.signed(text, signing.signers(home, known, mark.size))


def _publish(mark: HighWater, signed: Note, now: datetime | None) -> Checkpoint:
    fresh = Checkpoint(size=mark.size, root=mark.root, note=str(signed), signed_at=now or datetime.now(UTC))
    given = {"root": fresh.root, "note": fresh.note, "signed_at": fresh.signed_at}
    with transaction.atomic(durable=True), permit("INSERT", Checkpoint._meta.db_table):
        row, _ = Checkpoint.objects.get_or_create(
            size=mark.size, defaults=given | {"as_kept": as_kept.digest_of(fresh)}
        )
    return _agreeing(row, mark)


def _agreeing(row: Checkpoint, mark: HighWater) -> Checkpoint:
    if bytes(row.root) != mark.root:
        raise Damaged(
            Message("A checkpoint on record has another root than the one that was published."),
            Message("Keep the database as it is, and see `masthead log verify`."),
        )
    return row


@contextmanager
def one_publisher(home: Path, *, idle: str = HUNG) -> Iterator[None]:
    """Hold off other publishers, without a transaction open: commands go on while this one signs and syncs.

    Both locks end with the process that holds them, so that another takes over after a kill. The file keeps
    off processes that share the home folder, PostgreSQL's advisory lock those on other machines. That one
    ends too where the holder asks the database nothing for `idle`, "0" for never. Neither is waited for
    longer than `turns.PATIENCE` and `PATIENCE`: then `Unavailable`.
    """
    with (home / LOCK_FILE).open("w") as file:
        if not turns.locked(file.fileno()):
            raise Unavailable(
                Message("Another process has been publishing from this home folder for too long."),
                Message(
                    "Nothing was signed. What was recorded stands and goes out when that one is done, or"
                    " ends. If not, look for a process of Masthead that hangs or was stopped; a restore may"
                    " be under way."
                ),
            )
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            _lock(cursor)
            try:
                cursor.execute("SELECT set_config('idle_session_timeout', %s, false)", [idle])
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])
                cursor.execute("RESET idle_session_timeout")


def _lock(cursor: CursorWrapper) -> None:
    """Take the lock of the session. It outlives this transaction; the bound on waiting does not."""
    try:
        with transaction.atomic():
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
            cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) != _WAITED_TOO_LONG:
            raise
        raise Unavailable(
            Message("Another host has been publishing for too long; nothing was signed here."),
            Message(
                "What was recorded stands and goes out when that host is done, or within minutes where it is"
                " gone. If not, look there: a restore may be under way. PostgreSQL's view pg_locks tells"
                " which session holds the advisory lock."
            ),
        ) from error
