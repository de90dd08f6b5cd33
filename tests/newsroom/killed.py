"""A process that is killed at its n-th step: at a statement, around a COMMIT, at a file's making or naming.

Each runs in a fork of a server that has loaded everything and done nothing, so that no thread and no
connection of the tests comes along.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.db import connection, connections
from django.template import loader

if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.newsroom.site.settings")
    django.setup()

from tests import databases
from tests.newsroom.desk import text

from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.items.models import Version
from masthead.newsroom.public import commands

NOTE = "A word was wrong."
REASON = "It was not so."
_server = multiprocessing.get_context("forkserver")
_server.set_forkserver_preload(["tests.newsroom.killed"])
# What each fork would load for itself: the tags, and the page that goes out.
for _page in ("public/item.html", "public/base.html"):
    loader.get_template(_page)


def publish(actor: Actor, version: Version, folder: Path, words: str) -> None:
    commands.publish(actor, version, folder)


def correct(actor: Actor, version: Version, folder: Path, words: str) -> None:
    commands.correct(actor, version.item, text(words), NOTE, uses=(), sources=(), folder=folder)


def withdraw(actor: Actor, version: Version, folder: Path, words: str) -> None:
    commands.withdraw(actor, version.item, REASON, folder)


type Work = Callable[[Actor, Version, Path, str], None]


@dataclass
class Steps:
    """Counts the steps of this process, and ends it at one."""

    kill_at: int
    taken: list[str] = field(default_factory=list)

    def step(self, name: str) -> None:
        self.taken.append(name)
        if len(self.taken) == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR):
            self.step(
                f"open {Path(os.fsdecode(args[0])).suffix}" if isinstance(args[0], str | bytes) else "open"
            )
        elif event in ("os.rename", "os.remove", "os.mkdir"):
            self.step(f"{event} {Path(os.fsdecode(args[0])).suffix}")

    def statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith("SELECT"):
            self.step(sql[:40])
        return execute(sql, params, many, context)

    def around_commit(self) -> None:
        commit = connection._commit

        def watched() -> None:
            self.step("before COMMIT")
            commit()
            self.step("after COMMIT")

        connection._commit = watched


def _work(
    work: Work, home: Path, database: dict[str, Any], actor: Actor, version_id: Any, folder: Path, words: str,
    kill_at: int, told: Any,
) -> None:  # fmt: skip
    settings.MASTHEAD_HOME = home
    databases.use(database)
    version = Version.objects.get(pk=version_id)
    steps = Steps(kill_at)
    steps.around_commit()
    with connection.execute_wrapper(steps.statement):
        sys.addaudithook(steps.audit)
        work(actor, version, folder, words)
    steps.kill_at = -1
    told.send(list(steps.taken))
    told.close()
    os._exit(0)


def run(
    work: Work, actor: Actor, version: Version, folder: Path, *, words: str = "", kill_at: int = 0
) -> list[str]:
    """Do `work` in another process, killed at step `kill_at`; gives the steps it took if it was not."""
    receive, send = _server.Pipe(duplex=False)
    args = (
        work, settings.MASTHEAD_HOME, dict(connections.settings["default"]), actor, version.pk, folder, words,
        kill_at, send,
    )  # fmt: skip
    process = _server.Process(target=_work, args=args)
    process.start()
    send.close()
    taken = []
    with suppress(EOFError):
        taken = receive.recv()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL), process.exitcode
    return taken
