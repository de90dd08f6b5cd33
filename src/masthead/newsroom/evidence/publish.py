"""Sign the committed head of the log and publish it; after a crash, the same way."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from masthead.errors import Damaged, NotReady
from masthead.language import Message
from masthead.newsroom.evidence import damage, high_water, tree
from masthead.newsroom.evidence.guard import permit
from masthead.newsroom.evidence.high_water import HighWater
from masthead.newsroom.evidence.keys import FileSigner, Signer
from masthead.newsroom.evidence.models import Checkpoint, LogHead
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.tlog import checkpoint, note
from masthead.tlog.frontier import Frontier
from masthead.tlog.proofs import verify_consistency

LOCK_FILE = "publishing.lock"
ADVISORY_LOCK = 0x6D617374  # Any number that no other program locks in this database.


def publish_checkpoint(signer: Signer | None = None, *, now: datetime | None = None) -> Checkpoint:
    """Sign and publish the committed head; gives the newest checkpoint, the old one where nothing was added.

    Nothing is signed that contradicts what was published before: `Damaged` where the database is older than
    the high-water file says, or does not contain what was published; `ReadOnly` while it was found damaged.
    """
    home: Path = settings.MASTHEAD_HOME
    with told_plainly(), _one_publisher(home):
        damage.refuse(home)
        head = LogHead.objects.first()
        if head is None:
            raise NotReady(
                Message("There is no evidence log here yet."),
                Message("Run `masthead init` in this folder first."),
            )
        signer = signer or FileSigner(home, head.origin)
        mark = high_water.read(home)
        frontier = Frontier.from_bytes(head.size, bytes(head.peaks))
        high_water.check(mark, head.origin, head.size, frontier.root())
        refuse_contradiction(mark, frontier)
        # A crash may have come after the file and before the row. Ed25519 signs alike each time, so writing
        # the row now publishes the very note that would have been published then.
        newest = _publish(signer, mark, now)
        if frontier.size == mark.size:
            return newest
        # The file before the row: the world sees a checkpoint by its row. Were the row first, a crash between
        # the two, and then an older backup, could go unnoticed and sign against what the world has seen.
        mark = HighWater(head.origin, frontier.size, frontier.root())
        high_water.write(home, mark)
        return _publish(signer, mark, now)


def refuse_contradiction(mark: HighWater, frontier: Frontier) -> None:
    """`Damaged` unless the log at `frontier`, which is no shorter, grew from the one at `mark`."""
    proof = tree.consistency(mark.size, frontier.size)
    if not verify_consistency(mark.size, frontier.size, mark.root, frontier.root(), proof):
        raise Damaged(
            Message("The log does not contain what was published from it."),
            Message(
                "Nothing was signed. Keep the database as it is for whoever looks into this, and put back"
                " the newest copy that `masthead log verify` finds intact."
            ),
        )


def _publish(signer: Signer, mark: HighWater, now: datetime | None) -> Checkpoint:
    signed = note.sign(str(checkpoint.Checkpoint(mark.origin, mark.size, mark.root)), signer.key, signer.sign)
    with transaction.atomic(durable=True), permit("INSERT", Checkpoint._meta.db_table):
        row, _ = Checkpoint.objects.get_or_create(
            size=mark.size,
            defaults={"root": mark.root, "note": str(signed), "signed_at": now or datetime.now(UTC)},
        )
    if bytes(row.root) != mark.root:
        raise Damaged(
            Message("A checkpoint on record has another root than the one that was published."),
            Message("Keep the database as it is, and see `masthead log verify`."),
        )
    return row


@contextmanager
def _one_publisher(home: Path) -> Iterator[None]:
    """Hold off other publishers, without a transaction open: commands go on while this one signs and syncs.

    Both locks end with the process that holds them, so that another takes over after a kill. The file keeps
    off processes that share the home folder, PostgreSQL's advisory lock those on other machines.
    """
    with (home / LOCK_FILE).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])
