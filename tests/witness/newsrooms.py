"""Whole newsrooms in folders of their own: what is typed there, several commands in one process; servers.

Each `types` is a process of its own, unless a terminal is kept open: what a process needs to begin takes most
of the time there is.
"""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from tests.serving.served import Served, environment_for

SCRIPT = """
import json, sys
from masthead.cli.app import app
from masthead.cli.running import _run
for line in sys.stdin:
    for words in json.loads(line):
        if words == ["publish the log"]:
            from masthead.newsroom.evidence.publish import publish_checkpoint
            print(json.dumps({"size": publish_checkpoint().size}))
            code = 0
        else:
            sys.argv = ["masthead", *words, "--json"]
            code = _run(app)
        sys.stdout.flush()
        print("\\0%d" % code, end="\\0", flush=True)
"""
PUBLISH = ("publish the log",)


class Newsroom:
    """A home folder, what is typed in it, and its server where it has one."""

    def __init__(self, folder: Path, name: str, settings: dict[str, str]) -> None:
        self.home = folder / name / "home"
        self.name = name
        self.settings = settings
        self.server: Served | None = None
        self._open: subprocess.Popen[str] | None = None

    @contextmanager
    def terminal(self) -> Iterator[None]:
        """Keep one process for all that is typed until the block ends."""
        with TemporaryFile() as said, self._begin(stderr=said) as self._open:
            yield
            assert self._open.stdin is not None
            self._open.stdin.close()
        self._open = None

    def types(self, *commands: tuple[str, ...], codes: tuple[int, ...] = ()) -> list[Any]:
        """What each command answers in JSON, one after the other. They end with 0, or with these codes."""
        if self._open is not None:
            return self._answers(self._open, commands, codes)
        with self.terminal():
            return self.types(*commands, codes=codes)

    def _begin(self, **more: Any) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", SCRIPT],
            env=environment_for(self.home) | self.settings,
            cwd=self.home.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            **more,
        )

    @staticmethod
    def _answers(
        typing: "subprocess.Popen[str]", commands: tuple[tuple[str, ...], ...], codes: tuple[int, ...]
    ) -> list[Any]:
        assert typing.stdin is not None
        assert typing.stdout is not None
        typing.stdin.write(json.dumps(commands) + "\n")
        typing.stdin.flush()
        said, wanted = "", 2 * len(commands)
        while said.count("\0") < wanted:
            piece = typing.stdout.read(1)
            assert piece, (commands, said)
            said += piece
        parts = said.split("\0")
        ended = tuple(int(code) for code in parts[1::2])
        assert ended == (codes or (0,) * len(commands)), (commands, said)
        return [json.loads(answer) for answer in parts[:-1:2]]

    @property
    def key(self) -> str:
        return (self.home / "keys" / "log.pub").read_text().strip()

    @property
    def address(self) -> str:
        assert self.server is not None
        return f"http://127.0.0.1:{self.server.port}/log"

    def ask(self, path: str) -> str:
        assert self.server is not None
        return self.server.ask(path).body.decode()

    def copy(self, folder: Path, name: str) -> "Newsroom":
        """A second copy of the whole home folder as it is now, which nobody is told of."""
        other = Newsroom(folder, name, self.settings)
        shutil.copytree(self.home, other.home, ignore=shutil.ignore_patterns("db.sqlite3*"))
        with (
            closing(sqlite3.connect(self.home / "db.sqlite3")) as live,
            closing(sqlite3.connect(other.home / "db.sqlite3")) as copy,
        ):
            live.backup(copy)
        return other
