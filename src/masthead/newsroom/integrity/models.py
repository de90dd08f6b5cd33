"""What persons said of a record that was found damaged, or was put back from a backup: never changed."""

from django.db import models
from django.db.models import Q

from masthead.newsroom.evidence.vouched import AppendOnly


class Restoration(AppendOnly):
    """A person put right what was found. `damage` holds the SHA-256 of each file of evidence kept."""

    damage = models.JSONField()
    note = models.TextField(blank=True)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(damage=[]), name="restoration_of_something_found"),
        ]
