"""CPU time of this process and of every child, live ones too: wall time tells of the neighbours."""

import gc
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import psutil


def cpu() -> float:
    """CPU seconds so far of this process, its ended children and every process under it that still runs."""
    times = os.times()
    live = 0.0
    for child in psutil.Process().children(recursive=True):
        try:
            spent = child.cpu_times()
        except psutil.NoSuchProcess:
            continue
        live += spent.user + spent.system
    return times.user + times.system + times.children_user + times.children_system + live


def cost(work: Callable[[], object], *, rounds: int) -> float:
    """CPU milliseconds of one call, all processes: the mean of `rounds` calls after one that warms up.

    The clock of a process ticks in hundredths of a second: `rounds` is to make the whole last long.
    """
    work()
    gc.collect()
    before = cpu()
    for _ in range(rounds):
        work()
    return (cpu() - before) * 1000 / rounds


def in_turn(ours: Callable[[], object], theirs: Callable[[], object], *, rounds: int) -> tuple[float, float]:
    """CPU milliseconds of one call of each, all processes, in turn so that both meet the same noise.

    The median of five batches each, every batch `rounds` calls.
    """
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(5):
        spent[0].append(cost(ours, rounds=rounds))
        spent[1].append(cost(theirs, rounds=rounds))
    return statistics.median(spent[0]), statistics.median(spent[1])


def peak() -> float:
    """The most memory this process held at any time, in megabytes, what it shares counted."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        # Not what getrusage says: that begins with the most of the process that started this one.
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise SystemExit("this system does not say how much memory a process held")


def elapsed(work: Callable[[], object], *, rounds: int) -> float:
    """Wall seconds of one call, the median of `rounds` after one that warms the disk's cache."""
    work()
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)
