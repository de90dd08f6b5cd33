"""Stretches of a long log looked at by several processes at once, each with a connection of its own.

Process n of m looks at every m-th stretch from the n-th on and says what it came to; whoever asked reads them
in turn, so that they come in order. A pipe holds two stretches: nobody gets far ahead, and memory stays flat.
What a process finds out of the ordinary is looked at closely by the one that asked, as ever.

The processes are new ones, not forks: a connection must not be shared. They are told which database it is,
through a pipe, for the address may hold a password; they cannot write to it. One that ends before it is done,
however it went, leaves the log unverified: that is raised, and never passes for a log that is intact. When
whoever asked is gone, the next stretch has nobody to read it, and they end.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from typing import IO

from django.db import connection

from masthead.errors import Unavailable
from masthead.language import Message
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


def one(size: int) -> int:
    """This one alone, whatever the size."""
    del size
    return 1


def one_a_core(size: int) -> int:
    """As many as there are cores for us, where the log is long: for somebody who waits."""
    return min(_cores(), MOST) if size >= LONG else 1


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def looked(size: int, processes: int) -> Generator[tuple[int, Agreed | None]]:
    """Where each stretch of a log of `size` entries begins, and what it came to: in order, as asked for.

    `Unavailable` where a process ended before it was done.
    """
    starts = range(0, size, STRETCH)
    # What a transaction has not committed yet, no other connection sees.
    if processes < 2 or connection.in_atomic_block:
        yield from ((start, agreed(start, min(start + STRETCH, size))) for start in starts)
        return
    with ExitStack() as stack:
        parts = [stack.enter_context(_part(size, number, processes)) for number in range(processes)]
        for number, start in enumerate(starts):
            yield start, _read(parts[number % processes], start, min(start + STRETCH, size))


@contextmanager
def _part(size: int, number: int, processes: int) -> Iterator[subprocess.Popen[bytes]]:
    """A process that looks at its part; ended with the block."""
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-P", "-m", PART],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": RECORD},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    told = {"size": size, "number": number, "processes": processes, "database": connection.settings_dict}
    try:
        try:
            with _pipe(process.stdin) as file:
                file.write(json.dumps(told, default=str).encode())
        except BrokenPipeError:
            raise _gone(process) from None
        yield process
    finally:
        process.kill()
        process.wait()
        _pipe(process.stdout).close()


def _read(process: subprocess.Popen[bytes], start: int, end: int) -> Agreed | None:
    """What it says of its next stretch, which is to be this one."""
    file = _pipe(process.stdout)
    said = file.readline()
    if not said.endswith(b"\n"):
        raise _gone(process)
    try:
        told = json.loads(said)
        if told["start"] != start:
            raise _gone(process)
        if not told["agreed"]:
            return None
        counted = int(told["digests"]), [*map(int, told["other_rows"])], [*map(int, told["erased"])]
    except (ValueError, LookupError, TypeError):
        # What the process says is no evidence: that it cannot be understood says nothing of the log.
        raise _gone(process) from None
    leaves = file.read((end - start) * HASH_BYTES)
    if len(leaves) != (end - start) * HASH_BYTES:
        raise _gone(process)
    listed = [leaves[at : at + HASH_BYTES] for at in range(0, len(leaves), HASH_BYTES)]
    return Agreed(listed, *counted)


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
