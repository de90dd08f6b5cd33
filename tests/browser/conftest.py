"""A real browser on a served organisation.

    def test_the_front_page_is_for_everyone(page_as, axe):
        page = page_as("editor", width=360, language="fr")
        page.goto("/desk/")
        axe(page)

`site` is served once a module. Every page is watched: a complaint in its console, a break of its content
security policy, a fault or a call to a third party fails the test. All tests here are marked `browser`; those
of one file run one after the other, on SQLite, and with `--database postgres` on PostgreSQL.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page
from tests import databases, workers
from tests.browser import chromium, looking
from tests.browser.site import Site, served
from tests.browser.watching import Troubles

from masthead.newsroom.site.serving.static import lay_out

HERE = Path(__file__).parent
HEIGHT = {360: 740, 1280: 900}
LONGEST = (
    "test_whole_job",
    "test_every_page",
    "test_item",
    "test_logins",
    "test_hostile",
    "test_two_editors",
)
"""The files that take longest: begun first, so that no process is left alone with one at the end."""
LOCALES = {"en": "en-GB", "fr": "fr-FR"}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: opens pages in Chromium; those of one file run serially")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Half of the time a page is waited for."""
    return workers.count(workers.cores(), for_each=1.5)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")
    # The order of the others, and of the tests in a file, stays.
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if _is_long(item) else len(LONGEST))


def _is_long(item: pytest.Item) -> bool:
    return item.path.parent == HERE and item.path.stem in LONGEST


class PageAs(Protocol):
    """Opens a page of its own for a person, signed in; for nobody in particular with ''."""

    def __call__(
        self,
        person: str = "",
        *,
        width: int = 1280,
        language: str = "en",
        javascript: bool = True,
        color_scheme: Literal["light", "dark"] = "light",
        **context: Any,
    ) -> Page: ...


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium. Playwright waits in an event loop, which Django would take for async code."""
    with pytest.MonkeyPatch.context() as patch, chromium.opened() as found:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield found


@pytest.fixture(scope="session")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Style and scripts as `masthead serve` lays them out: once, for compressing them takes seconds."""
    home = tmp_path_factory.mktemp("static")
    lay_out(home)
    return home / "static"


@pytest.fixture(scope="module")
def site(
    database: databases.SQLite | databases.PostgreSQL, static: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A founded organisation on a port of its own. Tests of a module share it: each makes its own items."""
    home = tmp_path_factory.mktemp("site") / "home"
    home.mkdir(mode=0o700)
    with database.fresh(home) as url, pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "MASTHEAD_HOME", home)
        patch.setenv("MASTHEAD_HOME", str(home))
        patch.setenv("MASTHEAD_DATABASE_URL", url)
        with served(home, static) as found:
            yield found


@pytest.fixture
def troubles(site: Site) -> Iterator[Troubles]:
    """What the pages of this test complain of; what is left in `.seen` at the end fails it."""
    watching = Troubles(site.url)
    yield watching
    assert watching.seen == [], site.broke()


@pytest.fixture
def page_as(browser: Browser, site: Site, troubles: Troubles) -> Iterator[PageAs]:
    """Opens pages: `page_as("editor", width=360, language="fr", javascript=False, color_scheme="dark")`."""
    contexts = []

    def opened(
        person: str = "",
        *,
        width: int = 1280,
        language: str = "en",
        javascript: bool = True,
        color_scheme: Literal["light", "dark"] = "light",
        **context: Any,
    ) -> Page:
        made = browser.new_context(
            base_url=site.url,
            locale=LOCALES[language],
            timezone_id="Europe/Paris",
            viewport={"width": width, "height": HEIGHT.get(width, 900)},
            java_script_enabled=javascript,
            color_scheme=color_scheme,
            **context,
        )
        contexts.append(made)
        made.set_default_timeout(30_000)
        troubles.watch(made, javascript=javascript)
        if person:
            host = urlsplit(site.url).hostname or ""
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": site.session(person)}
            made.add_cookies([{**cookie, "domain": host, "path": "/", "httpOnly": True, "sameSite": "Lax"}])  # type: ignore[list-item, typeddict-item]
        return made.new_page()

    yield opened
    for each in contexts:
        each.close()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Asserts that axe finds nothing on a page, in light and in dark, and that nothing is wider than it."""

    def clean(page: Page) -> None:
        assert looking.barriers(page) == []
        assert looking.too_wide(page) == []

    return clean
