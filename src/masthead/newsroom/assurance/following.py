"""Read the log on: what went out, was mended, taken back or answered opens and closes corrective actions."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from masthead.declaration.status import ORGANISATION
from masthead.errors import NotReady
from masthead.newsroom.assurance.models import Follower
from masthead.newsroom.assurance.opening import Due, Subject, due, write
from masthead.newsroom.assurance.published import about_item
from masthead.newsroom.assurance.reading import lines
from masthead.newsroom.evidence import fields
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.evidence.models import Entry, LogHead
from masthead.newsroom.policy.commands import in_force
from masthead.newsroom.review.models import Publication

TELLING = {
    Kind.PUBLISHED: "item",
    Kind.CORRECTED: "item",
    Kind.SIGNED_OFF: "item",
    Kind.SECOND_REVIEW: "item",
    Kind.WITHDRAWN: "item",
    Kind.CONTROL_ANSWERED: "control",
}
"""Kinds of entries after which something may stand otherwise, and the field that names what."""


class _NothingLeft(Exception):
    """Another process was first."""


AT_ONCE = 200
"""Entries that are looked at together: their actions are one entry."""


def follow() -> int:
    """Read the log to its end; gives how many actions were opened or closed.

    How far it was read is noted after what came of it is on record: cut off between the two, the same is
    looked at again, and as it stands by then nothing is left to do.
    """
    size = LogHead.objects.values_list("size", flat=True).first() or 0
    place = Follower.objects.values_list("place", flat=True).first() or 0
    changed = 0
    while place < size:
        until = min(size, place + AT_ONCE)
        changed += _look(_subjects(place, until))
        Follower.objects.update_or_create(pk=1, defaults={"place": until})
        place = until
    return changed


def _subjects(start: int, until: int) -> set[Subject]:
    entries = Entry.objects.filter(place__gte=start, place__lt=until, kind__in=list(TELLING))
    named: dict[str, set[str]] = {field: set() for field in TELLING.values()}
    for entry in entries.order_by("place"):
        field = TELLING[Kind(entry.kind)]
        if isinstance(said := fields.values_of(entry, {field}).get(field), str):
            named[field].add(said)
    return _of_items(named["item"]) | {(question, ORGANISATION) for question in named["control"]}


def _of_items(items: Collection[str]) -> set[Subject]:
    """What was asked of these items when they went out."""
    out = Publication.objects.filter(item__public_id__in=items, controls_held__isnull=False)
    return {
        (control, about_item(item))
        for item, held in out.values_list("item__public_id", "controls_held")
        for control in held or ()
    }


def _look(subjects: Collection[Subject]) -> int:
    now = datetime.now(UTC)
    if not subjects or not _due(subjects, now):
        return 0
    written: list[Due] = []

    def decide(r: Recording) -> Mapping[str, Any]:
        written.extend(_due(subjects, r.now))
        if not written:
            raise _NothingLeft
        write(r, written)
        return {
            "opened": [str(each.action.pk) for each in written if each.opens],
            "closed": [str(each.action.pk) for each in written if not each.opens],
            "through": "clock",
        }

    with suppress(_NothingLeft):
        record(Kind.ACTIONS_FOLLOWED, actor=None, decide=decide)
    return len(written)


def _due(subjects: Collection[Subject], now: datetime) -> list[Due]:
    """What is due of what the checklist in force still asks."""
    try:
        every = lines(in_force(now))
    except NotReady:
        return []
    asked = {line.one.id for line in every}
    return [*due(every, {each for each in subjects if each[0] in asked}, now)]
