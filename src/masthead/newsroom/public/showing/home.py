"""How we use AI: the transparency home, every figure counted from the record."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q

from masthead import declaration
from masthead.declaration.control import Rule
from masthead.errors import NotReady
from masthead.language import active
from masthead.newsroom.accounts.models import Organisation
from masthead.newsroom.policy.commands import controls, in_force
from masthead.newsroom.public.showing.news import CHANGES, EVERYTHING, News, What, news
from masthead.newsroom.public.showing.register import register
from masthead.newsroom.public.showing.words import PROFILES
from masthead.newsroom.review.models import Publication, Withdrawal
from masthead.vocabulary import Profile, SystemStatus

FEWEST = 5
"""Counts under this are not given: a few items would point at who made them."""
DAYS = (30, 365)
NEWEST = 5
NOT_IN_USE = (SystemStatus.PAUSED, SystemStatus.PROPOSED)


def home(today: date) -> dict[str, Any]:
    """What the page tells; what nobody filled in is None or empty, and a count that is not given is None."""
    house = Organisation.objects.first()
    checklist = _checklist()
    systems = register()
    return {
        "outlet": house.name if house else None,
        "publisher": house.publisher if house else None,
        "checklist": checklist,
        "past_second_person": _went_past(alone=not (checklist and checklist["second_person"])),
        "periods": [_period(days, today) for days in DAYS],
        "systems": [_in_use(each) for each in systems if each["status"] == SystemStatus.APPROVED],
        "not_in_use": [each for each in systems if each["status"] in NOT_IN_USE],
        "newest": _lines(EVERYTHING - CHANGES - {What.ANSWERED}),
        "corrections": _lines(CHANGES),
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


def _in_use(system: dict[str, Any]) -> dict[str, Any]:
    """The system with what it may be used for: what is only proposed is no use."""
    cases = [case for case in system["use_cases"] if case["status"] == SystemStatus.APPROVED]
    return {**system, "use_cases": cases}


def _went_past(*, alone: bool) -> int | None:
    """Items with AI that are out and at any time went out without the sign-off that the rule asks for.

    In an emergency, as a correction that nobody had signed, or signed by whoever made it where it is not one
    person who works `alone`. It is what was on record as they went out, whoever looked at them since.
    """
    out = Publication.objects.filter(item__withdrawal=None, version__ai_uses__isnull=False)
    past = Q(break_glass__isnull=False) | Q(facts__reviewed=False)
    if not alone:
        past |= Q(facts__self_signed=True)
    return given(out.filter(past).values("item").distinct().count())


def _lines(kinds: frozenset[What]) -> list[dict[str, Any]]:
    found = news(kinds, count=NEWEST)
    listed = Withdrawal.objects.filter(item__public_id__in=[each.item for each in found])
    gone = set(listed.values_list("item__public_id", flat=True))
    return [_line(each, withdrawn=each.item in gone) for each in found]


def _line(each: News, *, withdrawn: bool) -> dict[str, Any]:
    return {
        "item": each.item,
        "what": each.what,
        "on": each.at,
        "title": each.title or None,
        "language": each.language,
        "note": each.note or None,
        "withdrawn": withdrawn,
    }
