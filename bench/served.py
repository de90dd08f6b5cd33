"""A served application under load: one worker of four threads on loopback, asked by another process."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass

import psutil

THREADS = 4


@dataclass(frozen=True)
class Rate:
    """Answers a second by the clock, and answers a second of CPU time of the server's processes."""

    by_clock: float
    by_cpu: float


@contextmanager
def server(application: str, environment: Mapping[str, str]) -> Iterator[int]:
    """Granian serving a WSGI application; gives the port. Ends with the block."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", str(THREADS), "--log-level", "error", application,
    ]  # fmt: skip
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not begin to listen")


def rate(port: int, path: str, *, seconds: float = 4.0, cookie: str = "") -> Rate:
    """How many answers `path` gives; once to warm up, then for so many seconds."""
    _load(port, path, 0.5, cookie)
    before = _cpu(port)
    count, wall = _load(port, path, seconds, cookie)
    return Rate(count / wall, count / (_cpu(port) - before))


def _load(port: int, path: str, seconds: float, cookie: str) -> tuple[int, float]:
    command = [sys.executable, "-m", "bench.load", str(port), path, str(seconds), cookie]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    count, wall = done.stdout.split()
    return int(count), float(wall)


def _cpu(port: int) -> float:
    """CPU seconds of the server so far: of every child of ours that is one, and of its workers."""
    spent = 0.0
    for child in psutil.Process().children(recursive=True):
        times = child.cpu_times()
        spent += times.user + times.system
    return spent
