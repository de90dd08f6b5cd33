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
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal

from masthead.language import Message
from masthead.newsroom.evidence import rows, sealed
from masthead.newsroom.evidence.appending import Vouching, begin, rows_field, time_field
from masthead.newsroom.evidence.as_vouched import Altered
from masthead.newsroom.evidence.finding import keep_found
from masthead.newsroom.evidence.guard import NotRecorded
from masthead.newsroom.evidence.head import locked_head
from masthead.newsroom.evidence.kinds import ERASING, Kind
from masthead.newsroom.evidence.recording import Recording
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.newsroom.evidence.unkept import refuse_unless_each_kept

__all__ = [
    "Receipt",
    "Recording",
    "appended",
    "locked_head",
    "record",
    "recorded",
    "rows_field",
    "time_field",
]

log = logging.getLogger(__name__)


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


appended = Signal()
"""Sent by `record()` before its commit, with `receipt`: what a receiver raises aborts all of it."""

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
    Raises `NotRecorded` where it wrote nothing, `Damaged` for a database older than what was published, one
    that did not keep what was written, or one in which a row that it was to change was altered: that is kept
    like what verification finds, and the record is read-only from then on;
    `ReadOnly` where the record was found damaged and no person has put it right,
    `Unavailable` where the database or disk gave up, `NotReady` before `setup()`. ValueError where the fields
    are not those of the kind, RuntimeError inside another transaction: the place would not be durable.
    """
    try:
        receipt = _recorded(kind, actor, decide, now)
    except Altered as error:
        # Rolled back by now. The next look at all of it may be a day away.
        keep_found(settings.MASTHEAD_HOME, error.failure.why, error.failure.place, "command")
        raise
    recorded.send_robust(sender=record, receipt=receipt)
    return receipt


def _recorded(
    kind: Kind,
    actor: UUID | None,
    decide: Callable[[Recording], Mapping[str, Any]],
    now: datetime | None,
) -> Receipt:
    with told_plainly(), transaction.atomic(durable=True):
        appending = begin(though_damaged=kind is Kind.RESTORED)
        recording = Recording(appending.place, now or datetime.now(UTC), actor)
        try:
            fields = decide(recording)
            if recording.erases and kind not in ERASING:
                raise TypeError("what is erased has an entry of its own kind")
        finally:
            recording.close()
        if not recording.written:
            raise NotRecorded(
                Message("A command changed nothing, so there is nothing to record."),
                Message("Report this as a mistake in Masthead; nothing was written."),
            )
        vouched = _vouched(recording)
        entry = appending.seal(kind, actor, recording.now, [recording.entry_id], [fields], [vouched])
        appending.write([entry])
        receipt = Receipt(recording.place, recording.entry_id, kind, recording.now)
        appended.send(sender=record, receipt=receipt)
    return receipt


def _vouched(recording: Recording) -> list[Vouching]:
    """What the entry vouches for. `Damaged` where a row that was written is not there, or is an older one."""
    found = []
    for model, ids in recording.written.items():
        shape, table, there = rows.shape_of(model), model._meta.db_table, []
        for row in rows.read_again(model, ids):
            # What was erased of a row leaves it the entry that wrote it.
            if recording.erases or row[shape.at_entry] == recording.entry_id:
                there.append(row[shape.at_id])
            salt = sealed.new_salt()
            found.append(Vouching(table, row[shape.at_id], salt, shape.digest(salt, row)))
        refuse_unless_each_kept(table, there, ids)
    return sorted(found)
