"""Every page of a login opens, and is ours."""

import pytest
from django.test import Client
from tests.newsroom.logins import client_of

from masthead.newsroom.accounts.actor import named

MINE = [
    "/desk/me/",
    "/account/logout/",
    "/account/sessions/",
    "/account/password/change/",
    "/account/2fa/webauthn/",
    "/account/provider/",
    "/account/reauthenticate/",
]
DOORS = [
    "/account/login/",
    "/account/signup/",
    "/account/inactive/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/done/",
    "/account/provider/login/cancelled/",
]
OURS = '<link rel="stylesheet" href="/static/public/masthead.css">'


@pytest.mark.parametrize("path", MINE)
def test_a_page_of_one_s_login_is_ours(small, path):
    page = client_of(small.author).get(path)
    assert page.status_code == 200
    assert OURS in page.text


@pytest.mark.parametrize("path", DOORS)
def test_a_page_before_the_login_is_ours(small, path):
    page = Client().get(path)
    assert page.status_code == 200
    assert OURS in page.text
    assert "The Herald" in page.text


@pytest.mark.parametrize("path", MINE)
def test_a_page_of_one_s_login_asks_for_it(small, path):
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer["Location"].split("?")[0] == "/account/login/"


def test_pages_about_people_open_for_who_may(small):
    steward = client_of(small.steward)
    pk = named("Ann Author").pk
    for path in ("", "new/", f"{pk}/", f"{pk}/last-day/", f"{pk}/invite/", f"{pk}/login/end/",
                 f"{pk}/role/contributor/end/"):  # fmt: skip
        page = steward.get(f"/desk/people/{path}")
        assert page.status_code == 200, path
        assert OURS in page.text
