"""Which jobs wait, which run and in whose hands, which were given up. No evidence: rows go when work is done.

What a job is to do stands in django-tasks-db's table, under the id that a ticket holds.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DEAD = "dead"


class Worker(models.Model):
    """A worker that is at work, and when it last said so."""

    id = models.UUIDField(primary_key=True)
    seen_at = models.DateTimeField()


class Ticket(models.Model):
    """One job's turn. The database holds each key to one that waits and one that runs."""

    task = models.UUIDField(unique=True)
    key = models.CharField(max_length=200)
    lane = models.CharField(max_length=16)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    """When it may be done at the earliest; once dead, when it was given up."""
    worker = models.ForeignKey(Worker, models.PROTECT, null=True, related_name="tickets")

    class Meta:
        indexes: ClassVar = [
            models.Index("lane", "due_at", "id", condition=Q(state="waiting"), name="ticket_next"),
            models.Index("key", name="ticket_of_key"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="running", worker__isnull=False)
                | Q(state__in=["waiting", "dead"], worker=None),
                name="ticket_is_held_while_it_runs",
            ),
            models.UniqueConstraint("key", condition=Q(state="waiting"), name="ticket_waits_once_for_a_key"),
            models.UniqueConstraint("key", condition=Q(state="running"), name="ticket_runs_once_for_a_key"),
        ]
