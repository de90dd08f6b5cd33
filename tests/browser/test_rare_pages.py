"""Pages that one sees once, or when something went wrong: setting up, the second proof, what is refused."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from playwright.sync_api import Browser, Page, expect
from tests import databases
from tests.browser.conftest import LOCALES, PageAs
from tests.browser.site import PASSWORD, Site, answering, email
from tests.browser.test_every_page import signed_in, wrong_with


@pytest.fixture
def unbegun(
    database: databases.SQLite | databases.PostgreSQL,
    static: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[tuple[str, Path]]:
    """The address of a desk where no organisation is begun, and its home."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    with database.fresh(home) as url:
        monkeypatch.setattr(settings, "MASTHEAD_HOME", home)
        monkeypatch.setenv("MASTHEAD_HOME", str(home))
        monkeypatch.setenv("MASTHEAD_DATABASE_URL", url)
        with answering(home, static) as (address, _):
            yield address, home


def test_a_desk_is_set_up_on_pages_for_everyone(browser: Browser, unbegun: tuple[str, Path]) -> None:
    address, home = unbegun
    context = browser.new_context(
        base_url=address, locale=LOCALES["en"], viewport={"width": 360, "height": 740}
    )
    page, wrong = context.new_page(), []

    def looked_at(heading: str) -> None:
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        wrong.extend(wrong_with(page))

    def go_on() -> None:
        page.locator("main form button").first.click()

    page.goto("/")
    looked_at("Nobody has moved in here yet")
    page.get_by_role("link", name="Set up this desk").click()
    page.get_by_label("Setup code").fill("wrong")
    go_on()
    looked_at("Set up this desk")
    page.get_by_label("Setup code").fill((home / "setup.code").read_text())
    go_on()
    looked_at("Whose desk is this?")
    page.get_by_label("Name of the outlet").fill("The Harbour Post")
    go_on()
    looked_at("Who are you?")
    page.get_by_label("Your name").fill("Nia Sorel")
    page.get_by_label("E-mail address").fill("nia@post.example")
    page.get_by_label("Password").fill(PASSWORD)
    go_on()
    looked_at("How do you work?")
    page.get_by_role("button", name="Begin the record").click()
    looked_at("My work")
    page.goto("/")
    looked_at("How we use AI")
    expect(page.get_by_text("Nothing is published yet.")).to_be_visible()
    assert wrong == []
    context.close()


def code(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238, with the defaults of RFC 4226)."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def test_a_second_proof_is_added_and_asked_on_pages_for_everyone(page_as: PageAs, site: Site) -> None:
    page, wrong = signed_in(page_as(width=360), "author"), []
    page.goto("/account/2fa/totp/activate/")
    if "reauthenticate" in page.url:
        wrong += wrong_with(page)
        page.locator("input[type=password]").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
    secret = page.locator("details code").text_content() or ""
    for typed in ("12", code(secret)):
        wrong += wrong_with(page)
        page.get_by_label("Code").fill(typed)
        page.get_by_role("button", name="Add the app").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    recovery = page.locator(".codes code").first.inner_text()
    for path in ("recovery-codes/", "recovery-codes/generate/", "totp/deactivate/", "webauthn/"):
        assert page.goto(f"/account/2fa/{path}").status == 200
        wrong += wrong_with(page)
    page.context.clear_cookies()
    _at_the_door(page, PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    expect(page.get_by_role("button", name="Use a passkey instead")).to_have_count(0)
    for typed in ("000000", recovery):
        wrong += wrong_with(page)
        page.get_by_label("Code").fill(typed)
        page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk/")
    assert wrong == []


def _at_the_door(page: Page, password: str) -> None:
    page.goto("/account/login/")
    page.locator("input[type=email]").fill(email("author"))
    page.locator("input[type=password]").fill(password)
    page.locator("input[type=password]").press("Enter")
    page.wait_for_load_state()


def test_the_rooms_of_the_desk_stand_in_one_row(page_as: PageAs, site: Site) -> None:
    for language in LOCALES:
        page = page_as("steward", width=360, language=language)
        page.goto("/desk/people/")
        row = page.locator(".plate nav")
        before = row.bounding_box()
        assert before is not None
        assert before["height"] < 60, "one row of 44 px"
        menu = row.locator("summary")
        menu.focus()
        page.keyboard.press("Enter")
        expect(row.locator("a[href='/desk/settings/']:visible")).to_have_count(1)
        assert wrong_with(page) == []
        page.set_viewport_size({"width": 1280, "height": 900})
        expect(menu).to_be_hidden()
        expect(row.locator("a:visible")).to_have_count(8)


def test_what_is_refused_is_for_everyone(page_as: PageAs, site: Site) -> None:
    wrong = []
    author, stranger = page_as("author", width=360, language="fr"), page_as(width=360)
    for page, path in (
        (author, "/desk/settings/"),
        (author, "/desk/items/none/"),
        (author, "/desk/nothing"),
        (stranger, "/nothing"),
        (stranger, "/account/invitation/none/"),
        (stranger, "/account/password/reset/key/0-none/"),
        (stranger, "/account/inactive/"),
    ):
        page.goto(path)
        wrong += wrong_with(page)
        expect(page.locator("main .act a").first).to_be_visible()
    assert wrong == []
