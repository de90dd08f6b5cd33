"""The browser the tests use: Chromium as this machine has it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# No sandbox: it needs rights that containers do not have, and only our own pages are opened. The rest keeps
# the browser from speaking to anyone but the site under test.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class NoChromium(Exception):
    """This machine has none."""


def program(playwright: Playwright) -> Path | None:
    """Where Chromium is: as MASTHEAD_CHROMIUM says, on the PATH, else as `playwright install` laid it."""
    named = os.environ.get("MASTHEAD_CHROMIUM")
    found = next(filter(None, map(shutil.which, [named] if named else NAMES)), None)
    own = Path(playwright.chromium.executable_path)
    return Path(found) if found else own if own.is_file() else None


@contextmanager
def opened() -> Iterator[Browser]:
    """One browser; every test has a context of its own in it."""
    with sync_playwright() as playwright:
        path = program(playwright)
        if path is None:
            raise NoChromium(
                "There is no Chromium here. Install it (`apt-get install chromium`, or "
                "`.venv/bin/playwright install --with-deps chromium`), or name one in MASTHEAD_CHROMIUM."
            )
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


if __name__ == "__main__":
    try:
        with opened() as browser:
            print(f"Chromium {browser.version}")
    except NoChromium as error:
        raise SystemExit(str(error)) from None
