"""What every room's tests may ask for.

`home` is a home folder with an empty, migrated database; `log` is the same with an evidence log begun. Where
`small_mould` or `solo_mould` is asked for too, an organisation was founded in `home`: `tests/moulds.py`. All
are real: files, commits, processes. Tests that ask for one run on SQLite, and on PostgreSQL with
`pytest --database postgres -m database`.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from tests import databases, moulds, workers

from masthead import clock
from masthead.vocabulary import Profile

# A slow machine is no finding, and what examples share through a fixture they share on purpose.
hypothesis_settings.register_profile(
    "masthead",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("masthead")

# Slow on purpose where it counts: a third of a second each.
PBKDF2PasswordHasher.iterations = 100

# Nothing here has to outlast the machine, and waiting for a disk is most of what a commit takes.
os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", databases.quickest())

# Wherever the tests run, people read UTC: this process, and every child of it.
os.environ["MASTHEAD_TIME_ZONE"] = clock.NO_ZONE
clock.keep(clock.NO_ZONE)

ORIGIN = "herald.example/log"
TRIED = "tried"
"""The property under which a test's report carries what it has tried."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=["sqlite", "postgres"], default="sqlite", help="what tests with a database use"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "database: uses a database; runs on each of them")
    config.addinivalue_line(
        "markers", "long: takes seconds; begun first, so that none is waited for at the end"
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    return workers.count(workers.cores())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "database" in getattr(item, "fixturenames", ()):
            item.add_marker("database")
    # The order of all others stays.
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """What a test has tried, in figures, for the end of the run: call it once for each line."""
    return lambda line: request.node.user_properties.append((TRIED, line))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    told = [
        (outcome, line)
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, ())
        for name, line in report.user_properties
        if name == TRIED
    ]
    if told:
        terminalreporter.section(f"faults tried on {config.getoption('--database')}")
        for outcome, line in sorted(told):
            terminalreporter.line(f"{outcome}  {line}")


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


@pytest.fixture(scope="session")
def small_mould(
    database: databases.SQLite | databases.PostgreSQL, tmp_path_factory: pytest.TempPathFactory
) -> moulds.Mould:
    """A team of four under the ten starter controls, to be had at `home`."""
    return moulds.cast(database, tmp_path_factory.mktemp("small"), Profile.SMALL)


@pytest.fixture(scope="session")
def solo_mould(
    database: databases.SQLite | databases.PostgreSQL, tmp_path_factory: pytest.TempPathFactory
) -> moulds.Mould:
    """The same people where one may sign off their own work."""
    return moulds.cast(database, tmp_path_factory.mktemp("solo"), Profile.SOLO)


@pytest.fixture
def home(
    request: pytest.FixtureRequest,
    database: databases.SQLite | databases.PostgreSQL,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Path]:
    """A home folder with a database, empty or from a mould; settings, process and children know it."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    like = databases.EMPTY
    for name in {"small_mould", "solo_mould"}.intersection(request.fixturenames):
        mould: moulds.Mould = request.getfixturevalue(name)
        mould.fill(folder)
        like = mould.name
    with database.fresh(folder, like) as url:
        moulds.move_in(monkeypatch, folder, url)
        yield folder


@pytest.fixture
def log(home: Path) -> Path:
    """A home folder with an evidence log begun."""
    from masthead.newsroom.evidence.setup import setup

    setup(home, ORIGIN)
    return home
