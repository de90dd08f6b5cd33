"""How a served process ends: when it is told to, and when whoever started it is gone."""

import ctypes
import os
import signal
import sys
import threading
import time

SERVED_BY = "MASTHEAD_SERVED_BY"
"""The environment variable with the process id of whoever looks after this process."""
PR_SET_PDEATHSIG = 1
LOOK_EVERY = 1.0


def end_with(parent: int) -> None:
    """Have this process told to end (SIGTERM) when `parent`, which started it, is gone however it went.

    On Linux the kernel does it; elsewhere a thread looks.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    else:
        threading.Thread(target=_look, args=(parent,), daemon=True, name="masthead-parent").start()
    if os.getppid() != parent:  # gone before we asked
        os.kill(os.getpid(), signal.SIGTERM)


def end_with_supervisor() -> None:
    """The same for a process that the supervisor started; nothing where it was started by hand."""
    if SERVED_BY in os.environ:
        end_with(int(os.environ[SERVED_BY]))


def _look(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)


class Told:
    """Waits, in the main thread, until this process is told to end.

    A handler that took a lock could meet the code it interrupts holding it, so the handlers do nothing: the
    interpreter writes the signal's number into a pipe, and the pipe is read.
    """

    def __init__(self, *signals: signal.Signals) -> None:
        self._read, self._write = os.pipe()
        os.set_blocking(self._write, False)
        signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        for each in signals or (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, _nothing)

    def fileno(self) -> int:
        """The end to read, for `select`."""
        return self._read

    def read(self) -> set[int]:
        """The signals that came; waits for one. 0 stands for `wake`."""
        return set(os.read(self._read, 512))

    def wake(self) -> None:
        """End a `read` from another thread."""
        os.write(self._write, b"\0")


def _nothing(number: int, frame: object) -> None:
    """Take note only: `Told` reads of it."""
