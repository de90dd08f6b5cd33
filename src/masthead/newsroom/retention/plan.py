"""What an erasure will remove, what it will keep and on what ground: for a look and for the deed alike."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from masthead.errors import Refused
from masthead.language import Message
from masthead.newsroom.evidence.vouched import Vouched
from masthead.newsroom.retention.subjects import Subject
from masthead.newsroom.retention.words import WHY, Why

ALWAYS = frozenset({"evidence_rowdigest", "retention_remains", "worklist_line"})
"""Tables of which something goes with every erasure: salts, names of files, the line of an item."""


@dataclass(frozen=True, slots=True)
class Removed:
    """Something that goes: in words with its number, and the tables it stands in."""

    what: Message
    where: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class KeptBack:
    """Something that stays, and on what ground."""

    what: Message
    count: int
    why: Why

    @property
    def ground(self) -> Message:
        """The ground in plain words."""
        return WHY[self.why]


def joined(refusals: Sequence[Refused]) -> Refused:
    """Several refusals as one, of the kind of the first: a line for each cause, with its own way out.

    Each is named before the one before it is gone.
    """
    first = refusals[0]
    if len(refusals) == 1:
        return first
    what, *others = (
        Message("%(what)s %(way)s", {"what": each.what, "way": each.remedy}) for each in refusals
    )
    for each in others:
        what = Message("%(what)s\n%(more)s", {"what": what, "more": each})
    return type(first)(what, Message("Then do the same again."))


@dataclass(slots=True)
class Plan:
    """What is to be done. Nothing of it is personal but the values it sets, which say nothing."""

    subject: Subject
    touches: set[Subject] = field(default_factory=set)
    """All that a hold may stand against."""
    rows: dict[type[Vouched], dict[UUID, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))
    """Columns of evidence and what they are set to."""
    fields: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Sealed fields to destroy, by the place of their entry."""
    others: list[Callable[[], object]] = field(default_factory=list)
    """What is done to rows that are no evidence, inside the same transaction."""
    files: dict[str, datetime] = field(default_factory=dict)
    """Files of the blob store by SHA-256, and when what named them was recorded last."""
    against: list[Refused] = field(default_factory=list)
    """What still stands against the deed, though not against a look: what is to be ended before."""
    pages: set[str] = field(default_factory=set)
    """Items whose folders are written anew, by public id."""
    removed: list[Removed] = field(default_factory=list)
    kept: list[KeptBack] = field(default_factory=list)
    wrote: set[UUID] = field(default_factory=set)
    """Who wrote the notes and reasons that go."""
    counts: dict[str, int] = field(default_factory=dict)
    """Rows that are no evidence, by what the entry calls them."""

    def set_to(self, model: type[Vouched], row: UUID, columns: Mapping[str, Any]) -> None:
        """Blank columns of a row."""
        if columns:
            self.rows[model].setdefault(row, {}).update(columns)

    def destroy(self, place: int, name: str) -> None:
        """Destroy a sealed field."""
        self.fields[place].add(name)

    def goes(self, what: Message, count: int, *where: str) -> None:
        """Say that something goes, where there is any of it. `what` has a place for its number `n`.

        Said more than once, it is one line with the sum.
        """
        same = next((each for each in self.removed if each.what.template == what.template), None)
        if same is not None:
            self.removed.remove(same)
            count, where = count + same.count, tuple(dict.fromkeys((*same.where, *where)))
        if count:
            self.removed.append(Removed(_numbered(what, count), where, count))

    def deletes(self, what: Message, rows: QuerySet[Any]) -> None:
        """Delete rows that are no evidence, and say so where there are any."""
        count = rows.count()
        self.goes(what, count, rows.model._meta.db_table)
        if count:
            self.counts["others"] = self.counts.get("others", 0) + count
            self.others.append(rows.delete)

    def stays(self, what: Message, count: int, why: Why) -> None:
        """Say that something stays, where there is any of it; as `goes` does."""
        same = next((each for each in self.kept if each.what.template == what.template), None)
        if same is not None:
            self.kept.remove(same)
            count += same.count
        if count:
            self.kept.append(KeptBack(_numbered(what, count), count, why))

    @property
    def empty(self) -> bool:
        """Whether there is nothing left to erase."""
        return not (self.removed or any(self.rows.values()) or any(self.fields.values()))

    @property
    def tables(self) -> set[str]:
        """The tables that have something erased, our own list of what is left to do among them."""
        listed = {where.partition(".")[0] for each in self.removed for where in each.where}
        blanked = {model._meta.db_table for model, rows in self.rows.items() if rows}
        known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
        return known & (listed | blanked | ALWAYS)

    @property
    def recorded(self) -> dict[str, int]:
        """How much of each an entry says was erased."""
        found = {
            "rows": sum(map(len, self.rows.values())),
            "fields": sum(map(len, self.fields.values())),
            "files": len(self.files),
            **self.counts,
        }
        return {name: number for name, number in found.items() if number}


def _numbered(what: Message, count: int) -> Message:
    return Message(what.template, {**what.values, "n": count}, what.plural)
