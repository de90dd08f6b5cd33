"""One process at a time, where several would write the same files. Nobody waits for ever for another.

A lock ends with the process that holds it, so that another takes over after a kill. One that hangs or was
stopped holds it on, so whoever waits gives up after a while and says so: a person or a request waits for each
of these. Nowhere else in the product is a lock of a file waited for.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import TextIO

from masthead.errors import Unavailable
from masthead.language import Message

PATIENCE = 30.0
"""Seconds to wait: longer than a key service may take to sign, and as long as for the database."""
FOUNDING_PATIENCE = 600.0
"""Seconds to wait for another that brings tables up to date: of a large record, that takes minutes."""
_LONGEST_PAUSE = 0.05


class Held(Unavailable):
    """Another process holds what this one needs, and for too long."""


@contextmanager
def turn(home: Path, name: str) -> Iterator[None]:
    """Hold off others who take a turn of that name in this home folder, until the block ends.

    `Held` where another has held it for `PATIENCE`; nothing of the block was done then.
    """
    with (home / f"{name}.lock").open("w") as file:
        wait(file)
        yield


@contextmanager
def founding(home: Path) -> Iterator[None]:
    """Hold off others who begin the record of this home folder or bring it up to date, until the block ends.

    `Held` where another has done so for `FOUNDING_PATIENCE`; nothing of the block was done then.
    """
    with (home / "founding.lock").open("w") as file:
        if not locked(file.fileno(), within=FOUNDING_PATIENCE):
            raise Held(
                Message("Another process brings the record up to date here, and has for too long."),
                Message(
                    "Wait until it is done, then do the same again: a large record takes a while. Only where"
                    " it was stopped, or neither computes nor writes any more, let it go on or end it."
                ),
            )
        yield


def wait(file: TextIO, *, shared: bool = False) -> None:
    """Lock an open file, for oneself or `shared` with others who do; `Held` after `PATIENCE`."""
    if not locked(file.fileno(), shared=shared):
        raise Held(
            Message(
                "Another process has held %(file)s in the home folder for too long.",
                {"file": Path(file.name).name},
            ),
            Message(
                "What was recorded before stands. Look for a process of Masthead that hangs or was stopped,"
                " end it or let it go on, then do the same again."
            ),
        )


def locked(file: int, *, shared: bool = False, within: float | None = None) -> bool:
    """Whether the lock was had within so many seconds, else `PATIENCE`.

    It is asked for again and again: a wait has no bound.
    """
    how = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
    until, pause = monotonic() + (PATIENCE if within is None else within), 0.001
    while True:
        try:
            fcntl.flock(file, how)
        except BlockingIOError:
            if monotonic() >= until:
                return False
            sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        else:
            return True
