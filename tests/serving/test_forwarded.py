"""Who is believed about who asked."""

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from masthead.newsroom.site.forwarded import Forwarded

SAID = {
    "HTTP_X_FORWARDED_FOR": "198.51.100.9, 203.0.113.7",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_FORWARDED": "for=198.51.100.9;proto=https",
    "HTTP_X_REAL_IP": "198.51.100.9",
}


@pytest.fixture
def through(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What a view sees of a request, with or without a proxy of ours before the desk."""

    def seen(*, proxy: bool, **said: str) -> HttpRequest:
        monkeypatch.setattr(settings, "MASTHEAD", replace(settings.MASTHEAD, behind_proxy=proxy))
        requests: list[HttpRequest] = []

        def view(request: HttpRequest) -> HttpResponse:
            requests.append(request)
            return HttpResponse()

        Forwarded(view)(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", **said))
        return requests[0]

    return seen


def test_without_a_proxy_nobody_can_say_they_are_someone_else(through: Any) -> None:
    request = through(proxy=False, **SAID)
    assert request.META["REMOTE_ADDR"] == "192.0.2.1"
    assert not request.is_secure()
    assert not any("FORWARDED" in name or "REAL_IP" in name for name in request.META)


def test_behind_a_proxy_the_one_it_saw_asked(through: Any) -> None:
    """The last address is what our proxy added; those before it are the sender's own tale."""
    request = through(proxy=True, **SAID)
    assert request.META["REMOTE_ADDR"] == "203.0.113.7"
    assert request.is_secure()
    assert request.get_host().startswith("testserver")


@pytest.mark.parametrize("tale", ["", "unknown", "203.0.113.7,", "203.0.113.7:80", "<script>", "a" * 10_000])
def test_what_is_no_address_is_not_taken_for_one(through: Any, tale: str) -> None:
    assert through(proxy=True, HTTP_X_FORWARDED_FOR=tale).META["REMOTE_ADDR"] == "192.0.2.1"


def test_an_address_of_the_newer_kind_is_one(through: Any) -> None:
    seen = through(proxy=True, HTTP_X_FORWARDED_FOR="2001:DB8::7")
    assert seen.META["REMOTE_ADDR"] == "2001:db8::7"
