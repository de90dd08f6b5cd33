"""A person at a terminal: the real command line, in this process where that is enough, else in its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

MASTHEAD = str(Path(sys.executable).with_name("masthead"))

STORY = "# The bridge\n\nThe repair costs 4.8 million euros.\n"
NOTES = "The repair costs 4.2 million euros.\n"
MENDED = "# The bridge\n\nThe repair costs 4.2 million euros.\n"
WRITER = "Quill Drafter 3, drafting, T2"


@dataclass(frozen=True)
class Said:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Desk:
    """A newsroom in a folder of its own, spoken to by `masthead` commands in this process."""

    def __init__(self, folder: Path, capsys: Any, monkeypatch: Any) -> None:
        self.folder = folder
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, *words: str) -> Said:
        from masthead.cli.app import main

        self._monkeypatch.setattr(sys, "argv", ["masthead", *words])
        self._capsys.readouterr()
        with self._monkeypatch.context() as terminal:
            # In a process of its own a command has no pages to lead to.
            terminal.delitem(settings.__dict__, "ROOT_URLCONF", raising=False)
            terminal.delattr(settings, "ROOT_URLCONF")
            try:
                main()
            except SystemExit as stop:
                said = self._capsys.readouterr()
                return Said(int(stop.code or 0), said.out, said.err)
        raise AssertionError("main always exits")

    def json(self, *words: str, code: int = 0) -> Any:
        said = self(*words, "--json")
        assert said.code == code, said
        assert said.err == ""
        return said.json

    def file(self, name: str, content: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return name


def process(*words: str, cwd: Path, **environment: str) -> Said:
    """The installed command, as a process of its own, without a terminal."""
    done = subprocess.run(
        [MASTHEAD, *words],
        cwd=cwd,
        env=_environment(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def at_a_terminal(*words: str, cwd: Path, answers: str, **environment: str) -> Said:
    """The installed command at a real pseudo-terminal, with what a person types."""
    import pty

    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [MASTHEAD, *words],
        cwd=cwd,
        env=_environment({"TERM": "xterm", "COLUMNS": "100", **environment}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    os.write(ours, answers.encode())
    heard = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other side has hung up
            break
        if not part:
            break
        heard += part
    os.close(ours)
    return Said(child.wait(), heard.decode("utf-8", "replace"), "")


def _environment(extra: dict[str, str]) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MASTHEAD_", "DJANGO_", "LC_", "LANG"))}
    # A server that is thrown away need not wait for its disk; what that is to a desk is tried by itself.
    unsynced = os.environ.get("MASTHEAD_UNSYNCED_DATABASE", "")
    return kept | {"LANG": "C.UTF-8", "MASTHEAD_UNSYNCED_DATABASE": unsynced} | extra
