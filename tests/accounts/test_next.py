"""Wherever an address to go on to may be named, it leads to this site and nowhere else."""

from urllib.parse import quote, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from tests.newsroom.desk import Desk
from tests.newsroom.logins import PASSWORD, client_of, login_of
from tests.permissions.routes import every_route

from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.site.routes import OTHERS

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "https:evil.example",
    "/\t/evil.example",
)
NAMED = ("next", "to", "url", "return_to", "redirect", "back")


def _ours(location: str) -> bool:
    # As a browser reads it (WHATWG URL, section 4.4): a backslash is a stroke, tabs and line ends nothing.
    read = location.replace("\\", "/").translate({9: None, 10: None, 13: None}).strip()
    parts = urlsplit(read)
    return not parts.scheme and not parts.netloc and not read.startswith("//")


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_no_way_in_or_out_goes_on_to_another_site(small: Desk, elsewhere: str):
    words = {
        "login": login_of(small.editor).email,
        "password": PASSWORD,
        "email": "someone@example.org",
        **dict.fromkeys(NAMED, elsewhere),
    }
    asked = "&".join(f"{name}={quote(elsewhere)}" for name in NAMED)
    seen = 0
    for route in every_route():
        if route.parameters or (route.name not in OTHERS and not route.name.startswith(("setup", "desk:me"))):
            continue
        for client in (Client(), client_of(small.editor)):
            for answer in (
                client.get(f"{reverse(route.name)}?{asked}"),
                client.post(f"{reverse(route.name)}?{asked}", words),
            ):
                if 300 <= answer.status_code < 400:
                    seen += 1
                    assert _ours(answer["Location"]), (route.name, answer["Location"])
    assert seen > 20


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_nor_does_proving_oneself_once_more(small: Desk, elsewhere: str):
    login_of(small.editor)
    client = client_of(Actor(small.editor.person_id))
    for name in ("account_reauthenticate", "account_logout"):
        address = f"{reverse(name)}?next={quote(elsewhere)}"
        answer = client.post(address, {"password": PASSWORD, "next": elsewhere})
        assert answer.status_code == 302
        assert _ours(answer["Location"]), answer["Location"]


def test_what_nobody_may_see_leads_back_to_itself(small: Desk):
    answer = Client().get("/desk//evil.example/?next=//evil.example/")
    assert answer.status_code == 404 or _ours(answer["Location"])
    answer = Client().get("/desk/people/?next=//evil.example/")
    assert answer["Location"].startswith("/account/login/?next=/desk/people/")
