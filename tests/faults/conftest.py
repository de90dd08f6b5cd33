"""A founded organisation, a reader nobody knows, and a person at a terminal, for what goes wrong."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from tests import databases
from tests.cli.terminal import Desk as Terminal
from tests.moulds import move_in
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


@pytest.fixture
def elsewhere(
    database: databases.SQLite | databases.PostgreSQL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Path]]:
    """Another, empty home folder with a database that holds nothing; call it to move in."""
    folder = tmp_path / "elsewhere"
    folder.mkdir(mode=0o700)

    def go(*, tables: bool = False) -> Path:
        opened = database.fresh(folder)
        url = opened.__enter__()
        left.append(opened)
        if not tables and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        elif not tables:
            databases.close()
            (folder / "db.sqlite3").unlink()
        move_in(monkeypatch, folder, url)
        return folder

    left = []
    yield go
    for opened in left:
        opened.__exit__(None, None, None)
