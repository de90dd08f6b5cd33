"""The files of what goes that nothing else on record names."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Model

from masthead.language import Message
from masthead.newsroom.items.erased import is_erased
from masthead.newsroom.items.models import Source, Version
from masthead.newsroom.retention.plan import Plan
from masthead.newsroom.retention.words import Why
from masthead.newsroom.review.models import Publication

NAMED: tuple[tuple[type[Model], str], ...] = (
    (Version, "sha256"),
    (Source, "sha256"),
    (Publication, "content_sha256"),
    (Publication, "sidecar_sha256"),
)
"""Where a file is named."""

type Rows = Mapping[type[Model], Collection[UUID]]


def add(made: Plan, going: Rows) -> None:
    """Have the files go that rows of `going` name and no other.

    One that was handed in again since goes with the leftovers.
    """
    found: dict[str, datetime] = {}
    for model, column in NAMED:
        rows = model._default_manager.filter(pk__in=going.get(model, ())).exclude(**{column: ""}).order_by()
        for digest, last in rows.values_list(column).annotate(Max("entry__recorded_at")):
            if not is_erased(digest):
                found[digest] = max(last, found.get(digest, last))
    others = {digest for digest in found if _named_elsewhere(digest, going)}
    made.files.update({digest: at for digest, at in found.items() if digest not in others})
    made.goes(Message("files with texts, pictures and sources: %(n)d"), len(made.files), "blobs/")
    made.stays(Message("files that something else on record names too: %(n)d"), len(others), Why.FREEDOM)


def _named_elsewhere(digest: str, going: Rows) -> bool:
    return any(
        model._default_manager.filter(**{column: digest}).exclude(pk__in=going.get(model, ())).exists()
        for model, column in NAMED
    )
