"""The worker: a thread for each lane, one that says "I am here", and one that looks and goes the rounds."""

import logging
import threading
from collections.abc import Callable
from time import monotonic
from uuid import UUID, uuid4

from django.db import connection
from django.utils.module_loading import autodiscover_modules

from masthead.newsroom.jobs.claiming import (
    LEASE,
    Claimed,
    Watch,
    beat,
    claim,
    done,
    failed,
    held,
    lanes_due,
    put_back,
    reap,
)
from masthead.newsroom.jobs.declaring import Job, Lane, rounds
from masthead.newsroom.jobs.models import Worker

logger = logging.getLogger("masthead.jobs")

POLL = 0.1
"""Seconds between two looks at the queue, by one thread for all lanes."""
PAUSE = 1.0
"""Seconds to wait after the database gave up."""


def work(
    stop: threading.Event, *, lease: float = LEASE, stuck: Callable[[str], object] | None = None
) -> None:
    """Do jobs and rounds until `stop` is set, then end those under way and return.

    Any number of these run at once, in threads, processes and on machines. `stuck` is called, with the job's
    name, once for a run that outlasts the job's `seconds`: a process that only works may end itself then (its
    jobs are taken over after `lease` seconds); left out, it is logged.
    """
    autodiscover_modules("jobs")
    try:
        _Worker(stop, lease, stuck or _report).run()
    finally:
        connection.close()


def work_off(lane: Lane | None = None) -> int:
    """Do, in this thread, the jobs that are due now and those they ask for; gives how many were tried."""
    autodiscover_modules("jobs")
    me = uuid4()
    beat(me)
    tried = 0
    try:
        for each in (lane,) if lane else Lane:
            while claimed := claim(me, each):
                run(claimed)
                tried += 1
    finally:
        Worker.objects.filter(pk=me, tickets=None).delete()
    return tried


def run(claimed: Claimed) -> None:
    """Do a claimed job and say how it ended. What it raises is noted, not passed on."""
    job: Job | None = None
    try:
        job = _job(claimed)
        job.call(**claimed.task.args_kwargs["kwargs"])
    except Exception as error:  # noqa: BLE001 - see below
        # Whatever it is, the job failed and the worker goes on. What it said may name someone: not logged.
        logger.warning("job %s failed: %s", claimed.task.task_path, type(error).__qualname__)
        kept = failed(claimed, error, job)
    else:
        kept = done(claimed)
    if not kept:
        logger.warning("job %s was taken over while it ran", claimed.task.task_path)


def _job(claimed: Claimed) -> Job:
    found = claimed.task.task
    if not isinstance(found, Job):
        raise ImportError(claimed.task.task_path)
    return found


def _report(name: str) -> None:
    logger.error("job %s runs for longer than it may", name)


class _Worker:
    def __init__(self, stop: threading.Event, lease: float, stuck: Callable[[str], object]) -> None:
        self.id: UUID = uuid4()
        self._stop = stop
        self._lease = lease
        self._stuck = stuck
        self._ended = threading.Event()
        self._running: dict[Lane, tuple[Claimed, float]] = {}
        self._due = {lane: threading.Event() for lane in Lane}

    def run(self) -> None:
        beat(self.id)
        heart = threading.Thread(target=self._keep_beating, name="masthead-heart")
        lanes = [threading.Thread(target=self._work, args=(lane,), name=f"masthead-{lane}") for lane in Lane]
        for thread in (heart, *lanes):
            thread.start()
        try:
            self._look_around()
        finally:
            self._stop.set()
            for due in self._due.values():
                due.set()
            for thread in lanes:
                thread.join()
            self._ended.set()
            heart.join()
        Worker.objects.filter(pk=self.id, tickets=None).delete()

    def _work(self, lane: Lane) -> None:
        self._until(self._stop, self._due[lane], PAUSE, lambda: self._take_one(lane))

    def _take_one(self, lane: Lane) -> bool:
        self._due[lane].clear()  # before the look: what is said after it is not lost
        claimed = claim(self.id, lane)
        if claimed is None:
            return False
        self._running[lane] = claimed, monotonic()
        try:
            run(claimed)
        finally:
            del self._running[lane]
        return True

    def _keep_beating(self) -> None:
        watch, told, dropped = Watch(self._lease), set[int](), set[int]()

        def once() -> bool:
            nonlocal dropped
            beat(self.id)
            reap(watch)
            # Where the database gave up just as a job ended, nobody else would look after it: we still live.
            running = {claimed.ticket.pk for claimed, _ in list(self._running.values())}
            still = held(self.id) - running
            put_back(self.id, still & dropped)
            dropped = still
            self._look_for_stuck(told)
            return False

        self._until(self._ended, self._ended, self._lease / 6, once)

    def _look_for_stuck(self, told: set[int]) -> None:
        for claimed, since in list(self._running.values()):
            job = claimed.task.task
            over = isinstance(job, Job) and monotonic() - since > job.seconds
            if over and claimed.ticket.pk not in told:
                told.add(claimed.ticket.pk)
                self._stuck(job.name)

    def _look_around(self) -> None:
        next_at = dict.fromkeys(rounds(), 0.0)

        def once() -> bool:
            for lane in lanes_due():
                self._due[lane].set()
            for each, seconds in rounds().items():
                if monotonic() >= next_at.get(each, 0.0):
                    next_at[each] = monotonic() + seconds
                    _quietly(each)
            return False

        self._until(self._stop, self._stop, POLL, once)

    def _until(
        self, end: threading.Event, wake: threading.Event, pause: float, step: Callable[[], bool]
    ) -> None:
        """Take `step` again and again until `end`; where it found nothing, wait for `wake` or `pause`."""
        try:
            while not end.is_set():
                worked = _quietly(step)
                if worked is None:
                    connection.close()
                    end.wait(PAUSE)
                elif not worked:
                    wake.wait(pause)
        finally:
            connection.close()


def _quietly[Found](step: Callable[[], Found]) -> Found | None:
    """What `step` gives; None, and its name in the log, where it raised."""
    try:
        return step()
    except Exception as error:
        # The database is away, or a round has a mistake: neither may end the worker.
        name = getattr(step, "__qualname__", "a step")
        logger.exception("%s failed: %s", name, type(error).__qualname__, exc_info=False)
        return None
