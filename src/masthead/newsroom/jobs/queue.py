"""Ask for a job, and see how the queue stands."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Min, Q
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.jobs.declaring import Job
from masthead.newsroom.jobs.models import State, Ticket, Worker

if TYPE_CHECKING:
    from django.tasks.base import TaskResult

_ID = re.compile(r"[A-Za-z0-9_.:/-]{0,128}")


class Standing(StrEnum):
    """How it goes with the work that a key names."""

    NONE = "none"
    """Nothing waits: it was done, or never asked for."""
    WAITING = "waiting"
    RUNNING = "running"
    DEAD = "dead"


def enqueue(job: Job, *, key: str, after: datetime | None = None, **payload: str | int | bool | None) -> None:
    """Ask for `job`, no earlier than `after`, in the transaction that is open, if one is.

    Does nothing where one with that key waits already: it will see what this transaction changed. ValueError
    where the payload holds more than ids, TypeError where it is not what the job takes.
    """
    for name, value in payload.items():
        if isinstance(value, str) and not _ID.fullmatch(value):
            raise ValueError(f"{name} is no id: a payload holds ids only")
    now = datetime.now(UTC)
    # The lock keeps a worker from taking the one that waits before this transaction ends. Where another
    # asks at the same moment, the constraint lets one of the two through and the other looks again.
    while True:
        with transaction.atomic():
            waiting = Ticket.objects.select_for_update().filter(key=key, state=State.WAITING).first()
            if waiting is not None:
                if (after or now) < waiting.due_at:
                    waiting.due_at = after or now
                    waiting.save(update_fields=["due_at"])
                return
            try:
                with transaction.atomic():
                    _add(job, key, after or now, payload)
            except IntegrityError:
                continue
            return


def _add(job: Job, key: str, due: datetime, payload: dict[str, Any]) -> None:
    asked: TaskResult[..., Any] = job.using(run_after=due).get_backend().enqueue(job, [], payload)
    Ticket.objects.create(task=UUID(asked.id), key=key, lane=job.queue_name, due_at=due)


def standing(key: str) -> Standing:
    """How it goes with the work that `key` names."""
    states = set(Ticket.objects.filter(key=key).values_list("state", flat=True))
    for state in (State.RUNNING, State.WAITING, State.DEAD):
        if state in states:
            return Standing(state)
    return Standing.NONE


@dataclass(frozen=True, slots=True)
class Health:
    """How the queue stands. Times are UTC; None where there is none."""

    waiting: int
    """Due now and not begun."""
    waiting_since: datetime | None
    """When the oldest of them fell due."""
    running: int
    dead: int
    last_beat: datetime | None
    """When a worker last said that it is at work."""


def health() -> Health:
    """How the queue stands, in two small queries."""
    due = Q(state=State.WAITING, due_at__lte=datetime.now(UTC))
    counted = Ticket.objects.aggregate(
        waiting=Count("pk", filter=due),
        waiting_since=Min("due_at", filter=due),
        running=Count("pk", filter=Q(state=State.RUNNING)),
        dead=Count("pk", filter=Q(state=State.DEAD)),
    )
    return Health(**counted, last_beat=Worker.objects.aggregate(at=Max("seen_at"))["at"])


@dataclass(frozen=True, slots=True)
class Dead:
    """A job that was given up. `why` is the class of what it raised last; what that said is not kept."""

    id: UUID
    name: str
    key: str
    attempts: int
    why: str
    given_up_at: datetime


def dead() -> list[Dead]:
    """The jobs that were given up, newest first."""
    tickets = list(Ticket.objects.filter(state=State.DEAD).order_by("-due_at", "-id"))
    tasks = DBTaskResult.objects.in_bulk([ticket.task for ticket in tickets])
    return [
        Dead(
            ticket.task,
            task.task_path.rpartition(".")[2],
            ticket.key,
            len(task.worker_ids),
            task.exception_class_path,
            ticket.due_at,
        )
        for ticket in tickets
        if (task := tasks.get(ticket.task))
    ]


def again(id: UUID) -> None:  # noqa: A002 - the field is called so
    """Try a dead job again, with all its attempts; `NotFound` where no such job was given up."""
    with transaction.atomic():
        ticket = Ticket.objects.select_for_update().filter(task=id, state=State.DEAD).first()
        if ticket is None:
            raise NotFound(
                Message("No such job was given up."),
                Message("Look at the list again: it may be done."),
            )
        DBTaskResult.objects.filter(pk=id).update(status=TaskResultStatus.READY, worker_ids=[])
        wait(ticket, datetime.now(UTC))


def dismiss(id: UUID) -> None:  # noqa: A002 - the field is called so
    """Take a dead job off the list; nothing happens where it is not on it."""
    with transaction.atomic():
        for ticket in Ticket.objects.select_for_update().filter(task=id, state=State.DEAD):
            drop(ticket)


def wait(ticket: Ticket, due: datetime) -> None:
    """Let a ticket wait until `due`; where another waits with its key, that one stands for both."""
    try:
        with transaction.atomic():
            Ticket.objects.filter(pk=ticket.pk).update(state=State.WAITING, worker=None, due_at=due)
    except IntegrityError:
        drop(ticket)


def drop(ticket: Ticket) -> None:
    """Let go of a ticket and of what it stood for."""
    Ticket.objects.filter(pk=ticket.pk).delete()
    DBTaskResult.objects.filter(pk=ticket.task).delete()
