"""A founded organisation, a reader nobody knows, and a person at a terminal, for what goes wrong."""

from pathlib import Path

import pytest
from tests.cli.terminal import Desk as Terminal
from tests.newsroom.conftest import small
from tests.public.conftest import reader

__all__ = ["reader", "small"]


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """The command line, in a folder beside the home folder."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("MASTHEAD_LANGUAGE", "en")
    return Terminal(folder, capsys, monkeypatch)
