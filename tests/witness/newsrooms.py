"""Whole newsrooms in folders of their own: what is typed there, several commands in one process; servers."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.serving.served import Served, environment_for

SCRIPT = """
import json, sys
from masthead.cli.app import app
from masthead.cli.running import _run
for words in json.loads(sys.argv[1]):
    if words == ["publish the log"]:
        from masthead.newsroom.evidence.publish import publish_checkpoint
        print(json.dumps({"size": publish_checkpoint().size}))
        code = 0
    else:
        sys.argv = ["masthead", *words, "--json"]
        code = _run(app)
    sys.stdout.flush()
    print("\\0%d" % code, end="\\0")
"""
PUBLISH = ("publish the log",)


class Newsroom:
    """A home folder, what is typed in it, and its server where it has one."""

    def __init__(self, folder: Path, name: str, settings: dict[str, str]) -> None:
        self.home = folder / name / "home"
        self.name = name
        self.settings = settings
        self.server: Served | None = None

    def types(self, *commands: tuple[str, ...], codes: tuple[int, ...] = ()) -> list[Any]:
        """What each command answers in JSON, one after the other. They end with 0, or with these codes."""
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, json.dumps(commands)],
            env=environment_for(self.home) | self.settings,
            cwd=self.home.parent,
            capture_output=True,
            text=True,
            timeout=200,
        )
        said = done.stdout.split("\0")
        ended = tuple(int(code) for code in said[1::2])
        assert ended == (codes or (0,) * len(commands)), (commands, done.stdout, done.stderr)
        return [json.loads(answer) for answer in said[:-1:2]]

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
