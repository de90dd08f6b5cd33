"""When anything of an item was last recorded, also where the record no longer says of one entry."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import Max, Model

from masthead.newsroom.evidence.legible import or_none
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.moments import NoMoment
from masthead.newsroom.evidence.trouble import told_plainly

type Happened = tuple[tuple[type[Model], str], ...]
"""Each table of what happens to an item, with where it says which."""


def latest(happened: Happened, ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """The newest moment of each of these items.

    An entry whose moment cannot be read counts as recorded when the one before it was: no earlier than that
    it was. Raises `NoMoment` where none before it can be read either.
    """
    with suppress(NoMoment), told_plainly():
        return _asked(happened, ids)
    # Entry by entry only for the items that need it: all others are asked for as ever.
    found: dict[UUID, datetime] = {}
    for item in ids:
        found |= _one(happened, item)
    return found


def _asked(happened: Happened, ids: Sequence[UUID]) -> dict[UUID, datetime]:
    found: dict[UUID, datetime] = {}
    for model, path in happened:
        rows = model._default_manager.filter(**{f"{path}__in": ids}).order_by()
        for item, moment in rows.values_list(path).annotate(at=Max("entry__recorded_at")):
            found[item] = max(moment, found.get(item, moment))
    return found


def _one(happened: Happened, item: UUID) -> dict[UUID, datetime]:
    with suppress(NoMoment), told_plainly():
        return _asked(happened, [item])
    places: set[int] = set()
    for model, path in happened:
        rows = model._default_manager.filter(**{path: item}).order_by()
        places.update(rows.values_list("entry__place", flat=True))
    return {item: max(_at_or_before(place) for place in places)} if places else {}


def _at_or_before(place: int) -> datetime:
    before = Entry.objects.filter(place__lte=place).order_by("-place").defer("recorded_at")
    for entry in before.iterator(chunk_size=100):
        if (at := or_none(partial(getattr, entry, "recorded_at"))) is not None:
            return at
    raise NoMoment
