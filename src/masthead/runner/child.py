"""The child's side: wait for a call, set the limits, run the function, answer.

Started as a fresh interpreter with the parent's import path, no environment worth stealing and nothing
open but its two pipes and the memory it shares with its parent. It ends when its parent does: the
reading thread sees the pipe close even while a parser is busy.
"""

import importlib
import os
import queue
import resource
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any

from masthead.errors import MastheadError
from masthead.runner import frames
from masthead.runner.frames import Json

LARGEST_CALL = 1 << 40
"""The parent is trusted with sizes; it checked them before sending."""
LARGEST_FILE = 64_000_000
"""Bytes: nothing here needs to write files, compiled bytecode aside."""

type Function = Callable[..., tuple[Json, Sequence[bytes]]]


def main() -> None:
    """Serve calls until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    shared = int(sys.argv[2]) if len(sys.argv) > 2 else None
    source, answers = _private_pipes()
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_FSIZE", LARGEST_FILE)
    calls: queue.SimpleQueue[tuple[Json, list[bytes]]] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(source, calls, shared), daemon=True).start()
    while True:
        header, blobs = calls.get()
        answer, results = _answer(header, blobs)
        del header, blobs
        answer["peak"] = _peak()
        frames.write(answers, answer, results)
        del answer, results


def _private_pipes() -> tuple[int, int]:
    """Our ends of the pipes, moved away from 0 and 1 so that a library's print cannot garble them."""
    source, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.close(nothing)
    return source, answers


def _receive(source: int, calls: "queue.SimpleQueue[tuple[Json, list[bytes]]]", shared: int | None) -> None:
    try:
        while True:
            calls.put(frames.read(source, LARGEST_CALL, shared))
    finally:
        os._exit(0)


def _answer(header: Json, blobs: list[bytes]) -> tuple[Json, Sequence[bytes]]:
    """The answer to one call; whatever goes wrong becomes an answer too, without a word of the content."""
    try:
        _limit("RLIMIT_AS", _held() + int(header["memory"]))
        _limit("RLIMIT_CPU", int(_cpu_used() + header["seconds"] * (os.cpu_count() or 1)) + 2)
        result, results = _function(header["target"])(header["header"], *blobs)
    except MastheadError as error:
        kind, what, remedy = type(error).__name__, error.what.to_json(), error.remedy.to_json()
        return {"refused": kind, "what": what, "remedy": remedy}, []
    except MemoryError:
        return {"failed": "memory"}, []
    except Exception:  # noqa: BLE001 - a parser may raise anything; what it says may hold content
        return {"failed": "error"}, []
    else:
        return {"result": result}, results
    finally:
        _limit("RLIMIT_AS", resource.RLIM_INFINITY)


def _function(target: str) -> Function:
    module, _, name = target.partition(":")
    function: Any = getattr(importlib.import_module(module), name)
    return function  # type: ignore[no-any-return]  # the registry promises its shape


def _limit(name: str, value: int) -> None:
    """Set a soft limit, where this system has it (macOS has no limit of address space)."""
    kind = getattr(resource, name, None)
    if kind is None:
        return
    try:
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
    except (OSError, ValueError):
        return


def _held() -> int:
    """Address space held before a call, in bytes, so that the limit counts what the call adds."""
    try:
        with open("/proc/self/statm", "rb") as statm:  # noqa: PTH123 - pathlib would be the child's only use of it
            return int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _cpu_used() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _peak() -> int:
    """The most memory this process ever held, in bytes.

    On Linux from its own status: what `getrusage` tells there starts with the peak of whoever started it.
    """
    try:
        with open("/proc/self/status", "rb") as status:  # noqa: PTH123 - as in _held
            held = next((line for line in status if line.startswith(b"VmHWM:")), b"")
        return int(held.split()[1]) * 1024
    except (OSError, IndexError):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024
