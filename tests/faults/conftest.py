"""A founded organisation, a reader nobody knows, and a person at a terminal, for what goes wrong."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from tests import databases
from tests.cli.terminal import Desk as Terminal
from tests.faults.forking import Quick
from tests.moulds import move_in
from tests.newsroom.conftest import small
from tests.newsroom.desk import Desk, approved, ready, use
from tests.public.conftest import reader

from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.site.backup import checking, restoring

__all__ = ["reader", "small"]


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """The command line, in a folder beside the home folder."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("MASTHEAD_LANGUAGE", "en")
    return Terminal(folder, capsys, monkeypatch)


@pytest.fixture(scope="session")
def begun_once(tmp_path_factory: pytest.TempPathFactory) -> Quick:
    """What `quick` has laid out already."""
    return Quick(tmp_path_factory.mktemp("quick"))


@pytest.fixture
def quick(begun_once: Quick, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies and restores that begin quickly, and go on as they are."""
    monkeypatch.setattr(checking, "in_a_process", begun_once.check)
    monkeypatch.setattr(restoring, "make_tables", begun_once.make_tables)


@pytest.fixture
def working(small: Desk) -> Desk:
    """A desk with something published, something in hand, and a system in the register."""
    approved(small)
    version = ready(small, use())
    public.publish(small.editor, version, site_folder(version.item))
    ready(small)
    return small


@pytest.fixture
def busy(working: Desk, quick: None) -> Desk:
    """The same, of which copies are quickly made and put back."""
    return working


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
