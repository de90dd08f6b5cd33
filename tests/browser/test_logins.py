"""Logins in a real browser: a passkey of a real authenticator, and every page of a login looked over."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import PageAs
from tests.browser.site import PASSWORD, Site, email
from tests.browser.watching import Troubles

from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.accounts.invitations import invite
from masthead.vocabulary import Role

OWN = [
    "/desk/me/",
    "/account/sessions/",
    "/account/password/change/",
    "/account/reauthenticate/",
    "/account/2fa/webauthn/",
    "/account/logout/",
]
HOUR = timedelta(hours=1)
DOORS = ["/account/login/", "/account/password/reset/", "/account/signup/", "/account/inactive/"]


@pytest.fixture
def local(browser: Browser, site: Site) -> Iterator[Page]:
    """A page under the name `localhost`, which a passkey may be bound to, with an authenticator beside it."""
    url = site.url.replace("127.0.0.1", "localhost")
    context = browser.new_context(base_url=url)
    watching = Troubles(url)
    watching.watch(context, javascript=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    yield page
    context.close()
    assert watching.seen == [], site.broke()


def log_in(page: Page, person: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(email(person))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page: Page) -> None:
    page.goto("/account/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
    page.get_by_label("Its name").fill("My phone")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")


def test_a_passkey_is_added_and_signs_in_alone_whatever_the_clock_of_the_device_says(local):
    local.clock.set_fixed_time(datetime.now(UTC) + HOUR)
    log_in(local, "other_editor")
    add_passkey(local)
    local.goto("/account/2fa/webauthn/")
    expect(local.get_by_role("row", name="My phone")).to_contain_text("on its own")
    local.goto("/account/logout/")
    local.get_by_role("button", name="Sign out").click()
    local.clock.set_fixed_time(datetime.now(UTC) - HOUR)
    local.goto("/account/login/?next=/desk/me/")
    assert local.evaluate("Date.now()") < (datetime.now(UTC) - HOUR / 2).timestamp() * 1000
    local.get_by_role("button", name="Sign in with a passkey").click()
    expect(local).to_have_url(re.compile("/desk/me/$"))


def test_a_passkey_that_answers_too_late_is_told_so_and_tries_again(local):
    log_in(local, "author")
    add_passkey(local)
    local.context.clear_cookies()
    local.goto("/account/login/")

    def forget(route):
        # What was asked is gone by the time the device has answered.
        answer = route.fetch()
        kept = [cookie for cookie in local.context.cookies() if cookie["name"] != "masthead"]
        local.context.clear_cookies()
        local.context.add_cookies(kept)
        headers = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
        route.fulfill(status=answer.status, headers=headers, body=answer.body())

    passkey = local.get_by_role("button", name="Sign in with a passkey")
    local.route("**/2fa/webauthn/login/", forget, times=1)
    passkey.click()
    expect(local.locator("[role=status]")).to_contain_text("took too long")
    passkey.click()
    expect(local).to_have_url(re.compile("/desk/$"))


def test_a_passkey_is_the_second_proof_after_a_password(local):
    log_in(local, "editor")
    add_passkey(local)
    local.context.clear_cookies()
    log_in(local, "editor")
    expect(local.get_by_role("heading", level=1)).to_have_text("One more step")
    local.get_by_role("button", name="Use a passkey instead").click()
    expect(local).to_have_url(re.compile("/desk/$"))


def test_a_device_that_gives_no_passkey_says_so_and_the_password_still_works(page_as: PageAs, axe):
    page = page_as()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("gave no passkey")
    axe(page)


def test_an_invited_person_comes_in_with_a_passkey_alone(local, site):
    _, token = invite(site.desk.steward, add_person(site.desk.steward, "Nia Newcomer", [Role.CONTRIBUTOR]))
    local.goto(f"/account/invitation/{token}/")
    assert token not in local.url
    local.locator("[name=email]").fill("nia@herald.example")
    local.get_by_label("With a passkey").check()
    local.get_by_role("button", name="Go on").click()
    expect(local.get_by_role("heading", level=1)).to_have_text("Add a passkey")
    local.get_by_role("button", name="Add a passkey").click()
    expect(local.get_by_role("heading", level=1)).to_have_text("Recovery codes")


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_a_login_are_for_everyone(page_as: PageAs, axe, width):
    page = page_as("steward", width=width)
    for path in OWN:
        assert page.goto(path).status == 200
        axe(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_before_a_login_are_for_everyone(page_as: PageAs, axe, width):
    page = page_as(width=width)
    for path in DOORS:
        assert page.goto(path).status == 200
        axe(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_about_people_are_for_everyone(page_as: PageAs, axe, site: Site, width):
    page = page_as("steward", width=width)
    pk = site.desk.other_editor.person_id
    for path in ("", "new/", f"{pk}/", f"{pk}/invite/", f"{pk}/last-day/", f"{pk}/login/end/",
                 f"{pk}/role/editor/end/"):  # fmt: skip
        assert page.goto(f"/desk/people/{path}").status == 200
        axe(page)


def test_an_authenticator_app_is_shown_its_picture(page_as: PageAs, axe):
    page = page_as("steward", width=360)
    page.goto("/account/2fa/totp/activate/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    picture = page.get_by_role("img")
    expect(picture).to_be_visible()
    picture.evaluate("image => image.decode()")  # waits until it is there, and fails where it is no picture
    axe(page)
