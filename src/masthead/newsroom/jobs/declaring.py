"""How an app says what can be done later, and what is to be done every so often."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.tasks.base import Task


class Lane(StrEnum):
    """Jobs of one lane are done one after the other by a worker; lanes do not wait for each other."""

    DESK = "desk"
    """What a person at the desk waits for."""
    POST = "post"
    """What goes out to the network and may wait long for an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Task):  # type: ignore[type-arg]  # generic for the checker alone
    """A task of Django's, with how often it is tried and how long one run may take."""

    attempts: int = 5
    seconds: int = 300

    def enqueue(self, *args: Any, **payload: Any) -> Any:
        """TypeError: a job is asked for through `jobs.enqueue`, which gives it a key."""
        raise TypeError("ask for a job with masthead.newsroom.jobs.enqueue(job, key=…, …)")


def job(
    *, attempts: int = 5, seconds: int = 300, lane: Lane = Lane.DESK
) -> Callable[[Callable[..., None]], Job]:
    """Declare a function of a module as a job.

    It is tried at most `attempts` times. A run longer than `seconds` is reported as stuck (see `work`); a
    thread cannot be ended from outside, so what parses others' files belongs in `masthead.runner`'s child,
    which has limits of time and memory.
    """
    return lambda function: Job(func=function, queue_name=lane.value, attempts=attempts, seconds=seconds)


type Round = Callable[[], object]

_rounds: dict[Round, float] = {}


def regularly(seconds: float) -> Callable[[Round], Round]:
    """Have each worker call this about every `seconds` seconds, and once when it begins.

    Several workers do so at once: it is a cheap look and bears being done twice. What it raises is logged.
    """

    def keep(function: Round) -> Round:
        _rounds[function] = seconds
        return function

    return keep


def rounds() -> dict[Round, float]:
    """What is to be done regularly, and every how many seconds."""
    return dict(_rounds)
