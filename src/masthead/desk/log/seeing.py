"""How much of an entry a reader may see: all, what was opened when its item was published, or its kind alone.

The kind and the place of every entry stand in the open (the log is published); what it is about is sealed. An
auditor sees no names, no drafts, nothing protected.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from masthead.desk.log.unread import shaped
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence import fields
from masthead.newsroom.evidence.kinds import FIELDS, PUBLICATIONS, Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.review.models import Publication, SecondReview, Withdrawal
from masthead.newsroom.worklist import catch_up, sight
from masthead.newsroom.worklist.models import Line

type Said = dict[str, Any]


class Shows(Enum):
    """How much of an entry is shown."""

    ALL = "all"
    OPENED = "opened"
    """What the audience may read of it: roles and days, no names, no free text."""
    KIND = "kind"


PERSONS = frozenset({"actor", "person", "accountable", "invited_by"})
"""Fields that hold a person's id."""
WORDS_OF_PEOPLE = frozenset({"note", "reason", "text", "answer", "name", "publisher", "responsible"})
"""Fields in which people say what they like."""


def read(entries: Collection[Entry], names: Collection[str] | None = None) -> dict[int, Said]:
    """The sealed fields of `entries` by place: those of these `names`, or all.

    Left out are those that are erased, and those that cannot be read.
    """
    return {entry.place: shaped(fields.values_of(entry, names)) for entry in entries}


@dataclass(frozen=True, slots=True)
class Sight:
    """What one reader may see of some entries."""

    full: bool
    """Whether they see what people wrote of matters that are of no item."""
    lines: Mapping[str, Line]
    """The items they see, by public id."""
    drafts: frozenset[str]
    """Those of which they see what is not out."""
    opened: frozenset[int]
    """Places of entries that a publication of the others opened."""

    def of(self, entry: Entry, said: Said) -> Shows:
        """How much of an entry this reader sees."""
        # An erasure or a hold may be of an item, and may be of somebody or of everything.
        if "item" not in FIELDS[Kind(entry.kind)].opens or said.get("item", "") is None:
            return Shows.ALL if self.full else Shows.OPENED
        item = said.get("item")
        if item in self.drafts:
            return Shows.ALL
        return Shows.OPENED if item in self.lines and entry.place in self.opened else Shows.KIND


def sight_of(who: Someone, said: Mapping[int, Said]) -> Sight:
    """What this person may see of entries whose fields are `said`."""
    catch_up(sight.NOTHING)
    wanted = {each["item"] for each in said.values() if isinstance(each.get("item"), str)}
    seen = Line.objects.filter(sight.seen(who.id, who.roles), public_id__in=wanted)
    lines = {line.public_id: line for line in seen}
    drafts = frozenset(
        Line.objects.filter(sight.drafts_seen(who.id, who.roles), public_id__in=lines).values_list(
            "public_id", flat=True
        )
    )
    out = [line for name, line in lines.items() if name not in drafts]
    return Sight(who.may(Action.SEE_ITEM), lines, drafts, opened_with(out) if out else frozenset())


def publications_of(lines: Collection[Line]) -> list[int]:
    """Places of the entries with which something of these items went out or was taken back."""
    items = [line.pk for line in lines]
    places: list[int] = []
    for model in (Publication, Withdrawal):
        rows = model._default_manager.filter(item__in=items)
        places += rows.values_list("entry__place", flat=True)
    return places


def opened_with(lines: Collection[Line]) -> frozenset[int]:
    """Places of the publications of these items, of the entries they rest on, and of their second reviews."""
    places = publications_of(lines)
    found = [shaped(each).get("rests_on", []) for each in fields.said(places, ["rests_on"]).values()]
    return frozenset([*places, *(place for each in found for place in each), *reviews_of(lines)])


def reviews_of(lines: Collection[Line]) -> list[int]:
    """Places of the second reviews of what of these items went out past the gate.

    They come after the publication, which cannot name them, and belong to the record of what is out.
    """
    rows = SecondReview.objects.filter(break_glass__publication__item__in=[line.pk for line in lines])
    return list(rows.values_list("entry__place", flat=True))


def publications_on(line: Line, place: int) -> list[Said]:
    """The fields of the publications of an item that open the entry at `place`."""
    entries = Entry.objects.filter(place__in=publications_of([line]), kind__in=PUBLICATIONS)
    found = read(entries.all())
    if place in reviews_of([line]):
        return list(found.values())
    return [said for own, said in found.items() if own == place or place in said.get("rests_on", [])]
