"""How we use AI: the transparency home, every figure counted from the record."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Count

from masthead import declaration
from masthead.declaration.control import Rule
from masthead.errors import NotReady
from masthead.language import active
from masthead.newsroom.accounts.models import Organisation
from masthead.newsroom.policy.commands import controls, in_force
from masthead.newsroom.public.showing.news import CHANGES, EVERYTHING, What, news
from masthead.newsroom.public.showing.register import register
from masthead.newsroom.public.showing.words import PROFILES
from masthead.newsroom.review.models import Publication
from masthead.vocabulary import Profile, SystemStatus

FEWEST = 5
"""Counts under this are not given: a few items would point at who made them."""
DAYS = (30, 365)
NEWEST = 5


def home(today: date) -> dict[str, Any]:
    """What the page tells; what nobody filled in is None or empty, and a count that is not given is None."""
    house = Organisation.objects.first()
    return {
        "outlet": house.name if house else None,
        "publisher": house.publisher if house else None,
        "checklist": _checklist(),
        "periods": [_period(days, today) for days in DAYS],
        "systems": [each for each in register() if each["status"] != SystemStatus.RETIRED],
        "newest": [_line(each) for each in news(EVERYTHING - CHANGES - {What.ANSWERED}, count=NEWEST)],
        "corrections": [_line(each) for each in news(CHANGES, count=NEWEST)],
    }


def _checklist() -> dict[str, Any] | None:
    """The checklist in force in plain words; None where none is."""
    try:
        revision = in_force()
    except NotReady:
        return None
    words = declaration.load().words(active())
    asked = controls(revision)
    return {
        "number": revision.number,
        "profile": revision.profile,
        "profile_words": str(PROFILES[Profile(revision.profile)]),
        "since": revision.adopted_at,
        "second_person": any(control.rule is Rule.SECOND_PERSON for control in asked),
        "controls": [
            {
                "id": control.id,
                "says": words.controls[control.id].title,
                "guidance": words.controls[control.id].guidance,
                "commitments": list(control.commitments),
            }
            for control in asked
            if control.id in words.controls
        ],
    }


def _period(days: int, today: date) -> dict[str, Any]:
    """Items that went out in the last `days`, with AI at any tier and without, corrections included."""
    since = datetime.combine(today - timedelta(days=days - 1), time.min, UTC)
    out = Publication.objects.filter(published_at__gte=since, item__withdrawal=None)
    every = out.values("item").distinct().count()
    with_ai = out.filter(version__ai_uses__isnull=False).values("item").distinct().count()
    systems = Counter(
        dict(
            out.filter(version__ai_uses__isnull=False)
            .values_list("version__ai_uses__system")
            .annotate(items=Count("item", distinct=True))
            .values_list("version__ai_uses__system", "items")
        )
    )
    return {
        "days": days,
        "with_ai": given(with_ai),
        "without_ai": given(every - with_ai),
        "systems": [
            {"system": name, "items": given(count)}
            for name, count in sorted(systems.items(), key=lambda pair: (-pair[1], pair[0]))
        ],
    }


def given(count: int) -> int | None:
    """A count as it may be told: itself, or None where it is above nought and under five."""
    return count if count == 0 or count >= FEWEST else None


def _line(each: Any) -> dict[str, Any]:
    return {
        "item": each.item,
        "what": each.what,
        "on": each.at,
        "title": each.title or None,
        "language": each.language,
        "note": each.note or None,
    }
