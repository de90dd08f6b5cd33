"""Work that waits for nobody at the door: enqueued with the change that asks for it, done by a worker.

Declare a job in the `jobs.py` of an app; its payload is ids, never names, texts or addresses:

    from masthead.newsroom.jobs import Lane, job, regularly

    @job(attempts=5, seconds=300)
    def check_version(version: str, person: str) -> None: ...

Ask for it from a command or a view, in the transaction that makes the change where there is one:

    enqueue(check_version, key=f"check:{version.id}", version=str(version.id), person=str(actor.person_id))

The key says what the work is about. While a job with a key waits, asking again adds none; while one runs, the
next waits until it has ended, so that it sees what changed meanwhile. A job may be done more than once (a
worker is killed after the work and before the note of it), so it is written to bear that. What it raises is
tried again later and later, up to `attempts`; a refusal (`NotFound`, `Refused` but for `Stale`) is final.
What is given up stays on show: `dead()`, `again(id)`, `dismiss(id)`.

`standing(key)` tells a page that polls how it goes. `work(stop)` is the worker's loop, as many at once as you
like; `work_off()` does what is due here and now, for tests and the terminal. `@regularly(seconds)` marks what
a worker does every so often, such as looking for what is overdue: that is a query, not a job.

Needs the settings of the served desk (`site.web`): the terminal does without and starts quicker.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from masthead.newsroom.jobs.claiming import reap
    from masthead.newsroom.jobs.declaring import Job, Lane, job, regularly
    from masthead.newsroom.jobs.queue import (
        Dead,
        Health,
        Standing,
        again,
        dead,
        dismiss,
        enqueue,
        health,
        standing,
    )
    from masthead.newsroom.jobs.working import work, work_off

__all__ = [
    "Dead",
    "Health",
    "Job",
    "Lane",
    "Standing",
    "again",
    "dead",
    "dismiss",
    "enqueue",
    "health",
    "job",
    "reap",
    "regularly",
    "standing",
    "work",
    "work_off",
]

_ROOMS = ("declaring", "queue", "claiming", "working")


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: Django loads this package before it knows its tables."""
    if name in __all__:
        for room in _ROOMS:
            module = import_module(f"{__name__}.{room}")
            if name in vars(module) and getattr(vars(module)[name], "__module__", "") == module.__name__:
                return vars(module)[name]
    raise AttributeError(name)
