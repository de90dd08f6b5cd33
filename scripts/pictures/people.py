"""Whoever looks at the pages: the people of the demo, each in a browser of their own, and the audience."""

from collections.abc import Sequence
from typing import Literal

from playwright.sync_api import Browser, Page

WIDTH, HEIGHT = 1100, 900


class People:
    """Opens pages as somebody; nobody named is the audience."""

    def __init__(self, browser: Browser, url: str, logins: Sequence[dict[str, str]]) -> None:
        self._browser, self._url = browser, url
        self._logins = {each["name"].split()[0].lower(): each for each in logins}

    def page(self, name: str = "", *, width: int = WIDTH, scheme: Literal["light", "dark"] = "light") -> Page:
        """A page of theirs, logged in. A narrow one is a phone, with twice the pixels."""
        context = self._browser.new_context(
            base_url=self._url,
            viewport={"width": width, "height": HEIGHT},
            device_scale_factor=2 if width < 600 else 1,
            locale="en-GB",
            timezone_id="Europe/Paris",
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        page = context.new_page()
        if name:
            self._log_in(page, self._logins[name])
        return page

    def _log_in(self, page: Page, login: dict[str, str]) -> None:
        page.goto("/account/login/")
        page.fill("[name=login]", login["email"])
        page.fill("[name=password]", login["password"])
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/desk/")
