"""Who else on this machine may read what is written: nobody, but what is meant for others."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.terminal import MASTHEAD, MENDED, NOTES, WRITER
from tests.serving.served import environment_for, served

from masthead import modes


def masthead(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [MASTHEAD, *words],
        cwd=folder,
        env=environment_for(folder / ".masthead"),
        umask=0o022,
        capture_output=True,
        text=True,
        check=False,
    )


def begin(folder: Path) -> subprocess.CompletedProcess[str]:
    done = masthead(folder, "init", "--name", "The Herald", "--person", "Ada")
    assert done.returncode == 0, done.stderr
    return done


def open_to_others(folder: Path) -> list[str]:
    """Style and scripts aside, which any browser gets."""
    found = [each for each in (folder, *folder.rglob("*")) if "static" not in each.parts]
    return [str(each) for each in found if each.stat().st_mode & 0o077]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "work"
    made.mkdir(mode=0o755)
    return made


def test_a_home_folder_and_all_in_it_are_closed_and_what_was_asked_for_is_not(folder):
    assert "chmod" not in begin(folder).stderr
    (folder / "story.md").write_text(MENDED)
    (folder / "notes.md").write_text(NOTES)
    terms = ("--terms", "https://terms.example", "--terms-checked", "2026-01-02", "--opt-out")
    for words in (
        ("register", "add", "Quill Drafter 3", "--accountable", "Ada", *terms),
        ("register", "approve", "Quill Drafter 3"),
        ("publish", "story.md", "--source", "notes.md", "--ai", WRITER, "--out", "site", "--sign-off", "Ada"),
        ("log", "export", "site.log"),
    ):
        assert masthead(folder, *words).returncode == 0
    site = [*(folder / "site").rglob("*"), *(folder / "site.log").rglob("*")]
    assert {f"{each.stat().st_mode & 0o777:o}" for each in site if each.is_file()} == {"644"}
    assert {f"{each.stat().st_mode & 0o777:o}" for each in site if each.is_dir()} == {"755"}
    assert masthead(folder, "backup", "copies").returncode == 0
    assert open_to_others(folder / ".masthead") == []
    assert open_to_others(folder / "copies") == []


def test_what_is_served_writes_closed_files_too(folder):
    begin(folder)
    before = os.umask(0o022)
    try:
        with served(folder / ".masthead") as here:
            assert here.ask("/").status == 200
            here.until(lambda: here.ask("/ready").status == 200)
            assert "chmod" not in here.log
    finally:
        os.umask(before)
    assert open_to_others(folder / ".masthead") == []


ELSEWHERE = """
import os
from pathlib import Path
from wsgiref.util import setup_testing_defaults
from masthead.newsroom.site.wsgi import application
from masthead import modes

asked = {}
setup_testing_defaults(asked)
said = []
list(application(asked, lambda status, headers: said.append(status)))
home = Path(os.environ["MASTHEAD_HOME"])
(home / "written").touch()
modes.folder_for_others(home.parent / "site")
with (home.parent / "site" / "page").open("w") as file:
    modes.for_others(file.fileno())
print(said[0])
"""
"""What another WSGI server does with us: import the application, and ask it."""


def test_another_server_that_runs_the_desk_writes_closed_files_too(folder):
    begin(folder)
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        cwd=folder,
        env=environment_for(folder / ".masthead"),
        umask=0o022,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith(("200", "3")), done.stderr
    assert (folder / ".masthead" / "written").exists()
    assert open_to_others(folder / ".masthead") == []
    assert (folder / "site").stat().st_mode & 0o777 == 0o755
    assert (folder / "site" / "page").stat().st_mode & 0o777 == 0o644


def test_a_folder_that_is_open_is_told_with_what_to_do_and_keeps_its_mode(folder):
    home = folder / ".masthead"
    home.mkdir()
    home.chmod(0o755)
    told = " ".join(begin(folder).stderr.split())
    assert "mode 0755" in told
    assert f"chmod -R go-rwx {home}" in told
    assert home.stat().st_mode & 0o777 == 0o755
    with served(home) as here:
        assert "chmod -R go-rwx" in " ".join(here.log.split())
    command = told[told.index("chmod") :].split()
    subprocess.run([shutil.which(command[0]) or command[0], *command[1:]], check=True)
    assert open_to_others(home) == []
    with served(home) as here:
        assert "chmod" not in here.log


@pytest.fixture
def mask():
    """The one that most people have."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    path.touch()
    modes.for_others(path)
    return path.stat().st_mode & 0o777


def test_closed_within_closed_leaves_the_outer_one_as_it_was(folder, mask):
    with modes.closed():
        with modes.closed():
            assert mode(folder / "inner") == 0o644
        assert mode(folder / "outer") == 0o644
        (folder / "ours").touch()
        assert (folder / "ours").stat().st_mode & 0o777 == 0o600
    assert mode(folder / "after") == 0o644
    (folder / "theirs").touch()
    assert (folder / "theirs").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("said", ["", "rwx", "-22", "0o22", "99", "7777777", "\u0662"])
def test_what_is_no_mask_counts_as_not_said(folder, mask, monkeypatch, said):
    monkeypatch.setenv("MASTHEAD_OUTER_UMASK", said)
    assert mode(folder / "before") == 0o644
    with modes.closed():
        assert mode(folder / "inside") == 0o644
        modes.folder_for_others(folder / "site")
        assert (folder / "site").stat().st_mode & 0o777 == 0o755
    assert os.environ["MASTHEAD_OUTER_UMASK"] == said
