"""What was found, what a person decided about it, and what went out."""

from django.db import models
from django.db.models import F, Q

from masthead.newsroom.evidence.closed import known, one_of
from masthead.newsroom.evidence.vouched import AppendOnly
from masthead.vocabulary import Level, Role, WaiverReason


def hashed(column: str, *, optional: bool = False) -> models.CheckConstraint:
    """Hold `column` to a SHA-256 in lower-case hex (or to the empty text, where `optional`)."""
    condition = Q(**{f"{column}__regex": "^[0-9a-f]{64}$"})
    if optional:
        condition |= Q(**{column: ""})
    return models.CheckConstraint(condition=condition, name=f"%(class)s_{column}_is_a_hash")


class CheckRun(AppendOnly):
    """One run of checks on one version. `ran` maps check to version; `not_run` says why for the rest."""

    version = models.ForeignKey("items.Version", models.PROTECT, related_name="check_runs")
    ran_at = models.DateTimeField()
    ran = models.JSONField()
    not_run = models.JSONField()
    counts = models.JSONField()

    class Meta:
        ordering = ["ran_at", "id"]


class Finding(AppendOnly):
    """What a check said about a version, at its exact place: code points of the text, or none."""

    run = models.ForeignKey(CheckRun, models.PROTECT, related_name="findings")
    order = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    check_id = models.CharField(max_length=64)
    code = models.CharField(max_length=64)
    level = one_of(Level)
    message = models.JSONField()
    quote = models.TextField(null=True)  # noqa: DJ001 - no quotation is not an empty quotation
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    nearest = models.JSONField(null=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            known("level", Level),
            models.UniqueConstraint("run", "order", name="finding_has_one_place_in_its_run"),
            models.CheckConstraint(
                condition=Q(start=None, end=None)
                | Q(start__isnull=False, end__isnull=False, end__gte=F("start")),
                name="finding_place_is_a_range",
            ),
        ]


class Waiver(AppendOnly):
    """A person's reasoned word that a finding of an item may stand. The note never leaves the record."""

    item = models.ForeignKey("items.Item", models.PROTECT, related_name="waivers")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="waivers")
    fingerprint = models.CharField(max_length=64)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    reason = one_of(WaiverReason)
    note = models.TextField(blank=True)
    waived_at = models.DateTimeField()

    class Meta:
        constraints = [
            known("reason", WaiverReason),
            models.UniqueConstraint("item", "fingerprint", name="finding_is_waived_once"),
        ]


class SignOff(AppendOnly):
    """A person's decision on one version, bound to its canonical form."""

    version = models.ForeignKey("items.Version", models.PROTECT, related_name="sign_offs")
    canonical_sha256 = models.CharField(max_length=64)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    role = one_of(Role)
    self_signed = models.BooleanField()
    said_sha256 = models.CharField(max_length=64)
    """Stands for title, answers and AI uses as they were when it was given; it covers no others."""
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            known("role", Role),
            models.UniqueConstraint(
                "version", "person", "said_sha256", name="version_is_signed_once_by_a_person"
            ),
            hashed("canonical_sha256"),
            hashed("said_sha256"),
        ]


class SentBack(AppendOnly):
    """A version handed back to who made it, with what is to be done. The note never leaves the record."""

    version = models.ForeignKey("items.Version", models.PROTECT, related_name="sent_back")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    role = one_of(Role)
    note = models.TextField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            known("role", Role),
            models.CheckConstraint(condition=~Q(note=""), name="sending_back_says_why"),
        ]


class BreakGlass(AppendOnly):
    """A decision to publish now, against obstacles; a second person reviews it by `review_due`."""

    version = models.OneToOneField("items.Version", models.PROTECT, related_name="break_glass")
    canonical_sha256 = models.CharField(max_length=64)
    said_sha256 = models.CharField(max_length=64)
    """As for a sign-off."""
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    role = one_of(Role)
    reason = models.TextField()
    broken_at = models.DateTimeField()
    review_due = models.DateTimeField()

    class Meta:
        constraints = [
            known("role", Role),
            models.CheckConstraint(condition=~Q(reason=""), name="break_glass_has_a_reason"),
            models.CheckConstraint(condition=Q(review_due__gt=F("broken_at")), name="review_falls_after"),
            hashed("canonical_sha256"),
            hashed("said_sha256"),
        ]


class SecondReview(AppendOnly):
    """The review of a break-glass publication by someone else."""

    break_glass = models.OneToOneField(BreakGlass, models.PROTECT, related_name="review")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    broken_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    upheld = models.BooleanField()
    reviewed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("broken_by")), name="second_review_is_by_another"),
        ]


class Publication(AppendOnly):
    """A version that went out, on the ground of exactly one of: a sign-off, a break-glass, a correction."""

    version = models.OneToOneField("items.Version", models.PROTECT, related_name="publication")
    item = models.ForeignKey("items.Item", models.PROTECT, related_name="publications")
    sign_off = models.ForeignKey(SignOff, models.PROTECT, null=True, related_name="publications")
    break_glass = models.OneToOneField(BreakGlass, models.PROTECT, null=True, related_name="publication")
    correction = models.OneToOneField(
        "review.Correction", models.PROTECT, null=True, related_name="publication"
    )
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    responsible = models.CharField(max_length=200)
    """The natural or legal person who holds editorial responsibility, as it stood."""
    facts = models.JSONField()
    """The record of AI use the disclosure is derived from, as it stood."""
    content_sha256 = models.CharField(max_length=64)
    """The bytes as published: sealed, for media that carry their credential inside."""
    media_type = models.CharField(max_length=100)
    sidecar_sha256 = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField()
    controls_held = models.JSONField(null=True)
    """Whether it held to each control asked of it, by id; null for what went out before this was kept."""

    class Meta:
        ordering = ["published_at", "id"]
        # What is newest, and whether a stranger's file is one of ours.
        indexes = [
            models.Index(fields=["-published_at"], name="publication_newest"),
            models.Index(fields=["content_sha256"], name="publication_content"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sign_off__isnull=False, break_glass=None, correction=None)
                | Q(sign_off=None, break_glass__isnull=False, correction=None)
                | Q(sign_off=None, break_glass=None, correction__isnull=False),
                name="publication_has_one_ground",
            ),
            models.CheckConstraint(condition=~Q(responsible=""), name="publication_has_a_responsible"),
            hashed("content_sha256"),
            hashed("sidecar_sha256", optional=True),
        ]


class Correction(AppendOnly):
    """A published change, never gated: from one version to the next, with what is told to the audience."""

    item = models.ForeignKey("items.Item", models.PROTECT, related_name="corrections")
    corrected = models.ForeignKey("items.Version", models.PROTECT, related_name="+")
    version = models.OneToOneField("items.Version", models.PROTECT, related_name="correction")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    note = models.TextField()
    corrected_at = models.DateTimeField()

    class Meta:
        ordering = ["corrected_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="correction_says_what_changed"),
            models.CheckConstraint(condition=~Q(corrected=F("version")), name="correction_is_a_new_version"),
        ]


class Withdrawal(AppendOnly):
    """A published removal, never gated."""

    item = models.OneToOneField("items.Item", models.PROTECT, related_name="withdrawal")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    reason = models.TextField()
    withdrawn_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_has_a_reason"),
        ]
