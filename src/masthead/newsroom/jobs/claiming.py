"""Take a job, and say how it ended. Each is one short transaction; a worker killed between two loses none."""

import traceback
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from masthead.errors import CannotRead, MastheadError, NotFound, Refused, Stale
from masthead.newsroom.jobs.declaring import Job, Lane
from masthead.newsroom.jobs.models import State, Ticket, Worker
from masthead.newsroom.jobs.queue import drop, wait

type Row = DBTaskResult[..., Any]

LEASE = 30.0
"""Seconds for which a worker may say nothing before its jobs are another's."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job in the hands of one worker."""

    ticket: Ticket
    task: Row
    worker: UUID


def lanes_due() -> set[Lane]:
    """The lanes in which something is due. Asked ten times a second: one statement, ready made."""
    now = connection.ops.adapt_datetimefield_value(datetime.now(UTC))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT lane FROM jobs_ticket WHERE state = 'waiting' AND due_at <= %s", [now]
        )
        return {Lane(lane) for (lane,) in cursor.fetchall()}


def claim(worker: UUID, lane: Lane) -> Claimed | None:
    """Take the job of `lane` that has been due longest; None where there is none.

    Never one whose key runs already. Two workers never get the same: PostgreSQL skips what another has
    locked, SQLite begins with its one write lock. An empty queue costs one SELECT and no lock.
    """
    same = Ticket.objects.filter(key=OuterRef("key"), state=State.RUNNING)
    free = Ticket.objects.filter(state=State.WAITING, lane=lane, due_at__lte=datetime.now(UTC))
    free = free.filter(~Exists(same)).order_by("due_at", "id")
    if not free.exists():
        return None
    with transaction.atomic():
        ticket = free.select_for_update(skip_locked=True).first()
        if ticket is None:
            return None
        ticket.state, ticket.worker_id = State.RUNNING, worker
        ticket.save(update_fields=["state", "worker"])
        task = DBTaskResult.objects.get(pk=ticket.task)
        task.claim(str(worker))
    return Claimed(ticket, task, worker)


def done(claimed: Claimed) -> bool:
    """Put away a job that is done, and what was given up under its key.

    False where it is another's by now.
    """
    with transaction.atomic():
        if not _held(claimed):
            return False
        drop(claimed.ticket)
        for given_up in Ticket.objects.filter(key=claimed.ticket.key, state=State.DEAD):
            drop(given_up)
    return True


def failed(claimed: Claimed, error: Exception, job: Job | None) -> bool:
    """Let a job wait that raised `error`, or give it up. False where it is another's by now.

    Only the class of the error and where it was raised are kept: what it says may name someone.
    """
    task = claimed.task
    task.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    task.traceback = "".join(traceback.format_tb(error.__traceback__))
    final = isinstance(error, NotFound | CannotRead | Refused) and not isinstance(error, Stale)
    with transaction.atomic():
        if not _held(claimed):
            return False
        if job is None or final or len(task.worker_ids) >= job.attempts:
            _give_up(claimed.ticket, task)
        else:
            _try_again(claimed.ticket, task)
    return True


def _held(claimed: Claimed) -> bool:
    mine = Ticket.objects.select_for_update().filter(
        pk=claimed.ticket.pk, worker=claimed.worker, state=State.RUNNING
    )
    return mine.first() is not None


def _try_again(ticket: Ticket, task: Row) -> None:
    task.status = TaskResultStatus.READY
    task.save(update_fields=["status", "exception_class_path", "traceback"])
    wait(ticket, datetime.now(UTC) + backoff(len(task.worker_ids)))


def _give_up(ticket: Ticket, task: Row) -> None:
    now = datetime.now(UTC)
    task.status, task.finished_at = TaskResultStatus.FAILED, now
    task.save(update_fields=["status", "finished_at", "exception_class_path", "traceback"])
    Ticket.objects.filter(pk=ticket.pk).update(state=State.DEAD, worker=None, due_at=now)


def backoff(attempts: int) -> timedelta:
    """How long a job waits after its n-th attempt: 1 s, 4 s, 16 s and so on, at most an hour."""
    return timedelta(seconds=min(4 ** (attempts - 1), 3600))


def beat(worker: UUID) -> None:
    """Say that this worker is at work."""
    Worker.objects.update_or_create(pk=worker, defaults={"seen_at": datetime.now(UTC)})


class WorkerKilled(MastheadError):
    """The worker that held a job was killed, or said nothing for too long."""


@dataclass(slots=True)
class Watch:
    """What one worker has seen of the others. It compares no clocks: machines' differ, and they are set."""

    lease: float = LEASE
    _seen: dict[UUID, tuple[datetime, float]] = field(default_factory=dict)

    def silent(self) -> list[Worker]:
        """Those who have said nothing new for a lease, by our own steady clock, since we first looked."""
        now = monotonic()
        workers = list(Worker.objects.all())
        self._seen = {
            each.pk: (each.seen_at, known[1] if known and known[0] == each.seen_at else now)
            for each in workers
            for known in [self._seen.get(each.pk)]
        }
        return [each for each in workers if now - self._seen[each.pk][1] >= self.lease]


def reap(watch: Watch) -> int:
    """Take the jobs of silent workers out of their hands; gives how many. Once more and they are tried again.

    A job whose worker was killed counts an attempt: one that kills its worker each time is given up.
    """
    return sum(_bury(worker) for worker in watch.silent())


def held(worker: UUID) -> set[int]:
    """The tickets in the hands of `worker`."""
    return set(Ticket.objects.filter(worker=worker, state=State.RUNNING).values_list("pk", flat=True))


def put_back(worker: UUID, tickets: set[int]) -> None:
    """Let those of these tickets wait again that are in the hands of `worker`, which does not do them."""
    for pk in tickets:
        with transaction.atomic():
            mine = Ticket.objects.select_for_update().filter(pk=pk, worker=worker, state=State.RUNNING)
            if (ticket := mine.first()) is not None:
                _take_back(ticket)


def _bury(worker: Worker) -> int:
    with transaction.atomic():
        # Said something meanwhile, or another worker was quicker: then it is not ours to do.
        if not Worker.objects.select_for_update().filter(pk=worker.pk, seen_at=worker.seen_at).exists():
            return 0
        tickets = list(Ticket.objects.filter(worker=worker, state=State.RUNNING))
        for ticket in tickets:
            _take_back(ticket)
        worker.delete()
    return len(tickets)


def _take_back(ticket: Ticket) -> None:
    task = DBTaskResult.objects.get(pk=ticket.task)
    task.exception_class_path = f"{WorkerKilled.__module__}.{WorkerKilled.__qualname__}"
    task.traceback = ""
    if len(task.worker_ids) >= _attempts(task):
        _give_up(ticket, task)
    else:
        _try_again(ticket, task)


def _attempts(task: Row) -> int:
    try:
        job = task.task
    except ImportError:
        return 0
    return job.attempts if isinstance(job, Job) else 0
