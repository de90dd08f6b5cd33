"""What every room's tests may ask for.

`home` is a home folder with an empty, migrated database; `log` is the same with an evidence log begun. Both
are real: files, commits, processes. Tests that ask for either run on SQLite, and on PostgreSQL with
`pytest --database postgres -m database`.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from tests import databases

from masthead import clock

# A slow machine is no finding, and what examples share through a fixture they share on purpose.
hypothesis_settings.register_profile(
    "masthead",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("masthead")

# Wherever the tests run, people read UTC: this process, and every child of it.
os.environ["MASTHEAD_TIME_ZONE"] = clock.NO_ZONE
clock.keep(clock.NO_ZONE)

ORIGIN = "herald.example/log"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=["sqlite", "postgres"], default="sqlite", help="what tests with a database use"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "database: uses a database; runs on each of them")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "database" in getattr(item, "fixturenames", ()):
            item.add_marker("database")


@pytest.fixture(scope="session")
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: object
) -> Iterator[databases.SQLite | databases.PostgreSQL]:
    """The database system under test."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        if request.config.getoption("--database") == "sqlite":
            yield databases.SQLite(tmp_path_factory.mktemp("template"))
            return
        server = databases.Server()
        try:
            yield databases.PostgreSQL(server)
        finally:
            server.stop()


@pytest.fixture
def home(
    database: databases.SQLite | databases.PostgreSQL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A home folder with an empty database; settings, this process and its children know it."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    caches["memory"].clear()
    with database.fresh(folder) as url:
        monkeypatch.setattr(settings, "MASTHEAD_HOME", folder)
        monkeypatch.setenv("MASTHEAD_HOME", str(folder))
        monkeypatch.setenv("MASTHEAD_DATABASE_URL", url)
        yield folder


@pytest.fixture
def log(home: Path) -> Path:
    """A home folder with an evidence log begun."""
    from masthead.newsroom.evidence.setup import setup

    setup(home, ORIGIN)
    return home
