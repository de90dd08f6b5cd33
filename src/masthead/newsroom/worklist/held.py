"""Which items a pause holds: made with a paused AI system in such a way that they do not go out meanwhile.

Read from how the systems stand now, so that nobody who pauses or approves one waits for lines to be made.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from masthead.newsroom.register.models import AISystem
from masthead.newsroom.said import key
from masthead.newsroom.worklist.models import Used
from masthead.vocabulary import SystemStatus


def held(system: str = "") -> Q:
    """Lines of items that a paused system holds; of that name, where one is given."""
    holding = Used.objects.filter(holds=True, key__in=_paused().values("key"))
    return Q(pk__in=(holding.filter(key=key(system)) if system else holding).values("line"))


def would_hold(system: AISystem) -> Q:
    """Lines of items that this system holds while it is paused, whether it is or not."""
    return Q(pk__in=Used.objects.filter(holds=True, key=system.key).values("line"))


def holding(lines: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    """The names of the paused systems that hold each of these lines, in one query."""
    name = Subquery(_paused().filter(key=OuterRef("key")).values("name")[:1])
    found = Used.objects.filter(line__in=lines, holds=True).annotate(name=name).exclude(name=None)
    names: dict[UUID, tuple[str, ...]] = {}
    for line, each in found.order_by("key").values_list("line", F("name")):
        names[line] = (*names.get(line, ()), each)
    return names


def _paused() -> QuerySet[AISystem]:
    return AISystem.objects.filter(status=SystemStatus.PAUSED)
