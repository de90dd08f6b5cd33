"""Calls to the one warm child of this process."""

import atexit
import os
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from masthead import errors
from masthead.errors import MastheadError
from masthead.language import Message
from masthead.runner.allowed import target
from masthead.runner.failure import Failed, Reason
from masthead.runner.frames import Json
from masthead.runner.process import Child

SECONDS = 30.0
MEMORY = 1_500_000_000
LARGEST_REPLY = 256_000_000
CALLS_EACH = 500
"""After so many calls a child gives way to a fresh one: parsers leak."""


class _Desk:
    """Holds the child; one call at a time."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.child: Child | None = None

    def ready(self) -> Child:
        if self.child is not None and not self.child.alive:
            self.dismiss()
        if self.child is None:
            self.child = Child()
        return self.child

    def dismiss(self) -> None:
        child, self.child = self.child, None
        if child is not None:
            child.end()


_desk = _Desk()


def call(
    function: str,
    header: Mapping[str, Any],
    *blobs: bytes,
    seconds: float = SECONDS,
    memory: int = MEMORY,
    largest: int = LARGEST_REPLY,
) -> tuple[Json, list[bytes]]:
    """What the registered `function` gives for `header` and `blobs`, run in the child.

    `seconds` of wall-clock time, from when the child is free; `memory` in bytes beyond what the idle child
    holds (where the system can limit it); `largest` in bytes for the answer. Safe to call from any thread.

    Raises:
        KeyError: nobody registered `function`.
        MastheadError: as the function raised it.
        Failed: no result came; see its `reason`. The next call works.

    """
    question = {"target": target(function), "header": dict(header), "seconds": seconds, "memory": memory}
    with _desk.lock:
        child = _desk.ready()
        try:
            answer, results = child.ask(question, blobs, seconds, largest)
        except BaseException:
            _desk.dismiss()
            raise
        if "failed" in answer or child.asked >= CALLS_EACH or child.peak > memory // 2:
            _desk.dismiss()
    return _result(answer), results


def close() -> None:
    """End the child, if there is one; the next call starts another."""
    with _desk.lock:
        _desk.dismiss()


def _result(answer: Json) -> Json:
    if "refused" in answer:
        raise _refusal(answer)
    if "failed" in answer:
        raise Failed(Reason.MEMORY if answer["failed"] == "memory" else Reason.ERROR)
    result = answer.get("result")
    if not isinstance(result, dict):
        raise Failed(Reason.REPLY)
    return result


def _refusal(answer: Json) -> MastheadError:
    """The error the function raised, put together again."""
    kind = getattr(errors, str(answer["refused"]), None)
    try:
        what, remedy = Message.from_json(answer["what"]), Message.from_json(answer["remedy"])
        str(what), str(remedy)
    except (KeyError, TypeError, ValueError, AttributeError):
        return Failed(Reason.REPLY)
    if isinstance(kind, type) and issubclass(kind, MastheadError):
        return kind(what, remedy)
    return Failed(Reason.ERROR)


def _after_fork() -> None:
    """A forked copy of this process leaves the child to the original."""
    global _desk
    if _desk.child is not None:
        _desk.child.let_go()
    _kept.append(_desk)
    _desk = _Desk()


_kept: list[_Desk] = []


@atexit.register
def _at_exit() -> None:
    """Leave no child behind; a call that still runs in some thread is not waited for."""
    child = _desk.child
    if child is not None:
        with suppress(OSError):
            child.end()


with suppress(AttributeError):
    os.register_at_fork(after_in_child=_after_fork)
