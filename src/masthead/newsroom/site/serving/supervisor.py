"""Looks after the processes of a served desk, and loads nothing that could break it.

What dies is started again, later and later. Told to end, it ends the web first, so that requests under way
finish and what they ask for is enqueued; then worker and clock. None outlives it, even where it is killed:
each asked the kernel to be told.
"""

import logging
import os
import select
import signal
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from time import monotonic

from masthead.newsroom.site.serving.child import Child
from masthead.newsroom.site.serving.ending import SERVED_BY, Told

logger = logging.getLogger("masthead.serving")

LOOK_EVERY = 0.1
"""Seconds between two looks whether the web answers yet."""
_ROOM = "masthead.newsroom.site.serving"


def children(host: str, port: int) -> tuple[Child, ...]:
    """The parts of a served desk, in the order in which they end."""
    return (
        Child("web", (f"{_ROOM}.web", host, str(port)), grace=20),
        Child("worker", (f"{_ROOM}.worker",), grace=30),
        Child("clock", (f"{_ROOM}.clock",), grace=30),
    )


class Supervisor:
    """Runs the parts of a desk that answers on `host` and `port`; `up` is called once it does."""

    def __init__(self, host: str, port: int, environment: Mapping[str, str], up: Callable[[], None]) -> None:
        self._address = (host, port)
        self._children = children(host, port)
        self._environment = {**environment, SERVED_BY: str(os.getpid())}
        self._up: Callable[[], None] | None = up

    def run(self) -> None:
        """Serve until told to end (SIGTERM, SIGINT, SIGHUP), then end everything in order."""
        ends = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
        told = Told(*ends, signal.SIGCHLD)
        try:
            while True:
                self._look()
                ready, _, _ = select.select([told], [], [], self._pause())
                if ready and told.read() & {*map(int, ends)}:
                    break
        finally:
            self._end(told)

    def _look(self) -> None:
        for child in self._children:
            child.look()
            if child.process is None and monotonic() >= child.due:
                child.start(self._environment)
        if self._up is not None and answers(*self._address):
            self._up()
            self._up = None
            notify("READY=1")

    def _pause(self) -> float | None:
        if self._up is not None:
            return LOOK_EVERY
        waits = [child.due - monotonic() for child in self._children if child.process is None]
        return max(0.0, min(waits)) if waits else None

    def _end(self, told: Told) -> None:
        """A second signal meanwhile means: now."""
        notify("STOPPING=1")

        def now(number: int, frame: object) -> None:
            for child in self._children:
                child.kill()

        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, now)
        web, *others = self._children
        for group in ([web], others):
            for child in group:
                child.tell()
            for child in group:
                if not child.end():
                    logger.error("a part had to be killed", extra={"told": {"part": child.name}})


def answers(host: str, port: int) -> bool:
    """Whether a web server answers there, whatever it says."""
    asking = HTTPConnection(_reachable(host), port, timeout=5)
    try:
        asking.request("GET", "/health", headers={"Host": "localhost"})
        return asking.getresponse().status > 0
    except (OSError, HTTPException):
        return False
    finally:
        asking.close()


def _reachable(host: str) -> str:
    """Where to reach, on this machine, who listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - read, not bound


def notify(state: str) -> None:
    """Tell systemd how it goes, where it asks (sd_notify(3)); nobody hearing it stops nothing."""
    where = os.environ.get("NOTIFY_SOCKET", "")
    if where:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out, suppress(OSError):
            out.sendto(state.encode(), "\0" + where[1:] if where[0] == "@" else where)
