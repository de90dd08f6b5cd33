"""One process that is looked after: started, started again when it died, ended."""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic

logger = logging.getLogger("masthead.serving")

FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
"""Seconds before something that died is started again: twice as long each time."""
SETTLED = 60.0
"""Seconds after which something that runs is taken to run well."""


@dataclass(slots=True)
class Child:
    """A part of the served desk. `words` follow `python -P -m`; `grace` is how many seconds it has to end."""

    name: str
    words: tuple[str, ...]
    grace: float
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    due: float = 0.0
    """When to start it, by the steady clock."""
    begun: float = field(default=0.0)

    def start(self, environment: Mapping[str, str]) -> None:
        """Start it, in a process group of its own: Ctrl-C reaches only the one who looks after it."""
        self.process = subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, "-P", "-m", *self.words],
            env=environment,
            stdin=subprocess.DEVNULL,
            process_group=0,
        )
        self.begun = monotonic()

    def look(self) -> None:
        """Notice that it died, and set when to start it again."""
        if self.process is None or self.process.poll() is None:
            return
        now = monotonic()
        self.deaths = 1 if now - self.begun > SETTLED else self.deaths + 1
        wait = pause(self.deaths)
        self.due = now + wait
        told = {"part": self.name, "code": self.process.returncode, "starts again in seconds": wait}
        logger.error("a part ended", extra={"told": told})
        self.process = None

    def tell(self) -> None:
        """Tell it to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self) -> bool:
        """Wait until it has ended, at most `grace` seconds, then kill it. Whether it ended by itself."""
        if self.process is None:
            return True
        try:
            self.process.wait(self.grace)
        except subprocess.TimeoutExpired:
            self.kill()
            return False
        finally:
            # What it started is in its group, and ends with it.
            _kill_group(self.process.pid)
        return True

    def kill(self) -> None:
        """End it now, with what it started."""
        if self.process is not None and self.process.poll() is None:
            _kill_group(self.process.pid)
            self.process.wait()


def pause(deaths: int) -> float:
    """Seconds to wait before starting again what died for the n-th time in a row."""
    return float(min(FIRST_WAIT * 2 ** min(deaths - 1, 10), LONGEST_WAIT))


def _kill_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # nobody is left in it
        return
