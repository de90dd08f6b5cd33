"""Tokens, other software's names for items, and requests already done. None of it is evidence."""

from django.db import models
from django.db.models import Q

from masthead.newsroom.evidence.vouched import new_id


class Token(models.Model):
    """A key for other software, which acts for a person. Of the secret only a hash is kept.

    `digest` is empty until the person it acts for has taken it; days are no finer than a day, so that nobody
    is watched by them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=100)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="tokens")
    scopes = models.JSONField()
    made_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    made_on = models.DateField()
    expires_on = models.DateField()
    """The last day it may be used."""
    digest = models.CharField(max_length=64, blank=True)
    ending = models.CharField(max_length=4, blank=True)
    """Its last four characters, by which people tell tokens apart."""
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="token_is_named"),
            models.CheckConstraint(
                condition=Q(digest="") | Q(digest__regex="^[0-9a-f]{64}$"), name="token_keeps_a_hash"
            ),
            models.UniqueConstraint("digest", condition=~Q(digest=""), name="token_is_one"),
        ]


class ExternalId(models.Model):
    """What other software calls an item: written in the transaction that brings the item in."""

    source = models.CharField(max_length=40)
    external_id = models.CharField(max_length=200)
    item = models.ForeignKey("items.Item", models.PROTECT, related_name="external_ids")

    class Meta:
        ordering = ["source", "external_id"]
        constraints = [
            models.UniqueConstraint("source", "external_id", name="external_id_names_one_item"),
            models.CheckConstraint(condition=~Q(source="") & ~Q(external_id=""), name="external_id_is_named"),
        ]


class Done(models.Model):
    """A request under an idempotency key: in hand, or done with its answer.

    `places` are those of the entries recorded for it, written in the transaction of each; so that after a
    crash what was recorded is not done again.
    """

    token = models.ForeignKey(Token, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    begun_at = models.DateTimeField()
    places = models.JSONField(default=list)
    status = models.PositiveSmallIntegerField(null=True)
    """The HTTP status of the answer; none while the request is in hand."""
    answer = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index("begun_at", name="done_by_age")]
        constraints = [models.UniqueConstraint("token", "key", name="request_is_done_once")]
