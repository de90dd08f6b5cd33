"""Processes that begin where this one is: forked with everything loaded, so that many can be killed.

What a test forks is a real process on real files, ended by a real SIGKILL before one of its steps: a file
opened to be written, named, moved, linked or deleted, a folder made or deleted, a COMMIT, a statement where
asked for. The process that verifies a copy is forked here as well, and tables that were laid out once are
laid out again from what that did; `quick` is for tests that do it often. `test_backup.py` does it as it is.
"""

import json
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from tests import databases

from masthead.newsroom.evidence import guard
from masthead.newsroom.site import web
from masthead.newsroom.site.backup import checking, restoring

_TOUCHES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "shutil.rmtree")
_KEPT: list[object] = []
STARTED = checking.in_a_process
"""As it is where nothing was made quick."""
NEVER = -1
END = "the end"


class Quick:
    """The slow beginnings of a copy and of a restore, each done as it is the first time."""

    def __init__(self, folder: Path) -> None:
        self._tables = folder / "tables.sqlite3"
        self._laid: list[tuple[str, Any]] = []
        self._lay = restoring.make_tables

    def check(self, home: Path, steps: Sequence[str]) -> tuple[int, str]:
        """As `checking.in_a_process` does it, in a fork of this process."""
        if tuple(steps) != ("make",):
            return _forked(home, steps)
        file = home / "db.sqlite3"
        if not self._tables.exists():
            code, said = _forked(home, steps)
            shutil.copyfile(file, self._tables)
            return code, said
        shutil.copyfile(self._tables, file)
        return 0, json.dumps({"failed": None, "damaged": False})

    def make_tables(self) -> None:
        """Statement by statement, what the migrations did in this session's first empty database."""
        if self._laid:
            with guard.lifted(), connection.cursor() as cursor:
                for sql, params in self._laid:
                    cursor.execute(sql, params)
            return
        with connection.execute_wrapper(self._heard):
            self._lay()

    def _heard(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip().startswith("SELECT"):
            self._laid += [(sql, each) for each in params] if many else [(sql, params)]
        return execute(sql, params, many, context)


def _forked(home: Path, steps: Sequence[str]) -> tuple[int, str]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            # What this process has open stays its parent's: kept, and closed by nobody.
            _KEPT.append(connections["default"])
            copy = {**web.SQLITE, "NAME": home / "db.sqlite3"}
            connections.settings["default"] = connections.configure_settings({"default": copy})["default"]
            del connections["default"]
            settings.MASTHEAD_HOME = home
            with os.fdopen(writing, "w") as said:
                said.write(json.dumps(checking.main(home, steps)))
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said


class Steps:
    """Counts what a process does to the world, and ends it before the step of that number."""

    def __init__(self, kill_at: int, *, statements: bool) -> None:
        self.taken: list[str] = []
        self._kill_at, self._statements, self._process = kill_at, statements, os.getpid()

    def step(self, name: str) -> None:
        if os.getpid() != self._process:
            return  # a process of its own that it began
        if len(self.taken) == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.taken.append(name)

    def end(self) -> None:
        """Count the end as the last step, and nothing after it."""
        self.step(END)
        self._process = 0

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Only ever in a fork: what is counted here is counted until the process ends."""
        sys.addaudithook(self._audit)
        commit = BaseDatabaseWrapper._commit

        def watched(wrapper: BaseDatabaseWrapper) -> None:
            self.step("before COMMIT")
            commit(wrapper)
            self.step("after COMMIT")

        BaseDatabaseWrapper._commit = watched
        if not self._statements:
            yield
            return
        with connection.execute_wrapper(self._statement):
            yield

    def _audit(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR):
            self.step(f"open {_name(args[0])}")
        elif event in _TOUCHES:
            self.step(f"{event} {_name(args[0])}")

    def _statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.step(sql[:40])
        return execute(sql, params, many, context)


def _name(path: object) -> str:
    return Path(os.fsdecode(path)).name if isinstance(path, str | bytes | os.PathLike) else ""


def killed(work: Callable[[], object], kill_at: int, *, statements: bool = False) -> list[str]:
    """Do `work` in a fork, killed before that step; gives the steps it took where it was not killed."""
    databases.close()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            steps = Steps(kill_at, statements=statements)
            with steps.watched():
                work()
            steps.end()
            with os.fdopen(writing, "w") as said:
                said.write(json.dumps(steps.taken))
        except BaseException:  # noqa: BLE001 - said, and the process ends
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if said:
        return list(json.loads(said))
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL, "it gave up by itself"
    return []
