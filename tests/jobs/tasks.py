"""Jobs for the tests: each writes a line to a file as it begins and ends, so that other processes see."""

import fcntl
import os
import threading
from pathlib import Path
from typing import Any

from django.db import OperationalError, connection

from masthead.errors import NotFound, Stale
from masthead.language import Message
from masthead.newsroom.jobs import Lane, job

GO = threading.Event()
"""What a job of this process waits for."""


def _home() -> Path:
    return Path(os.environ["MASTHEAD_HOME"])


def say(line: str) -> None:
    """Add a line that others see whole."""
    with (_home() / "said").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(f"{line}\n")


def said() -> list[str]:
    path = _home() / "said"
    return path.read_text().splitlines() if path.exists() else []


@job()
def note(which: int) -> None:
    say(f"begin {which}")
    say(f"end {which}")


@job(lane=Lane.POST)
def post(which: int) -> None:
    say(f"post {which}")


@job(attempts=3)
def hang(which: int) -> None:
    """Hang for ever the first time, as a worker that is to be killed does."""
    first = f"begin {which}" not in said()
    say(f"begin {which}")
    if first:
        threading.Event().wait()
    say(f"end {which}")


@job(attempts=2)
def die(which: int) -> None:
    say(f"begin {which}")
    os.kill(os.getpid(), 9)


@job(attempts=3)
def stumble(which: int) -> None:
    say(f"try {which}")
    if len(said()) < 3:
        raise Stale(Message("Ada Lovelace changed it."), Message("Try again."))


@job(attempts=3)
def fall(which: int) -> None:
    say(f"try {which}")
    raise RuntimeError("about Ada Lovelace")


@job(attempts=3)
def refuse(which: int) -> None:
    say(f"try {which}")
    raise NotFound(Message("There is no such version."), Message("Look again."))


@job()
def wait_for_go(which: int) -> None:
    say(f"begin {which}")
    GO.wait(60)
    say(f"end {which}")


@job()
def lose_the_database(which: int) -> None:
    """Have the database give up, once, just after the job is done."""
    say(f"begin {which}")
    if len(said()) == 1:

        def give_up(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            connection.execute_wrappers.remove(give_up)
            raise OperationalError("server closed the connection unexpectedly")

        connection.execute_wrappers.append(give_up)


@job(seconds=0)
def too_long(which: int) -> None:
    GO.wait(60)
