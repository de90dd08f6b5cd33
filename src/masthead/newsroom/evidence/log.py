"""`record()`: one entry for every change, in the transaction that makes it.

    def decide(r: Recording) -> Mapping[str, JSON]:   # under the lock on the head of the log
        ...                                           # re-read, re-verify; raise to abort
        r.add(SignOff(...))                           # the only ways to write evidence
        r.change(item, title="…")
        return {"role": "editor", ...}                # the sealed fields, as the table of kinds names them

    receipt = record(Kind.SIGNED_OFF, actor=person.id, decide=decide)

Nothing slow belongs in `decide`: every other command waits for it.

Once the entry is durable, the signal `recorded` tells whoever listens (lists, webhooks).
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.dispatch import Signal

from masthead.errors import NotReady
from masthead.language import Message
from masthead.newsroom.evidence import damage, high_water, rows, sealed
from masthead.newsroom.evidence.guard import NotRecorded, permit
from masthead.newsroom.evidence.kinds import FIELDS, Kind
from masthead.newsroom.evidence.models import Entry, LogHead, Node, RowDigest
from masthead.newsroom.evidence.recording import Recording
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.tlog.frontier import Frontier, Stored

__all__ = ["Receipt", "Recording", "locked_head", "record", "recorded"]

log = logging.getLogger(__name__)

LOCK_SECONDS = 30
"""How long a command waits for others before it gives up."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a command gets back once its entry is durable."""

    place: int
    entry_id: UUID
    kind: Kind
    recorded_at: datetime


class Told(Signal):
    """A signal whose receivers' failures are noted by their kind alone: what they say may hold a value."""

    def _log_robust_failure(self, receiver: Callable[..., Any], err: Exception) -> None:
        name = getattr(receiver, "__qualname__", "a receiver")
        log.error("%s.%s failed after an entry: %s", receiver.__module__, name, type(err).__name__)


recorded = Told()
"""Sent after the commit, outside any transaction, with `receipt`. No receiver can undo or hide the change."""


def record(
    kind: Kind,
    *,
    actor: UUID | None,
    decide: Callable[[Recording], Mapping[str, Any]],
    now: datetime | None = None,
) -> Receipt:
    """Append one entry of `kind` with the rows that `decide` writes: both, or neither.

    `decide` is called once, under the lock; what it raises aborts the whole and comes through unchanged.
    Raises `NotRecorded` where it wrote nothing, `Damaged` for a database older than what was published,
    `ReadOnly` where the record was found damaged and no person has put it right,
    `Unavailable` where the database or disk gave up, `NotReady` before `setup()`. ValueError where the fields
    are not those of the kind, RuntimeError inside another transaction: the place would not be durable.
    """
    with told_plainly(), transaction.atomic(durable=True):
        head = locked_head()
        frontier = Frontier.from_bytes(head.size, bytes(head.peaks))
        home: Path = settings.MASTHEAD_HOME
        # Under the lock: whoever waited for it while the damage was found records nothing any more.
        if kind is not Kind.RESTORED:
            damage.refuse(home)
        high_water.check(high_water.read(home), head.origin, head.size, frontier.root())
        recording = Recording(head.size, now or datetime.now(UTC), actor)
        try:
            fields = _complete(kind, decide(recording))
            if recording.erases and kind is not Kind.DATA_ERASED:
                raise TypeError("what is erased has an entry of its own kind")
        finally:
            recording.close()
        _append(head, frontier, kind, recording, fields)
    receipt = Receipt(recording.place, recording.entry_id, kind, recording.now)
    recorded.send_robust(sender=record, receipt=receipt)
    return receipt


def locked_head() -> LogHead:
    """The head of the log, locked until the transaction ends. The first statement of every command.

    SQLite took its one write lock with BEGIN IMMEDIATE. PostgreSQL locks the row; at READ COMMITTED, whatever
    is read after that is as the last command left it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{LOCK_SECONDS}s"])
    head = LogHead.objects.select_for_update().first()
    if head is None:
        raise NotReady(
            Message("There is no evidence log here yet."),
            Message("Run `masthead init` in this folder first."),
        )
    return head


def _complete(kind: Kind, fields: Mapping[str, Any]) -> dict[str, Any]:
    expected = FIELDS[kind].opens.keys()
    if fields.keys() != expected:
        missing, unknown = sorted(expected - fields.keys()), sorted(fields.keys() - expected)
        raise ValueError(f"fields of {kind.name}: missing {missing}, not in the table of kinds {unknown}")
    return dict(fields)


def _append(
    head: LogHead, frontier: Frontier, kind: Kind, recording: Recording, fields: dict[str, Any]
) -> None:
    if not recording.written:
        raise NotRecorded(
            Message("A command changed nothing, so there is nothing to record."),
            Message("Report this as a mistake in Masthead; nothing was written."),
        )
    digests = _row_digests(recording)
    fields |= {
        "actor": str(recording.actor) if recording.actor else None,
        "entry": str(recording.entry_id),
        "recorded_at": time_field(recording.now),
        "recorded_on": recording.now.astimezone(UTC).date().isoformat(),
        "rows": rows_field(digests),
    }
    lines, commitment = sealed.seal(fields)
    entry = Entry(
        id=recording.entry_id,
        place=recording.place,
        kind=kind,
        recorded_at=recording.now,
        actor=recording.actor,
        commitment=commitment,
        leaf_hash=sealed.face_leaf(kind, commitment),
        sealed=lines,
    )
    _write(head, frontier, entry, digests)


def _row_digests(recording: Recording) -> list[RowDigest]:
    found = []
    for model, ids in recording.written.items():
        for row_id, row in rows.stored_rows(model, ids):
            salt = sealed.new_salt()
            found.append(
                RowDigest(
                    entry_id=recording.place,
                    table=model._meta.db_table,
                    row=row_id,
                    salt=salt,
                    digest=rows.row_digest(salt, row),
                )
            )
    return sorted(found, key=lambda digest: (digest.table, digest.row))


def rows_field(digests: list[RowDigest]) -> list[list[str]]:
    """The sealed field `rows`: what the entry vouches for."""
    return [[d.table, str(d.row), bytes(d.digest).hex()] for d in digests]


def time_field(moment: datetime) -> str:
    """The sealed field `recorded_at`."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _write(head: LogHead, frontier: Frontier, entry: Entry, digests: list[RowDigest]) -> None:
    """Write the entry and move the head. Until the COMMIT that follows, a crash leaves nothing of it."""
    nodes = [_node(stored) for stored in frontier.append(bytes(entry.leaf_hash))]
    with permit("INSERT", *(model._meta.db_table for model in (Entry, RowDigest, Node))):
        entry.save(force_insert=True)
        RowDigest.objects.bulk_create(digests)
        Node.objects.bulk_create(nodes)
    with permit("UPDATE", LogHead._meta.db_table):
        LogHead.objects.filter(pk=head.pk).update(size=frontier.size, peaks=frontier.to_bytes())


def _node(stored: Stored) -> Node:
    return Node(level=stored.level, index=stored.index, hash=stored.hash)
