"""What a decide-callable is given: the only way to write rows of evidence."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from masthead.errors import Stale
from masthead.language import Message
from masthead.newsroom.evidence.as_vouched import refuse_unless_as_vouched
from masthead.newsroom.evidence.guard import NotRecorded, permit
from masthead.newsroom.evidence.vouched import AppendOnly, Mutable, Vouched, new_id


class Recording:
    """One entry in the making, under the lock on the head of the log.

    `place` is the entry's place, `now` its time (UTC), `entry_id` its id. Valid until the callable returns.
    """

    def __init__(self, place: int, now: datetime, actor: UUID | None) -> None:
        self.place = place
        self.now = now
        self.actor = actor
        self.entry_id = new_id()
        self.written: dict[type[Vouched], set[UUID]] = {}
        self.erases = False
        """Whether older evidence was erased with it: `evidence.erasing`."""
        self._taken: dict[type[Vouched], set[UUID]] = {}
        self._open = True

    def close(self) -> None:
        """Take no more rows: what is written from here on, no entry would vouch for."""
        self._open = False

    def add[Row: Vouched](self, row: Row) -> Row:
        """Write a new row, vouched for by this entry; gives it back."""
        self.add_all([row])
        return row

    def add_all(self, rows: Iterable[Vouched]) -> None:
        """Write many new rows, in one statement for each table."""
        self._must_be_open()
        by_model: dict[type[Vouched], list[Vouched]] = {}
        for row in rows:
            if not isinstance(row, AppendOnly | Mutable):
                raise TypeError(f"{type(row).__name__} is not a model of evidence")
            row.entry_id = self.entry_id
            by_model.setdefault(type(row), []).append(row)
        for model, fresh in by_model.items():
            with permit("INSERT", model._meta.db_table):
                model._base_manager.bulk_create(fresh)
            self._note(model, *(row.pk for row in fresh))

    def change[Row: Mutable](self, row: Row, **fields: Any) -> Row:
        """Set `fields` of a row, vouched for by this entry; gives it back, changed.

        Raises `Stale` where the row was changed since it was read, `NotRecorded` where it may not change,
        `Damaged` as `take` does.
        """
        self.change_all([row], **fields)
        return row

    def change_all[Row: Mutable](self, changed: Iterable[Row], **fields: Any) -> None:
        """The same of many rows of one table, each of which gets the same."""
        self._must_be_open()
        if not fields or {"id", "pk", "entry", "entry_id", "revision"} & fields.keys():
            raise TypeError("a change names the columns it sets, and none that the log keeps itself")
        all_of_them = list(changed)
        for row in all_of_them:
            _may_change(row)
        for model in {type(row) for row in all_of_them}:
            self.take(model, *(row.pk for row in all_of_them if type(row) is model))
        for row in all_of_them:
            self._change(row, fields | {"entry_id": self.entry_id, "revision": row.revision + 1})

    def _change(self, row: Mutable, fields: dict[str, Any]) -> None:
        model = type(row)
        same: QuerySet[Mutable] = model._base_manager.filter(pk=row.pk, revision=row.revision)
        with permit("UPDATE", model._meta.db_table):
            if same.update(**fields) != 1:
                raise Stale(
                    Message("This was changed before it could be recorded."),
                    Message("Look at it as it is now, then do the same again."),
                )
        for name, value in fields.items():
            setattr(row, name, value)
        self._note(model, row.pk)

    def take(self, model: type[Vouched], *ids: UUID) -> None:
        """Look at rows that are about to be changed: `Damaged` where one is not as the log vouches for it.

        What this entry wrote itself, or has looked at, is not looked at again.
        """
        taken = self._taken.setdefault(model, set())
        if fresh := dict.fromkeys(each for each in ids if each not in taken):
            refuse_unless_as_vouched(model, fresh, self.place)
            taken.update(fresh)

    def vouch_as_erased(self, model: type[Vouched], *ids: UUID) -> None:
        """Vouch for rows as they are now that something of them was erased: for `evidence.erasing` alone.

        RuntimeError where one was not taken before that: it would be vouched for whatever stood there.
        """
        self._must_be_open()
        if not self._taken.get(model, set()).issuperset(ids):
            raise RuntimeError("a row is looked at before it is erased")
        self._note(model, *ids)
        self.erases = True

    def _note(self, model: type[Vouched], *ids: UUID) -> None:
        self.written.setdefault(model, set()).update(ids)
        self._taken.setdefault(model, set()).update(ids)

    def _must_be_open(self) -> None:
        if not self._open:
            raise RuntimeError("this entry is written: begin another with record()")


def _may_change(row: object) -> None:
    if isinstance(row, Mutable):
        return
    table = row._meta.db_table if isinstance(row, Vouched) else type(row).__name__
    raise NotRecorded(
        Message("%(table)s is append-only: its rows stay as they are.", {"table": table}),
        Message("Add a new row that supersedes it."),
    )
