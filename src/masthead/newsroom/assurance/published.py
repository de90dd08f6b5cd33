"""What each publication shows of the controls that were asked of it, and what was done about it since."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from masthead.declaration.status import Evidence
from masthead.newsroom.review.models import Publication, SignOff, Withdrawal
from masthead.vocabulary import Grade

FRESH = timedelta(days=92)
"""How long a publication that held to its controls speaks for how things are done: a quarter."""
_ABOUT = "item:"
_COLUMNS = (
    "pk",
    "item__public_id",
    "controls_held",
    "published_at",
    "break_glass__review__upheld",
    "break_glass__review__reviewed_at",
    "break_glass__review__pk",
    "version",
)


def about_item(public_id: str) -> str:
    """An item as the subject of evidence."""
    return f"{_ABOUT}{public_id}"


def published(
    until: datetime,
    *,
    second_person: Iterable[str] = (),
    item: str = "",
    controls: Collection[str] | None = None,
) -> Iterator[Evidence]:
    """Evidence of all publications up to a moment, or of those of one item, or on some controls alone.

    Seen by the gate as it let them out (grade M). A correction counts as it went out, gated or not, and is
    the newest of its item. A second review of a break-glass that upheld what went out ends the question, as
    nothing is left to be mended; it, or a later sign-off by another person, is the second person that the
    controls `second_person` asked for. What is withdrawn is asked no more.
    """
    out = Publication.objects.filter(published_at__lte=until).filter(controls_held__isnull=False)
    if item:
        out = out.filter(item__public_id=item)
    second = frozenset(second_person)
    signed = _signed_later(until, item)
    seen: dict[str, set[str]] = {}
    for pk, public_id, held, at, upheld, reviewed, review, version in out.values_list(*_COLUMNS):
        about = about_item(public_id)
        asked: Mapping[str, bool] = {
            each: held[each] for each in held if controls is None or each in controls
        }
        seen.setdefault(public_id, set()).update(asked)
        for each, met in asked.items():
            ends = at + FRESH if met else None
            yield Evidence(each, Grade.M, met, at, ends, about, id=f"publication:{pk}")
            if not met and upheld and reviewed <= until:
                so = True if each in second else None
                yield Evidence(each, Grade.A, so, reviewed, None, about, id=f"review:{review}")
            if not met and each in second and (later := signed.get(version)):
                yield Evidence(each, Grade.A, True, later[0], None, about, id=f"sign-off:{later[1]}")
    yield from _withdrawn(seen, until)


def _signed_later(until: datetime, item: str) -> dict[UUID, tuple[datetime, UUID]]:
    """The first sign-off by another person of versions that went out as corrections."""
    rows = SignOff.objects.filter(
        Q(version__correction__isnull=False), signed_at__lte=until, self_signed=False
    ).order_by("-signed_at")
    if item:
        rows = rows.filter(version__item__public_id=item)
    found: dict[UUID, tuple[datetime, UUID]] = {}
    for version, at, pk in rows.values_list("version", "signed_at", "pk"):
        found[version] = (at, pk)
    return found


def _withdrawn(seen: Mapping[str, set[str]], until: datetime) -> Iterator[Evidence]:
    rows: Any = Withdrawal.objects.filter(withdrawn_at__lte=until)
    if len(seen) < 2:
        rows = rows.filter(item__public_id__in=list(seen))
    for pk, public_id, at in rows.values_list("pk", "item__public_id", "withdrawn_at"):
        for each in seen.get(public_id, ()):
            yield Evidence(each, Grade.M, None, at, None, about_item(public_id), id=f"withdrawal:{pk}")
