"""The adopted checklist, as the gate reads it: one row per adoption, never changed."""

from django.db import models
from django.db.models import Q

from masthead.newsroom.evidence.closed import known, one_of
from masthead.newsroom.evidence.vouched import AppendOnly
from masthead.vocabulary import Profile


class PolicyRevision(AppendOnly):
    """The controls in force from `adopted_at` until the next revision; `controls` holds each in full."""

    number = models.PositiveIntegerField(unique=True)
    profile = one_of(Profile)
    controls = models.JSONField()
    adopted_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField()

    class Meta:
        constraints = [
            known("profile", Profile),
            models.CheckConstraint(condition=Q(number__gte=1), name="policy_numbers_start_at_one"),
        ]
