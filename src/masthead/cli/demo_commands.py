"""Run the demo's commands in a process beside it, one after the other.

To begin a process and to load Django takes many times what most commands take, so they share one, and with it
the child that reads files. Each is called as the terminal calls it, hears nobody, says what it says to files,
and is done with the database when it ends. Both sides talk by lines of JSON, through pipes that no command
gets hold of.
"""

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Self

_BEGIN = f"from {__name__} import serve; serve()"


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended, as `subprocess` counts it, and what it said."""

    code: int
    out: str
    err: str


class Commands:
    """Runs commands in `folder` and in `environment`; inside the context only."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder = folder
        self._environment = environment
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.begin_anew()

    def __call__(self, words: Sequence[str]) -> Done:
        """Run `masthead` with `words`; nobody is there to answer what it asks."""
        process = self._process = self._process or self._begun()
        assert process.stdin is not None  # noqa: S101 - opened below
        assert process.stdout is not None  # noqa: S101 - opened below
        with suppress(BrokenPipeError):
            process.stdin.write(json.dumps(list(words)) + "\n")
            process.stdin.flush()
        said = process.stdout.readline()
        if not said.endswith("\n"):  # it was ended from outside, and the command with it
            process.wait()
            return Done(process.returncode or 1, "", process.communicate()[1])
        return Done(**json.loads(said))

    def begin_anew(self) -> None:
        """Have the next command read the settings again: they are read once in a process."""
        process, self._process = self._process, None
        if process is not None:
            process.communicate()

    def _begun(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-P", "-c", _BEGIN],
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )


def serve() -> None:
    """Run what is asked for, until whoever asks has gone."""
    with (
        open(os.dup(0), encoding="utf-8") as asked,  # noqa: PTH123 - a descriptor
        open(os.dup(1), "w", encoding="utf-8") as answers,  # noqa: PTH123 - a descriptor
        Path(os.devnull).open("rb") as nothing,
        TemporaryFile("w+", encoding="utf-8") as out,
        TemporaryFile("w+", encoding="utf-8") as err,
    ):
        for number, file in enumerate((nothing, out, err)):
            os.dup2(file.fileno(), number)
        while line := asked.readline():
            for said in (out, err):
                said.seek(0)
                said.truncate()
            code = _run(json.loads(line))
            answers.write(json.dumps(asdict(Done(code, _whole(out), _whole(err)))) + "\n")
            answers.flush()


def _run(words: list[str]) -> int:
    """Be `masthead` with `words` to its end; gives the exit code."""
    from masthead.cli.app import main

    sys.argv = ["masthead", *words]
    try:
        main()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    except Exception:  # noqa: BLE001 - told as the interpreter tells it at its end
        traceback.print_exc()
        return 1
    finally:
        if "django.db" in sys.modules:
            from django.db import connections

            connections.close_all()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    raise AssertionError("main always exits")


def _whole(said: IO[str]) -> str:
    said.seek(0)
    return said.read()
