"""A page of passkeys that was opened by number says so: browsers give none there."""

import pytest
from django.conf import settings
from django.urls import reverse
from tests.newsroom.logins import client_of

PAGES = ("mfa_list_webauthn", "account_login")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("host", "link"),
    [
        ("127.0.0.1:8000", "http://localhost:8000"),
        ("[::1]", "http://localhost"),
        ("10.1.2.3", ""),
        ("localhost", None),
    ],
)
def test_a_page_opened_by_number_says_so(small, client, monkeypatch, page, host, link):
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["*"])
    asking = client if page == "account_login" else client_of(small.steward)
    address = reverse(page)
    shown = asking.get(address, headers={"host": host}).content.decode()
    assert ("by an address of numbers" in shown) is (link is not None)
    assert ("localhost" in shown and f'href="{link}{address}"' in shown) is bool(link)
