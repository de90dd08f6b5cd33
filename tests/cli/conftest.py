"""Newsrooms to type commands in."""

from pathlib import Path

import pytest
from tests.cli.terminal import Desk


@pytest.fixture
def desk(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    """A folder with no organisation yet; its home is `home`, its database the one under test."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("MASTHEAD_LANGUAGE", "en")
    return Desk(folder, capsys, monkeypatch)


@pytest.fixture
def solo(desk: Desk) -> Desk:
    """One person who does everything, with one approved AI system."""
    assert desk("init", "--name", "Alder Notes", "--person", "Mira Sand").code == 0
    _register(desk, "Mira Sand")
    return desk


@pytest.fixture
def small(desk: Desk) -> Desk:
    """A steward, an author and an editor, with one approved AI system."""
    said = desk("init", "--name", "The Courier", "--person", "Sol Steward", "--profile", "small")
    assert said.code == 0, said
    for name, role in (("Noor Author", "contributor"), ("Edda Editor", "editor")):
        assert desk("person", "add", name, "--role", role, "--by", "Sol Steward").code == 0
    _register(desk, "Sol Steward")
    return desk


def _register(desk: Desk, by: str) -> None:
    terms = ("--terms", "https://terms.example", "--terms-checked", "2026-01-02", "--opt-out")
    added = desk("register", "add", "Quill Drafter 3", "--accountable", by, *terms, "--by", by)
    assert added.code == 0, added
    assert desk("register", "approve", "Quill Drafter 3", "--by", by).code == 0
