"""The parent's side of one child: start it, put one question to it, end it."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress

from masthead.runner import frames
from masthead.runner.failure import Failed, Reason
from masthead.runner.frames import Json

_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from masthead.runner.child import main; main()"
)
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""All that a parser may need to know; passwords and addresses of databases stay out of its reach."""


KEPT = 16_000_000
"""Bytes of shared memory that stay with a child between questions."""


class Child:
    """One running child. Not thread-safe: its caller holds a lock. After `Failed` it is ended."""

    def __init__(self) -> None:
        """Start it. It is ready once it has loaded, which the first question waits for."""
        path = json.dumps([entry for entry in sys.path if entry])
        self._shared = _memory()
        passed = () if self._shared is None else (self._shared,)
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
                [sys.executable, "-I", "-c", _BOOT, path, *map(str, passed)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                cwd="/",
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
                start_new_session=True,
                pass_fds=passed,
            )
        except OSError as error:
            self._forget_memory()
            raise Failed(Reason.START) from error
        self.asked = 0
        self.peak = 0
        self._late = False

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def ask(
        self, question: Json, blobs: Sequence[bytes], seconds: float, largest: int
    ) -> tuple[Json, list[bytes]]:
        """Its answer, at most `largest` bytes, within `seconds`."""
        self.asked += 1
        clock = threading.Timer(seconds, self._expire)
        clock.daemon = True
        clock.start()
        try:
            frames.write(self._stdin, question, blobs, self._shared)
            answer, results = frames.read(self._stdout, largest)
            self._spare_memory()
            self.peak = int(answer.pop("peak", 0))
        except (OSError, EOFError):
            self.end()
            raise Failed(Reason.TIME if self._late else Reason.ENDED) from None
        except (frames.Garbled, TypeError, ValueError) as error:
            self.end()
            raise Failed(Reason.SIZE if isinstance(error, frames.TooLarge) else Reason.REPLY) from None
        except BaseException:
            self.end()
            raise
        finally:
            clock.cancel()
            clock.join()
        return answer, results

    def _expire(self) -> None:
        self._late = True
        self._kill()

    def _kill(self) -> None:
        """End it with everything it started."""
        if self.alive:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """End it now, whatever it does, and wait until it is gone."""
        self._kill()
        self._process.wait()
        self.let_go()

    def let_go(self) -> None:
        """Close our ends of the pipes; an idle child ends by itself."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._forget_memory()

    def _spare_memory(self) -> None:
        """Give back what a large question took; a little stays, for fresh pages cost more than copying."""
        if self._shared is not None and os.fstat(self._shared).st_size > KEPT:
            os.ftruncate(self._shared, KEPT)

    def _forget_memory(self) -> None:
        if self._shared is not None:
            os.close(self._shared)
            self._shared = None

    @property
    def _stdin(self) -> int:
        assert self._process.stdin is not None  # noqa: S101 - opened above
        return self._process.stdin.fileno()

    @property
    def _stdout(self) -> int:
        assert self._process.stdout is not None  # noqa: S101 - opened above
        return self._process.stdout.fileno()


def _memory() -> int | None:
    """A file that is memory alone, to share with the child; None where the system has no such thing."""
    if not hasattr(os, "memfd_create"):
        return None
    try:
        return os.memfd_create("masthead", os.MFD_CLOEXEC)
    except OSError:
        return None
