"""Every route says who may come in: ours on the view, those of other packages in the table of routes."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from masthead.newsroom.accounts.access import access_of
from masthead.newsroom.site.routes import OTHERS

CLOSED = [
    "/account/signup/",
    "/account/provider/signup/",
    "/account/login/code/",
    "/account/confirm-email/x/",
]


def routes(
    patterns: list[Any], place: str = "", names: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, URLPattern]]:
    for each in patterns:
        here = place + str(each.pattern)
        if isinstance(each, URLResolver):
            inside = (*names, each.namespace) if each.namespace else names
            yield from routes(each.url_patterns, here, inside)
        else:
            yield here, ":".join((*names, str(each.name))), each


ROUTES = list(routes(get_resolver().url_patterns))


@pytest.mark.parametrize(("place", "name", "route"), ROUTES, ids=[place for place, _, _ in ROUTES])
def test_every_route_says_who_may_come_in(place, name, route):
    declared = access_of(route.callback) or OTHERS.get(name)
    assert declared is not None, f"{place} ({name}) says nothing"


def test_the_table_names_no_route_that_is_not_there():
    assert set(OTHERS) <= {name for _, name, _ in ROUTES}


def test_a_view_of_ours_is_not_in_the_table_too():
    assert not [name for _, name, route in ROUTES if name in OTHERS and access_of(route.callback)]


@pytest.mark.parametrize("path", CLOSED)
def test_there_is_no_sign_up_by_any_way(small, path):
    for answer in (
        Client().get(path),
        Client().post(path, {"email": "eve@example.org", "password1": "x" * 20}),
    ):
        assert answer.status_code in (200, 302, 404)
        if answer.status_code == 200:
            assert "invitation" in answer.text
        if answer.status_code == 302:
            assert answer["Location"] == "/account/login/"


def test_what_declares_nothing_lets_nobody_in(small, monkeypatch):
    from tests.newsroom.logins import client_of

    from masthead.desk.people import me

    monkeypatch.delattr(me.me, "access")
    assert client_of(small.steward).get("/desk/me/").status_code == 403
