"""The adopted checklist as the gate reads it, and what people answered to its questions: never changed."""

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


class Answer(AppendOnly):
    """What a person answered to the question about a commitment. The newest answer to a question counts.

    `expires_on` is the first day on which nothing is known again. The note never leaves the record.
    """

    question = models.CharField(max_length=64)
    commitment = models.CharField(max_length=16)
    met = models.BooleanField()
    note = models.TextField(blank=True)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    expires_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(question="") & ~Q(commitment=""), name="answer_says_what_was_asked"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gt=models.F("answered_at")), name="answer_expires_after_it_is_given"
            ),
        ]
