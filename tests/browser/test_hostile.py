"""What people of ill will send: shown as text, saved and not run, framed by nobody, believed of nobody."""

import re
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import PageAs
from tests.browser.site import PASSWORD, Site, email
from tests.browser.watching import Troubles
from tests.newsroom.desk import approved, letters, ready, size, text, use

from masthead.newsroom.items.commands import add_item
from masthead.newsroom.items.given import Given, UseGiven
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.public.commands import publish, site_folder
from masthead.newsroom.review.commands import run_checks, sign_off
from masthead.vocabulary import Task, Tier

SCRIPT = "<script>alert(1)</script>"
BREAKOUT = "\"'></textarea></title><img src=x onerror=alert(2)><svg onload=alert(3)>{{7*7}}"


class Attacker(ThreadingHTTPServer):
    """Another origin, whose pages say what the test lets them say."""

    page = ""

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_port}/"


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Attacker)
        content = self.server.page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def attacker() -> Iterator[Attacker]:
    with Attacker(("127.0.0.1", 0), partial(_Answers)) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def watched(page: Page) -> list[str]:
    """What the page says in a dialog: a script of somebody else's ran."""
    said: list[str] = []

    def heard(dialog: object) -> None:
        said.append(str(dialog))
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", heard)
    return said


def poisoned(site: Site) -> Version:
    """A published item with a script in everything that can be said of it."""
    desk, mark = site.desk, letters(size())
    approved(desk, f"Ink {BREAKOUT} {mark}")
    version = add_item(
        desk.author,
        text(f"# {BREAKOUT}\n\n{SCRIPT} cost £900,000. [a](javascript:alert(4)) {mark}", f"{SCRIPT}.md"),
        sources=[text(f"{BREAKOUT} {mark}", f"a{BREAKOUT.replace('/', '')}.md")],
        uses=[UseGiven(f"Ink {BREAKOUT} {mark}", Task.EDITING, Tier.T2)],
        title=f"{SCRIPT}{BREAKOUT}",
        language="en",
    )
    run_checks(desk.author, version)
    return version


def test_scripts_in_what_is_brought_in_are_shown_as_text(page_as: PageAs, site: Site) -> None:
    version = poisoned(site)
    page = page_as("editor", width=360)
    said = watched(page)
    at = f"/desk/items/{version.item.public_id}"
    for what in (
        "/",
        "/versions/new",
        "/uses/add",
        "/sources/add",
        "/sign-off",
        "/publish",
        "/timeline",
        "/difference",
    ):
        page.goto(at + what)
        expect(page.locator("main")).to_contain_text("onerror")
    page.goto(f"{at}/")
    for link in page.locator("#copy .note a[href*='/waive']").all()[:1]:
        link.click()
        expect(page.locator("form[action*='/waive']")).to_be_visible()
    for path in ("/desk/", "/desk/search/?q=alert", "/desk/register/", "/desk/log/", "/desk/waiting/"):
        page.goto(path)
        expect(page.locator("main")).to_be_visible()
    page.goto(f"/desk/search/?q={BREAKOUT}")
    expect(page.locator("[name=q]")).to_have_value(BREAKOUT)
    assert page.locator("main a[href^='javascript:']").count() == 0
    assert page.locator("main img, main svg[onload]").count() == 0
    assert said == []


def test_scripts_in_what_went_out_are_shown_as_text(page_as: PageAs, site: Site) -> None:
    desk, mark = site.desk, letters(size())
    version = add_item(
        desk.author, text(f"The river rose. {mark}"), uses=[], title=f"{SCRIPT}{BREAKOUT}", language="en"
    )
    run_checks(desk.author, version)
    sign_off(desk.editor, version)
    publish(desk.editor, version, site_folder(version.item))
    page = page_as(width=360)
    said = watched(page)
    page.goto(f"/items/{version.item.public_id}/ask")
    page.locator("[name=text]").fill(f"{SCRIPT}{BREAKOUT}")
    page.locator("[name=reach]").fill(BREAKOUT)
    page.locator("main form button").first.click()
    expect(page.locator("main")).to_contain_text("onerror")
    for path in (
        f"/items/{version.item.public_id}/",
        "/",
        "/corrections",
        f"/verify?text={BREAKOUT}",
        "/register",
    ):
        page.goto(path)
        expect(page.locator("main")).to_be_visible()
    page.goto("/verify")
    page.locator("[name=text]").fill(f"{SCRIPT}{BREAKOUT}")
    page.locator("form", has=page.locator("[name=text]")).locator("button").click()
    expect(page.locator("h1")).to_be_visible()
    answering = page_as("other_editor")
    heard = watched(answering)
    answering.goto("/desk/questions/")
    answering.get_by_role("link", name=re.compile("onerror")).click()
    expect(answering.locator("main")).to_contain_text("onerror")
    assert said + heard == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<h1>Hello</h1><p>The river rose.</p><script>alert(5)</script>"),
        (
            "drawing.svg",
            b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(6)"><script>alert(7)</script></svg>',
        ),
    ],
)
def test_what_was_handed_in_is_saved_and_never_rendered(
    page_as: PageAs, site: Site, name: str, content: bytes
) -> None:
    version = add_item(
        site.desk.editor,
        text(f"A river. {letters(size())}"),
        sources=[Given(name, content)],
        uses=[],
        title="River",
    )
    page = page_as("editor")
    said = watched(page)
    page.goto(f"/desk/items/{version.item.public_id}/")
    with page.expect_download() as saving:
        page.locator("#sources a[href$='/file']").click()
    ending = {"page.html": ".html.txt", "drawing.svg": ".bin"}[name]
    assert saving.value.suggested_filename.endswith(ending)
    answer = page.request.get(page.locator("#sources a[href$='/file']").get_attribute("href") or "")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert said == []


@pytest.mark.parametrize("path", ["/desk/", "/account/login/", "/", "/verify"])
def test_no_other_site_frames_a_page(
    page_as: PageAs, site: Site, attacker: Attacker, troubles: Troubles, path: str
) -> None:
    attacker.page = f'<!doctype html><title>Win</title><iframe src="{site.url}{path}"></iframe>'
    page = page_as("editor")
    page.goto(attacker.url)
    page.wait_for_load_state("networkidle")
    framed = page.frames[1]
    assert framed.url.startswith("chrome-error:") or framed.locator("main").count() == 0
    assert any("frame" in each.lower() for each in troubles.seen)
    troubles.seen.clear()


@pytest.mark.parametrize(
    "next_one", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(8)"]
)
def test_a_login_leads_to_no_other_site(page_as: PageAs, site: Site, next_one: str) -> None:
    page = page_as()
    said = watched(page)
    page.goto(f"/account/login/?next={next_one}")
    page.locator("input[type=email]").fill(email("editor"))
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("input[type=password]").press("Enter")
    page.wait_for_url(f"{site.url}/desk/**")
    assert said == []


def test_a_form_of_another_site_does_nothing(
    page_as: PageAs, site: Site, attacker: Attacker, troubles: Troubles
) -> None:
    system = approved(site.desk, f"Pen {letters(size())}")
    version = ready(site.desk, use(system.name))
    before = Item.objects.count()
    page = page_as("editor")
    page.goto("/desk/")
    for path, fields in (
        ("/desk/items/new", {"text": "Not mine."}),
        (f"/desk/items/{version.item.public_id}/publish", {"version": "1"}),
        ("/account/logout/", {}),
    ):
        inputs = "".join(f'<input name="{name}" value="{value}">' for name, value in fields.items())
        form = f'<form method="post" action="{site.url}{path}">{inputs}<button>Go</button></form>'
        attacker.page = f"<!doctype html><title>Win</title>{form}"
        page.goto(attacker.url)
        with page.expect_navigation():
            page.locator("button").click()
        assert urlsplit(page.url).netloc == urlsplit(site.url).netloc
    page.goto("/desk/")
    expect(page).to_have_url(f"{site.url}/desk/")
    assert Item.objects.count() == before
    assert version.item.publications.count() == 0
    troubles.seen.clear()


@pytest.mark.parametrize("javascript", [True, False])
def test_back_after_signing_out_shows_nothing(page_as: PageAs, site: Site, *, javascript: bool) -> None:
    """On a machine that somebody else sits down at next."""
    version = add_item(site.desk.author, text(f"Only for us: {letters(size())}."), title="A secret plan")
    page = page_as("author", javascript=javascript)
    for address in ("/desk/", f"/desk/items/{version.item.public_id}/", "/desk/me/"):
        page.goto(address)
    page.goto(f"/desk/items/{version.item.public_id}/")
    expect(page.locator("main")).to_contain_text("Only for us")
    page.goto("/account/logout/")
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile("/account/login/"))
    for _ in range(5):
        page.go_back()
        expect(page).to_have_url(re.compile("/account/"))
        expect(page.locator("body")).not_to_contain_text("Only for us")
        expect(page.locator("body")).not_to_contain_text("A secret plan")
    for _ in range(3):
        page.go_forward()
        expect(page.locator("body")).not_to_contain_text("Only for us")
