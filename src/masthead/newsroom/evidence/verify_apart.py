"""Stretches of a long log looked at by several processes at once, each with a connection of its own.

The one that asked gives them out, and looks at some itself: whoever is done with a stretch takes the next, so
that none waits while another works. Each of the others gets one at least, once it has begun; the first looks
before that whether all rows are vouched for. The one that asked puts what it hears in order; nobody gets far
ahead, and memory stays flat. What others find out of the ordinary is looked at closely by the one that asked.

The others are new processes, not forks: a connection must not be shared. They are told which database it is,
through a pipe, for the address may hold a password; they cannot write to it. One that ends before it is done,
however it went, leaves the log unverified: that is raised, and never passes for a log that is intact. One
that is stopped or hangs is not waited for: it is ended, and the one that asked looks at its stretches. When
whoever asked is gone, there is no next stretch for them, and they end.
"""

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from selectors import EVENT_READ, DefaultSelector
from typing import IO

from django.db import connection

from masthead.errors import Unavailable
from masthead.language import Message
from masthead.newsroom.evidence.raw import Alike
from masthead.newsroom.evidence.verify_quick import STRETCH, Agreed, agreed
from masthead.tlog.hashes import HASH_BYTES

PART = "masthead.newsroom.evidence.verify_part"
RECORD = "masthead.newsroom.site.settings"
"""The settings of the record alone: what pages need besides takes as long again to load."""

type HowMany = Callable[[int], int]
"""How many processes verify a log of so many entries."""

LONG = 100_000
"""Entries from which several processes are sooner done than one: each takes half a second to begin."""
MOST = 8
GIVEN = 3
"""Stretches that another process has at once: it looks at one, and does not wait for the next."""
AHEAD = 8
"""Stretches for each process that may be looked at before one whose turn is earlier."""
SILENCE = 30.0
"""Seconds for which the others may say nothing while there is nothing to do but wait for them."""
BEGUN = b"begun\n"
"""What another process says first."""
_AT_ONCE = 1 << 16
VOUCHED = b"begun, and all rows are vouched for\n"
"""What it says where it looked at them, and that is so."""


def one(size: int) -> int:
    """This one alone, whatever the size."""
    del size
    return 1


def one_a_core(size: int) -> int:
    """As many as there are cores for us, where the log is long: for somebody who waits."""
    return min(_cores(), MOST) if size >= LONG else 1


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def looked(
    size: int, processes: int, all_vouched: Callable[[], None] = lambda: None, silence: float = SILENCE
) -> Generator[tuple[int, Agreed | None]]:
    """Where each stretch of a log of `size` entries begins, and what it came to: in order, as asked for.

    Calls `all_vouched` where another process found no row without an entry. `Unavailable` where a process
    ended before it was done; one that is silent for longer than `silence` is not waited for.
    """
    # What a transaction has not committed yet, no other connection sees.
    others = 0 if connection.in_atomic_block else max(processes, 1) - 1
    with ExitStack() as stack:
        parts = [
            _Part(stack.enter_context(_started(rows=not number)), all_vouched) for number in range(others)
        ]
        yield from _Shared(size, parts, stack.enter_context(DefaultSelector()), silence).in_order()


class _Shared:
    """Stretches shared out among this process and others."""

    def __init__(
        self, size: int, parts: "Sequence[_Part]", selector: DefaultSelector, silence: float
    ) -> None:
        self._size = size
        # Never written out: a damaged head may count any number of entries.
        self._left = range(0, size, STRETCH)
        self._found: dict[int, Agreed | None] = {}
        self._back: deque[tuple[int, int]] = deque()
        """Stretches of those that are not waited for any more."""
        self._parts = [*parts]
        self._alike = Alike()
        self._selector = selector
        self._silence = silence
        for part in parts:
            selector.register(part.file, EVENT_READ, part)

    def in_order(self) -> Iterator[tuple[int, Agreed | None]]:
        for due in range(0, self._size, STRETCH):
            self._hear(due, 0)
            while due not in self._found:
                if self._back or self._may_give(due):
                    start, end = self._back.popleft() if self._back else self._next()
                    self._found[start] = agreed(start, end, self._alike)
                    self._hear(due, 0)
                elif not self._hear(due, self._silence):
                    self._wait_no_longer()
            yield due, self._found.pop(due)

    def _next(self) -> tuple[int, int]:
        start, self._left = self._left[0], self._left[1:]
        return start, min(start + STRETCH, self._size)

    def _may_give(self, due: int) -> bool:
        """Whether there is a stretch left for who had one before: each of the others gets one at least."""
        waiting = sum(not part.had_one for part in self._parts)
        return len(self._left) > waiting and self._left[0] < due + AHEAD * STRETCH * (len(self._parts) + 1)

    def _hear(self, due: int, seconds: float) -> bool:
        """What the others say meanwhile, if anything; then each has something to do, as far as there is."""
        heard = self._selector.select(seconds)
        for key, _ in heard:
            self._found.update(key.data.said())
        for part in self._parts:
            while part.begun and len(part.given) < GIVEN and self._left:
                if part.had_one and not self._may_give(due):
                    break
                part.give(*self._next())
        return bool(heard)

    def _wait_no_longer(self) -> None:
        """End those that should have said something, and take back what they were to look at."""
        for part in [each for each in self._parts if each.given or not each.begun]:
            self._selector.unregister(part.file)
            self._parts.remove(part)
            self._back += part.end()


class _Part:
    """Another process, and the stretches that it has been given."""

    def __init__(self, process: subprocess.Popen[bytes], all_vouched: Callable[[], None]) -> None:
        self._process = process
        self._all_vouched = all_vouched
        self.file = _pipe(process.stdout)
        self._unread = b""
        self.given: deque[tuple[int, int]] = deque()
        self.begun = False
        self.had_one = False

    def give(self, start: int, end: int) -> None:
        """Have it look at the entries from `start` up to `end`."""
        self.had_one = True
        self.given.append((start, end))
        _tell(self._process, b"%d %d\n" % (start, end))

    def end(self) -> deque[tuple[int, int]]:
        """Have it look at nothing any more; gives the stretches of which it has not said anything."""
        self._process.kill()
        return self.given

    def said(self) -> dict[int, Agreed | None]:
        """What it says, once there is something to read: of its stretches in order, by where each begins.

        Never waits for the rest of what it has begun to say.
        """
        more = self.file.read(_AT_ONCE)
        if not more:
            raise _gone(self._process)
        self._unread += more
        found: dict[int, Agreed | None] = {}
        while b"\n" in self._unread:
            said, rest = self._unread.split(b"\n", 1)
            if not self.begun:
                self._begin(said + b"\n")
                leaves = 0
            elif not self.given:
                raise _gone(self._process)
            else:
                start, end = self.given[0]
                counted = self._read(said, start)
                leaves = (end - start) * HASH_BYTES if counted else 0
                if len(rest) < leaves:
                    break
                self.given.popleft()
                found[start] = counted and Agreed(_hashes(rest[:leaves]), *counted)
            self._unread = rest[leaves:]
        return found

    def _begin(self, said: bytes) -> None:
        if said not in (BEGUN, VOUCHED):
            raise _gone(self._process)
        self.begun = True
        if said == VOUCHED:
            self._all_vouched()

    def _read(self, said: bytes, start: int) -> tuple[int, list[int], list[int]] | None:
        """How many digests of rows it met, and the two lists of places; None where a closer look is due."""
        try:
            told = json.loads(said)
            if told["start"] != start:
                raise _gone(self._process)
            if not told["agreed"]:
                return None
            return int(told["digests"]), [*map(int, told["other_rows"])], [*map(int, told["erased"])]
        except (ValueError, LookupError, TypeError):
            # What the process says is no evidence: that it cannot be understood says nothing of the log.
            raise _gone(self._process) from None


def _hashes(leaves: bytes) -> list[bytes]:
    return [leaves[at : at + HASH_BYTES] for at in range(0, len(leaves), HASH_BYTES)]


@contextmanager
def _started(*, rows: bool) -> Iterator[subprocess.Popen[bytes]]:
    """Another process, which looks at all `rows` first or does not; ended with the block."""
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-P", "-m", PART],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": RECORD},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Else it could not be asked whether there is more to read.
        bufsize=0,
    )
    try:
        told = {"database": connection.settings_dict, "rows": rows}
        _tell(process, json.dumps(told, default=str).encode() + b"\n")
        yield process
    finally:
        process.kill()
        process.wait()
        _pipe(process.stdin).close()
        _pipe(process.stdout).close()


def _tell(process: subprocess.Popen[bytes], line: bytes) -> None:
    try:
        _pipe(process.stdin).write(line)
    except BrokenPipeError:
        raise _gone(process) from None


def _pipe(file: IO[bytes] | None) -> IO[bytes]:
    if file is None:
        raise ValueError("the process was started without this pipe")
    return file


def _gone(process: subprocess.Popen[bytes]) -> Unavailable:
    process.kill()
    return Unavailable(
        Message(
            "The log was not verified: a process that looks at a part of it ended too early (%(code)s).",
            {"code": process.wait()},
        ),
        Message("Look whether there is room in memory and the database answers, then do the same again."),
    )
