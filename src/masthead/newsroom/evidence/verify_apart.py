"""Stretches of a long log looked at by several processes at once, each with a connection of its own.

The one that asked gives them out, and looks at some itself: whoever is done with a stretch takes the next, so
that none waits while another works. Each of the others gets one at least, once it has begun; the first looks
before that whether all rows are vouched for. The one that asked puts what it hears in order; nobody gets far
ahead, and memory stays flat. What others find out of the ordinary is looked at closely by the one that asked.

The others are new processes, not forks: a connection must not be shared. They are told which database it is,
through a pipe, for the address may hold a password; they cannot write to it. One that ends before it is done,
however it went, leaves the log unverified: that is raised, and never passes for a log that is intact. When
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
BEGUN = b"begun\n"
"""What another process says first."""
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
    size: int, processes: int, all_vouched: Callable[[], None] = lambda: None
) -> Generator[tuple[int, Agreed | None]]:
    """Where each stretch of a log of `size` entries begins, and what it came to: in order, as asked for.

    Calls `all_vouched` where another process found no row without an entry. `Unavailable` where a process
    ended before it was done.
    """
    # What a transaction has not committed yet, no other connection sees.
    others = 0 if connection.in_atomic_block else max(processes, 1) - 1
    with ExitStack() as stack:
        parts = [
            _Part(stack.enter_context(_started(rows=not number)), all_vouched) for number in range(others)
        ]
        yield from _Shared(size, parts, stack.enter_context(DefaultSelector())).in_order()


class _Shared:
    """Stretches shared out among this process and others."""

    def __init__(self, size: int, parts: "Sequence[_Part]", selector: DefaultSelector) -> None:
        self._size = size
        # Never written out: a damaged head may count any number of entries.
        self._left = range(0, size, STRETCH)
        self._found: dict[int, Agreed | None] = {}
        self._parts = parts
        self._alike = Alike()
        self._selector = selector
        for part in parts:
            selector.register(part.file, EVENT_READ, part)

    def in_order(self) -> Iterator[tuple[int, Agreed | None]]:
        for due in range(0, self._size, STRETCH):
            self._hear(due, 0)
            while due not in self._found:
                if self._may_give(due):
                    start, end = self._next()
                    self._found[start] = agreed(start, end, self._alike)
                    self._hear(due, 0)
                else:
                    self._hear(due, None)
            yield due, self._found.pop(due)

    def _next(self) -> tuple[int, int]:
        start, self._left = self._left[0], self._left[1:]
        return start, min(start + STRETCH, self._size)

    def _may_give(self, due: int) -> bool:
        """Whether there is a stretch left for who had one before: each of the others gets one at least."""
        waiting = sum(not part.had_one for part in self._parts)
        return len(self._left) > waiting and self._left[0] < due + AHEAD * STRETCH * (len(self._parts) + 1)

    def _hear(self, due: int, seconds: float | None) -> None:
        """What the others say meanwhile; then each has something to do, as far as there is."""
        for key, _ in self._selector.select(seconds):
            self._found.update(key.data.said())
        for part in self._parts:
            while part.begun and len(part.given) < GIVEN and self._left:
                if part.had_one and not self._may_give(due):
                    break
                part.give(*self._next())


class _Part:
    """Another process, and the stretches that it has been given."""

    def __init__(self, process: subprocess.Popen[bytes], all_vouched: Callable[[], None]) -> None:
        self._process = process
        self._all_vouched = all_vouched
        self.file = _pipe(process.stdout)
        self.given: deque[tuple[int, int]] = deque()
        self.begun = False
        self.had_one = False

    def give(self, start: int, end: int) -> None:
        """Have it look at the entries from `start` up to `end`."""
        self.had_one = True
        self.given.append((start, end))
        _tell(self._process, b"%d %d\n" % (start, end))

    def said(self) -> dict[int, Agreed | None]:
        """What it says next, which is to be of the first of its stretches, by where that begins."""
        said = self.file.readline()
        if not self.begun:
            if said not in (BEGUN, VOUCHED):
                raise _gone(self._process)
            self.begun = True
            if said == VOUCHED:
                self._all_vouched()
            return {}
        if not (self.given and said.endswith(b"\n")):
            raise _gone(self._process)
        start, end = self.given.popleft()
        return {start: self._read(said, start, end)}

    def _read(self, said: bytes, start: int, end: int) -> Agreed | None:
        try:
            told = json.loads(said)
            if told["start"] != start:
                raise _gone(self._process)
            if not told["agreed"]:
                return None
            counted = int(told["digests"]), [*map(int, told["other_rows"])], [*map(int, told["erased"])]
        except (ValueError, LookupError, TypeError):
            # What the process says is no evidence: that it cannot be understood says nothing of the log.
            raise _gone(self._process) from None
        leaves = b""
        while missing := (end - start) * HASH_BYTES - len(leaves):
            more = self.file.read(missing)
            if not more:
                raise _gone(self._process)
            leaves += more
        listed = [leaves[at : at + HASH_BYTES] for at in range(0, len(leaves), HASH_BYTES)]
        return Agreed(listed, *counted)


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
