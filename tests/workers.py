"""How many processes run the tests with `-n auto`: as many as there are cores for us."""

import os
import sys
from pathlib import Path

MOST = 8
"""Each keeps modules, and a PostgreSQL of its own: more of them need memory rather than save time."""
LIMIT = Path("/sys/fs/cgroup/cpu.max")
"""What a container may use: microseconds of every so many, or `max` of as many."""


def count(cores: float, for_each: float = 1) -> int:
    """How many, with so many `for_each` core."""
    return max(1, min(int(cores * for_each), MOST))


def cores() -> float:
    """How many cores' time this process may use."""
    here = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(here, allowed(LIMIT.read_text()) if LIMIT.is_file() else here)


def allowed(said: str) -> float:
    """How many cores' time the kernel gives whoever has such a limit."""
    quota, period = said.split()
    return float("inf") if quota == "max" else int(quota) / int(period)
