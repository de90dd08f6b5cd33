"""Several people at the same moment: each in a thread with a connection of its own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from tests import databases

PATIENCE = 60
"""Seconds until a test that waits for another thread is given up; none is ever waited out."""


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each call gave or raised, all begun together."""
    begin = threading.Barrier(len(calls))
    outcomes: list[Any] = [None] * len(calls)

    def work(number: int, call: Callable[[], Any]) -> None:
        try:
            begin.wait(PATIENCE)
            outcomes[number] = call()
        except Exception as error:  # noqa: BLE001 - the caller looks at it
            outcomes[number] = error
        finally:
            databases.close()

    threads = [threading.Thread(target=work, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@contextmanager
def before(sign: str, do: Callable[[], object]) -> Iterator[None]:
    """Do something in this thread just before its first statement that holds `sign` reaches the database."""
    done = threading.Event()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sign in sql and not done.is_set():
            done.set()
            do()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


def taking_the_lock() -> str:
    """How a command's first statement, the one that waits for others, is known."""
    return "FOR UPDATE" if connection.vendor == "postgresql" else "BEGIN"
