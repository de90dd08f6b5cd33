"""How the systems of the register stand: what waits for a decision, and whose data terms are to be read."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from masthead.newsroom.register.models import AISystem, UseCase
from masthead.vocabulary import SystemStatus, Tier

FRESH = timedelta(days=365)
"""How old the reading of a system's data terms may be (starter control `data-terms`)."""


def to_approve() -> QuerySet[AISystem]:
    """Proposed systems, and approved ones with a use case that is not yet; prohibited ones never are."""
    cases = UseCase.objects.filter(system=OuterRef("pk"), status=SystemStatus.PROPOSED).exclude(tier=Tier.TX)
    proposed = Q(status=SystemStatus.PROPOSED)
    return AISystem.objects.filter(proposed | Q(Exists(cases), status=SystemStatus.APPROVED))


def unanswered(today: date) -> QuerySet[AISystem]:
    """Systems that are not retired for which, or for a use of which, nobody answers who is here and named.

    `today` is the outlet's day, by which people leave.
    """
    gone = Q(accountable__erased_on__isnull=False) | Q(accountable__ends_on__lt=today)
    cases = UseCase.objects.filter(gone, system=OuterRef("pk")).exclude(status=SystemStatus.RETIRED)
    return AISystem.objects.filter(gone | Q(Exists(cases))).exclude(status=SystemStatus.RETIRED)


def terms_to_read(today: date) -> QuerySet[AISystem]:
    """Systems in use whose data terms nobody has read within a year, or of whose opt-out nobody knows."""
    old = Q(terms_checked_on__lt=today - FRESH)
    unknown = Q(terms_checked_on=None) | Q(training_opt_out=None)
    return AISystem.objects.filter(old | unknown, status=SystemStatus.APPROVED)


def terms_old(system: AISystem, today: date) -> bool:
    """Whether the data terms were read, and more than a year ago."""
    return system.terms_checked_on is not None and today - system.terms_checked_on > FRESH
