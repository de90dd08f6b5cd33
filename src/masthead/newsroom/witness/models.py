"""Whom we witness, by whom we are witnessed, what we saw, and what we saw that cannot be."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from masthead.newsroom.evidence.closed import known, one_of
from masthead.newsroom.evidence.vouched import AppendOnly, Mutable
from masthead.newsroom.witness.words import Fault
from masthead.tlog.handover import Ground

LONGEST_ADDRESS = 2000


class Party(Mutable):
    """What a person decided about somebody else's log or witness: its name, key and address."""

    name = models.CharField(max_length=255)
    """The origin of a log; the name in the key of a witness."""
    key = models.CharField(max_length=500)
    """The verifier-key line, C2SP signed-note."""
    address = models.CharField(max_length=LONGEST_ADDRESS)
    added_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


def _rules(name: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(fields=["name", "key"], condition=Q(ended_at=None), name=f"{name}_once"),
        models.CheckConstraint(
            condition=~Q(name="") & ~Q(key="") & ~Q(address=""), name=f"{name}_says_where_and_who"
        ),
        models.CheckConstraint(
            condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            name=f"{name}_is_ended_by_somebody",
        ),
    ]


class WitnessedLog(Party):
    """A log of somebody else that we watch and cosign. `address` is where its checkpoint and tiles stand.

    Several keys of one log may stand at once, while it changes from one to another.
    """

    class Meta:
        constraints: ClassVar = _rules("witnessed_log")


class FollowedKey(AppendOnly):
    """A key of a log that we witness, to which the key before it handed over: nobody here decided it."""

    log = models.ForeignKey(WitnessedLog, models.PROTECT, related_name="followed")
    key = models.CharField(max_length=500)
    previous = models.CharField(max_length=500)
    from_size = models.BigIntegerField()
    """How many entries the first checkpoint has that it signs, and the key before it no longer alone."""
    statement = models.TextField()
    """The hand-over, signed by both."""
    followed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["log", "key"], name="key_followed_once"),
            models.UniqueConstraint(fields=["log", "previous"], name="key_followed_by_one"),
            models.UniqueConstraint(fields=["log", "from_size"], name="key_followed_at_one_size"),
            models.CheckConstraint(condition=Q(from_size__gt=0), name="key_followed_takes_over"),
        ]


class RevokedKey(AppendOnly):
    """That a key of a log that we witness counts no longer, as it says itself or one that came after it.

    Of several about one key, the smallest size counts.
    """

    log = models.ForeignKey(WitnessedLog, models.PROTECT, related_name="revoked")
    key = models.CharField(max_length=500)
    reason = one_of(Ground)
    from_size = models.BigIntegerField()
    """On checkpoints of as many entries or more."""
    since = models.DateField(null=True)
    """The day from which it may have been in other hands, as they say; null where they name none."""
    statement = models.TextField()
    """The signed note."""
    heard_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            known("reason", Ground),
            models.UniqueConstraint(
                fields=["log", "key", "from_size"], name="witnessed_key_revoked_once_from"
            ),
            models.CheckConstraint(condition=Q(from_size__gte=0), name="witnessed_key_revoked_from"),
        ]


class OwnKey(AppendOnly):
    """That we cosign with another key than before. The first, made where there was none, has no row."""

    key = models.CharField(max_length=500, unique=True)
    """The verifier-key line (C2SP tlog-cosignature), to give to whoever asks our witness."""
    made_at = models.DateTimeField()


class AskedWitness(Party):
    """Somebody who is asked to witness our log. Below `address` is `add-checkpoint` (C2SP tlog-witness)."""

    class Meta:
        constraints: ClassVar = _rules("asked_witness")


class Alarm(Mutable):
    """Two heads signed by one log that cannot both be true: both notes, kept as they came.

    For a fork `other_root` and `proof` show that the larger head grew from another root than the one that the
    smaller is signed with (RFC 9162, section 2.1.4); they are empty where both have one size.
    """

    public_id = models.CharField(max_length=22, unique=True)
    origin = models.CharField(max_length=255)
    fault = one_of(Fault)
    known = models.TextField()
    """The note that was known before, with the signature of the log."""
    shown = models.TextField()
    """The note that was shown then."""
    other_root = models.CharField(max_length=44, blank=True)
    proof = models.JSONField()
    """Hashes in base64."""
    key = models.CharField(max_length=500)
    """The key that signed both."""
    told_by = models.CharField(max_length=255)
    """Who showed it: the log itself, or the name of the witness that had seen it."""
    raised_at = models.DateTimeField()
    ended_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    note = models.TextField(null=True)  # noqa: DJ001 - a column of evidence that is empty is null

    class Meta:
        constraints: ClassVar = [
            known("fault", Fault),
            models.UniqueConstraint(
                fields=["origin"], condition=Q(ended_at=None), name="one_open_alarm_a_log"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                # The comparison alone would let a row without a time pass: it is neither true nor false.
                | Q(ended_by__isnull=False, ended_at__isnull=False, ended_at__gte=F("raised_at")),
                name="alarm_is_ended_by_somebody",
            ),
        ]


class Seen(models.Model):
    """The largest head that we have seen of a log, and when we last said so. No evidence, but a memory.

    Only ever moved on, from the very head that was compared with, before the cosignature is given: see
    `witness.seen`. It outlives the decision to witness, so that whoever is added again is not met as new.
    """

    origin = models.CharField(primary_key=True, max_length=255)
    size = models.BigIntegerField(default=0)
    root = models.CharField(max_length=64)
    note = models.TextField(blank=True)
    """The note with the signature of the log; empty before the first."""
    said_at = models.BigIntegerField(default=0)
    """The time of the newest cosignature, POSIX seconds."""
    seen_at = models.DateTimeField(null=True)
    """When the log first showed this head."""

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(size__gte=0, said_at__gte=0), name="seen_counts_up"),
        ]


class Doubted(models.Model):
    """A head signed by a log that is not compared yet with what we have seen of it; see `witness.doubts`."""

    id = models.BigAutoField(primary_key=True)
    origin = models.CharField(max_length=255)
    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    note = models.TextField()
    """The note with the signature of the log."""
    told_by = models.CharField(max_length=255)
    """The log itself, or the name of the witness that had seen it."""
    kept_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["origin", "size", "root"], name="doubted_once"),
        ]


class Awaited(models.Model):
    """A head that we know of a log, and that it does not show yet where it is looked at."""

    origin = models.CharField(primary_key=True, max_length=255)
    size = models.BigIntegerField()
    note = models.TextField()
    """The note with the signature of the log."""
    since = models.DateTimeField()
    """When we first looked and did not find it."""


class Contact(models.Model):
    """How it went when a party was last asked. `id` is the party's, or an authority's for time stamps."""

    id = models.CharField(primary_key=True, max_length=80)
    tried_at = models.DateTimeField()
    well_at = models.DateTimeField(null=True)
    """When it last went well."""
    failures = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    trouble = models.JSONField(null=True)
    """What went wrong, as `Message.to_json`."""
