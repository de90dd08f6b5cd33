"""Who is told, what is to be sent to whom, and how each try went. No evidence: it can be told again."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from masthead.language import Message
from masthead.newsroom.evidence.closed import known, one_of
from masthead.newsroom.webhooks.states import Off, State


class Endpoint(models.Model):
    """An address of other software, what it is told, and the secret with which that is signed.

    Secrets are kept sealed and shown once. `previous` is signed with too until `previous_until`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    url = models.CharField(max_length=2000)
    events = models.JSONField()
    secret = models.BinaryField()
    previous = models.BinaryField(null=True)
    previous_until = models.DateTimeField(null=True)
    active = models.BooleanField(default=True)
    off = one_of(Off, blank=True)
    """Why it is told nothing; empty while it is active."""
    made_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    from_place = models.BigIntegerField()
    """The place of the log from which on it is told."""
    failing_since = models.DateTimeField(null=True)
    """The first failure since the last success."""
    rests_until = models.DateTimeField(null=True)
    """After a failure nothing is sent before this."""

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            known("off", Off, optional=True),
            models.CheckConstraint(
                condition=Q(active=True, off="") | (Q(active=False) & ~Q(off="")),
                name="endpoint_is_off_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(previous=None, previous_until=None)
                | Q(previous__isnull=False, previous_until__isnull=False),
                name="endpoint_previous_secret_has_an_end",
            ),
        ]


class Delivery(models.Model):
    """One message to one endpoint. Its id, in `webhook-id`, and its body stay the same at every try."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="deliveries")
    place = models.BigIntegerField(null=True)
    """The place of the entry it tells of; None for a test."""
    event = models.CharField(max_length=32)
    item = models.CharField(max_length=26, blank=True)
    """The public id of the item it is about, if it is about one."""
    body = models.TextField()
    state = one_of(State, default=State.WAITING.value)
    tries = models.PositiveSmallIntegerField(default=0)
    """Since it was made, or last sent again by hand."""
    next_at = models.DateTimeField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-place", "id"]
        constraints = [
            known("state", State),
            models.UniqueConstraint("endpoint", "place", name="endpoint_is_told_once_of_an_entry"),
        ]
        indexes = [
            models.Index("endpoint", "next_at", condition=Q(state="waiting"), name="delivery_due"),
        ]

    @property
    def message_id(self) -> str:
        """The header `webhook-id`."""
        return f"msg_{self.id.hex}"


class Try(models.Model):
    """One try of a delivery: the status that came back, or what went wrong instead."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="attempts")
    tried_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    trouble = models.JSONField(null=True)
    """What went wrong, where no status came back: a message, as `Message.to_json` has it."""

    class Meta:
        ordering = ["tried_at", "id"]

    @property
    def said(self) -> Message | None:
        """What went wrong, to be shown; None where a status came back."""
        return Message.from_json(self.trouble) if self.trouble else None


class Follower(models.Model):
    """The one row that says up to where the log has been read."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    place = models.BigIntegerField(default=0)
    """The first place that was not read yet."""

    class Meta:
        constraints = [
            models.CheckConstraint(name="follower_is_one_row", condition=Q(id=1)),
        ]
