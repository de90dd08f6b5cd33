"""What a page must not do unseen: complain in the console, break its security policy, call elsewhere."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, Response

# Chromium repeats in the console what a response said already; `_answered` looks at those itself.
REPEATED = "Failed to load resource"
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


class Troubles:
    """What went wrong on the pages of a test, in words. A test that expects some empties the list."""

    def __init__(self, url: str) -> None:
        self._host = urlsplit(url).netloc
        self.seen: list[str] = []

    def watch(self, context: BrowserContext, *, javascript: bool) -> None:
        """Watch every page that this context opens."""
        if javascript:
            context.add_init_script(REPORT_VIOLATIONS)
        context.on("page", self._watch)

    def _watch(self, page: Page) -> None:
        page.on("console", self._said)
        page.on("pageerror", self._broke)
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and REPEATED not in message.text:
            self.seen.append(f"console {message.type}: {message.text}")

    def _broke(self, error: Error) -> None:
        self.seen.append(f"script error: {error.message}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and parts.netloc != self._host:
            self.seen.append(f"a request to a third party: {request.url}")

    def _answered(self, response: Response) -> None:
        """A page, or a part a script asks for, may say no; a style, script or picture may not be missing."""
        may_refuse = response.request.resource_type in ("document", "fetch", "xhr")
        if response.status >= (500 if may_refuse else 400):
            self.seen.append(f"{response.status} {response.url}")
