"""One process at a time, where several would write the same files."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def turn(home: Path, name: str) -> Iterator[None]:
    """Hold off others who take a turn of that name in this home folder, until the block ends.

    The lock ends with the process that holds it, so that another takes over after a kill.
    """
    with (home / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
