"""Every route × every role × own, other's, published and protected item, against a table written here.

The table is the oracle: it is not computed from the code that it holds to account.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.newsroom.desk import Desk, approved, ready, text, use
from tests.newsroom.logins import client_of
from tests.permissions.routes import Route, every_route

from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.accounts.permissions import MAY
from masthead.newsroom.items.commands import add_item, protect
from masthead.newsroom.items.models import Item
from masthead.newsroom.public.commands import publish
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.review.standing import current_run
from masthead.vocabulary import Role

SEEN: Mapping[Role, str] = {
    Role.EDITOR: "own other published own_protected other_protected",
    Role.CONTRIBUTOR: "own own_protected",
    Role.STEWARD: "other published",
    Role.AUDITOR: "published",
    Role.ADMINISTRATOR: "",
    Role.FACILITATOR: "",
    Role.STAFF_REPRESENTATIVE: "",
}
"""Whose items a role sees, by what they are to this person."""

NO_DRAFTS = (Role.AUDITOR,)
"""Roles that see only what is out: routes that show or touch drafts are closed to them."""


@dataclass(frozen=True)
class House:
    """Someone of each role, and an item of each sort for each of them."""

    clients: Mapping[Role, Client]
    items: Mapping[tuple[Role, str], Item]
    sample: Mapping[str, Any]


@pytest.fixture
def house(small: Desk) -> House:
    approved(small)
    people = {role: Actor(add_person(small.steward, f"Sam {role.value}", [role]).id) for role in Role}
    items: dict[tuple[Role, str], Item] = {}
    for role in Role:
        for sort in ("other", "other_protected", "published"):
            items[role, sort] = items.get((Role.EDITOR, sort)) or _made(small, small.author, sort)
        if role in (Role.EDITOR, Role.CONTRIBUTOR):
            items |= {(role, sort): _made(small, people[role], sort) for sort in ("own", "own_protected")}
    version = items[Role.EDITOR, "published"].versions.get()
    run = current_run(version)
    assert run is not None
    sample = {"UUIDConverter": AISystem.objects.get().pk, "IntConverter": 1, "StringConverter": "a" * 26}
    sample["SlugConverter"] = sample["StringConverter"]
    return House({role: client_of(actor) for role, actor in people.items()}, items, sample)


def _made(desk: Desk, author: Actor, sort: str) -> Item:
    if sort == "published":
        version = ready(desk, use())
        publish(desk.author, version, desk.home / "public" / version.item.public_id)
        return version.item
    item = add_item(author, text(f"{sort} {author.person_id}."), uses=[use()], language="en").item
    if "protected" in sort:
        protect(author, item, protected=True)
    return item


def test_every_route_says_who_may_come():
    assert [route.pattern for route in every_route() if route.access is None] == []


def test_nobody_comes_in_without_a_login_but_where_it_is_open(house: House):
    wrong = []
    for route, kwargs in _tried(house, Role.EDITOR):
        if route.access is None or route.access.open or route.access.by_token:
            continue
        answer = Client().get(reverse(route.name, kwargs=kwargs))
        if not (answer.status_code == 302 and answer["Location"].startswith("/account/login/")):
            wrong.append((route.name, answer.status_code))
    assert wrong == []


def test_a_role_comes_through_the_routes_that_the_table_opens_to_it(house: House):
    wrong = []
    for route in every_route():
        access = route.access
        if access is None or access.by_token or route.about_an_item or _without_sample(route, house):
            continue
        address = reverse(route.name, kwargs=_kwargs(route, house))
        for role in Role:
            may = access.open or not access.actions or any(role in MAY[action] for action in access.actions)
            status = house.clients[role].get(address).status_code
            if (status == 403) is may:
                wrong.append((route.name, role, may, status))
    assert wrong == []


def test_a_role_sees_the_items_that_the_table_shows_it(house: House):
    wrong = []
    for route in every_route():
        if not route.about_an_item or route.access is None:
            continue
        drafts = route.view.drafts  # type: ignore[attr-defined]
        for (role, sort), item in house.items.items():
            entitled = any(role in MAY[action] for action in route.access.actions)
            shown = sort in SEEN[role].split() and not (drafts and role in NO_DRAFTS)
            kwargs = {**_kwargs(route, house), "public_id": item.public_id}
            answer = house.clients[role].get(reverse(route.name, kwargs=kwargs))
            expected = 403 if not entitled else 404 if not shown else None
            told = _hidden(answer.content.decode(errors="replace"), answer.status_code)
            if expected != told:
                wrong.append((route.name, role, sort, expected, answer.status_code))
    assert wrong == []


def _hidden(page: str, status: int) -> int | None:
    """The refusal that hides an item or closes a route; None for any other answer."""
    if status == 403:
        return 403
    return 404 if status == 404 and "not yours to see" in page else None


def _tried(house: House, role: Role) -> Iterator[tuple[Route, dict[str, Any]]]:
    for route in every_route():
        if not _without_sample(route, house):
            kwargs = _kwargs(route, house)
            if route.about_an_item:
                kwargs["public_id"] = house.items[role, "own"].public_id
            yield route, kwargs


def _without_sample(route: Route, house: House) -> bool:
    """Whether the route asks for something we have no sample of: those of other packages, by their keys."""
    return not route.name or any(sort not in house.sample for _, sort in route.parameters)


def _kwargs(route: Route, house: House) -> dict[str, Any]:
    return {name: house.sample[sort] for name, sort in route.parameters}


def test_the_walk_finds_the_routes_of_every_room():
    found = {route.name for route in every_route()}
    assert {"desk:item", "desk:sign_off", "desk:publish", "desk:log", "account_login", "desk:person"} <= found
    assert {"desk:item", "desk:sign_off", "desk:publish"} <= {
        r.name for r in every_route() if r.about_an_item
    }
