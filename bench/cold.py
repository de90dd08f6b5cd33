"""How long a person waits at a terminal: a fresh process, bytecode compiled."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.clock import cpu, elapsed
from bench.figure import Figure, at_most
from bench.texts import text

ROUNDS = 7


def figures() -> Iterator[Figure]:
    """Help, and a check of a short text."""
    with tempfile.TemporaryDirectory() as folder:
        story = Path(folder) / "story.md"
        story.write_text(text(60), encoding="utf-8")
        yield _figure("cold.help", ["--help"], folder, 0.4)
        yield _figure("cold.check_short_text", ["check", story.name], folder, 1.5)


def _figure(name: str, arguments: list[str], folder: str, limit: float) -> Figure:
    program = Path(sys.executable).with_name("masthead")

    def run() -> None:
        done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, check=False)
        if done.returncode not in (0, 1):
            raise SystemExit(done.stderr.decode())

    before = cpu()
    wall = elapsed(run, rounds=ROUNDS)
    spent = (cpu() - before) / (ROUNDS + 1)
    bare = elapsed(lambda: subprocess.run([sys.executable, "-c", ""], check=True), rounds=ROUNDS)
    against: dict[str, float | None] = {"CPU of all its processes": spent, "python -c ''": bare}
    return Figure(name, wall, "s", f"at most {limit} s", at_most(limit), against)
