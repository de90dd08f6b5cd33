"""How far one check goes: its time, and how many findings it lists."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from masthead.checks.finding import Finding, Outcome, in_reading_order
from masthead.errors import Unavailable
from masthead.language import Message
from masthead.vocabulary import Level

SECONDS = 60.0
"""CPU time of one check: many times what a book with a book for its source takes."""
MOST = 500
"""Findings that one check lists; nobody reads more before mending these."""

_ends: ContextVar[float | None] = ContextVar("ends", default=None)
_WORST = (Level.ERROR, Level.WARNING, Level.NOTE)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Have `go_on` refuse once this thread has worked for so many seconds more."""
    before = _ends.set(time.thread_time() + seconds)
    try:
        yield
    finally:
        _ends.reset(before)


def go_on() -> None:
    """Asked by a check before each step. Raises `Unavailable` where its time is over."""
    ends = _ends.get()
    if ends is not None and time.thread_time() >= ends:
        raise Unavailable(
            Message("The check took longer than it may for one text."),
            Message("Bring the text in parts, or shorten its sources."),
        )


def listed(check: str, outcome: Outcome) -> Outcome:
    """The outcome with its first findings; how many more there are is a finding, as grave as they."""
    if len(outcome.findings) <= MOST:
        return outcome
    ordered = in_reading_order(outcome.findings)
    more = ordered[MOST:]
    worst = next((level for level in _WORST if any(each.level is level for each in more)), Level.ERROR)
    said = Message(
        "%(n)d more finding is not listed. Mend those listed, then check again.",
        {"n": len(more)},
        "%(n)d more findings are not listed. Mend those listed, then check again.",
    )
    return Outcome((*ordered[:MOST], Finding(check, "more", worst, said)), outcome.counts)
