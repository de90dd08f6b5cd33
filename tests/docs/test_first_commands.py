"""Who has no Python that will do is told what to type, and who has one is not."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("ends", "told"), [(1, True), (0, False)])
def test_make_tells_how_to_name_a_python_where_it_finds_none(tmp_path: Path, ends: int, told: bool) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("pyproject.toml", "requirements/uv.txt", "requirements/dev.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    uv = tmp_path / "uv"
    uv.write_text(f'#!/bin/sh\nmkdir -p .venv\n[ "$1" = pip ] || exit {ends}\n')
    uv.chmod(0o700)
    made = subprocess.run(
        ["make", "--no-print-directory", "UV=./uv", ".venv/.ok"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (made.returncode != 0) is told, made
    assert ("make PY=/path/to/python3.13 .venv/.ok" in made.stderr) is told
    assert "PY=/path" not in made.stdout
