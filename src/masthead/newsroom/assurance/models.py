"""Evidence on controls and questions, and the corrective actions that it opens and closes."""

from django.db import models
from django.db.models import F, Q

from masthead.newsroom.assurance.words import Cause
from masthead.newsroom.evidence.closed import known, one_of
from masthead.newsroom.evidence.vouched import AppendOnly, Mutable
from masthead.vocabulary import Grade

HASH = "^[0-9a-f]{64}$"


class Evidence(AppendOnly):
    """One piece of evidence, as `declaration.status.Evidence` says; it is never changed, only followed.

    `answers` is the id of a control or a question, `about` the subject: empty for the organisation, else
    `item:` and the item's public id or `system:` and the system's id. `collector` and `collector_version` say
    what observed it; `sha256` is of the file it rests on, if any. The note stays in the record.
    """

    answers = models.CharField(max_length=64)
    about = models.CharField(max_length=80, blank=True)
    grade = one_of(Grade)
    met = models.BooleanField(null=True)
    observed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    effective_from = models.DateTimeField(null=True)
    effective_until = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    collector = models.CharField(max_length=64)
    collector_version = models.CharField(max_length=32)
    sha256 = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["answers", "about", "-observed_at"], name="evidence_of_a_subject")]
        constraints = [
            known("grade", Grade),
            models.CheckConstraint(condition=~Q(answers=""), name="evidence_answers_something"),
            models.CheckConstraint(
                condition=~Q(collector="") & ~Q(collector_version=""), name="evidence_says_what_observed_it"
            ),
            models.CheckConstraint(
                condition=Q(received_at__gte=F("observed_at")), name="evidence_is_not_dated_ahead"
            ),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gt=F("observed_at")),
                name="evidence_expires_after_it_was_observed",
            ),
            models.CheckConstraint(
                condition=Q(effective_until=None)
                | Q(effective_from=None)
                | Q(effective_until__gt=F("effective_from")),
                name="evidence_speaks_for_some_time",
            ),
            models.CheckConstraint(
                condition=~Q(grade=Grade.A.value) | Q(person__isnull=False),
                name="attested_evidence_has_a_person",
            ),
            models.CheckConstraint(
                condition=Q(sha256="") | Q(sha256__regex=HASH), name="evidence_file_is_a_hash"
            ),
        ]


class CorrectiveAction(Mutable):
    """What is to be mended of one control for one subject: opened by a failure or by time, never typed.

    It is closed by evidence that passes, or by a person's word with a reason; by neither while it is open.
    `opened_for` and `closed_for` refer to the evidence, as `reading` gives it its id.
    """

    answers = models.CharField(max_length=64)
    about = models.CharField(max_length=80, blank=True)
    cause = one_of(Cause)
    opened_at = models.DateTimeField()
    opened_for = models.CharField(max_length=80, blank=True)
    owner = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_for = models.CharField(max_length=80, blank=True)
    closed_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    closed_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            known("cause", Cause),
            models.UniqueConstraint(
                "answers", "about", condition=Q(closed_at=None), name="one_action_is_open_on_a_subject"
            ),
            models.CheckConstraint(
                condition=Q(cause=Cause.OVERDUE.value) | ~Q(opened_for=""),
                name="failure_has_its_evidence",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_for="", closed_by=None, closed_because="")
                | (Q(closed_at__isnull=False, closed_by=None, closed_because="") & ~Q(closed_for=""))
                | (
                    Q(closed_at__isnull=False, closed_for="", closed_by__isnull=False) & ~Q(closed_because="")
                ),
                name="action_is_closed_by_evidence_or_by_a_reason",
            ),
        ]


class Follower(models.Model):
    """How far the log was read; no evidence: what is looked at twice comes to the same."""

    place = models.PositiveBigIntegerField(default=0)
