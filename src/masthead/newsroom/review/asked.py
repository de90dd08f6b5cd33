"""What is asked of the record about one version or item, in words made once: a page asks all of it."""

from functools import cache
from typing import Any

from django.db.models import Model, OuterRef, Subquery

from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.items.models import AIUse, Source, Version
from masthead.newsroom.prepared import Prepared
from masthead.newsroom.register.models import AISystem, UseCase
from masthead.newsroom.review.models import (
    BreakGlass,
    CheckRun,
    Finding,
    Publication,
    SentBack,
    SignOff,
    Waiver,
    Withdrawal,
)

# Not joined: while a command writes a row, its entry is not there yet; a join gives nothing.
_PLACE = Subquery(Entry.objects.filter(pk=OuterRef("entry_id")).values("place"))

SOURCES = Prepared(lambda version: Source.objects.filter(version=version).annotate(place=_PLACE))
USES = Prepared(
    lambda version: AIUse.objects.filter(version=version).select_related("recorded_by").annotate(place=_PLACE)
)
RUN = Prepared(
    lambda version: (
        CheckRun.objects.filter(version=version).select_related("entry").order_by("-entry__place")[:1]
    )
)
FINDINGS = Prepared(lambda run: Finding.objects.filter(run=run))
WAIVERS = Prepared(lambda item: Waiver.objects.filter(item=item).select_related("person"))
SIGN_OFFS = Prepared(
    lambda item: (
        SignOff.objects.filter(version__item=item).select_related("person", "entry").order_by("-entry__place")
    )
)
VERSIONS = Prepared(
    lambda item, number: (
        Version.objects.filter(item=item, number__lte=number)
        .order_by("number")
        .only("author_id", "sha256", "title")
    )
)
BREAK_GLASS = Prepared(lambda version: BreakGlass.objects.filter(version=version).select_related("entry"))
PUBLICATIONS = Prepared(
    lambda item: (
        Publication.objects.filter(item=item).order_by("entry__place").select_related("version", "correction")
    )
)
WITHDRAWAL = Prepared(lambda item: Withdrawal.objects.filter(item=item))
SENT_BACK = Prepared(
    lambda version: (
        SentBack.objects.filter(version=version)
        .select_related("person", "entry")
        .order_by("-entry__place")[:1]
    )
)


@cache
def systems(count: int) -> Prepared[AISystem]:
    """The registered systems of so many keys."""
    return Prepared(lambda *keys: AISystem.objects.filter(key__in=keys).select_related("entry"))


@cache
def use_cases(count: int) -> Prepared[UseCase]:
    """The use cases of so many systems."""
    return Prepared(lambda *ids: UseCase.objects.filter(system__in=ids))


def place_of(row: Model) -> int | None:
    """Where in the log the entry of one of `SOURCES` or `USES` stands; None before it is there."""
    place: Any = row.place  # type: ignore[attr-defined]  # an annotation
    return None if place is None else int(place)
