"""Deny by default: each operation says what it asks; scopes narrow roles; what is hidden is not there."""

from datetime import UTC, datetime
from itertools import product

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from tests.api.software import STORY, Software, cms
from tests.newsroom.desk import Desk, ready

from masthead.api.application import api, description
from masthead.api.bearer import Nobody, Token
from masthead.newsroom.accounts.access import BY_TOKEN, PUBLIC, access_of
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.accounts.models import Account, Person
from masthead.newsroom.accounts.permissions import MAY
from masthead.newsroom.connections.scopes import ASKS, SAID, Scope
from masthead.newsroom.items.commands import protect
from masthead.vocabulary import Role

OPERATIONS = [
    operation
    for router in api._get_bound_routers()
    for view in router.path_operations.values()
    for operation in view.operations
]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.operation_id)
def test_every_operation_asks_for_a_scope(operation):
    [asked] = operation.auth_callbacks
    assert isinstance(asked, Token)
    assert asked.actions
    assert operation.openapi_extra["x-scope"] == asked.scope


def test_an_operation_that_forgot_to_say_lets_nobody_in():
    assert isinstance(api.auth[0], Nobody)
    assert Nobody().authenticate(None, "anything") is None  # type: ignore[arg-type]


def test_every_route_says_who_may_come_through():
    from masthead.api import urls

    found = [pattern for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)]
    assert len(found) == len(urls.urlpatterns)
    open_ones = {pattern.name for pattern in found if access_of(pattern.callback) is PUBLIC}
    assert open_ones == {"reference", "openapi", "nothing"}
    assert all(access_of(p.callback) is BY_TOKEN for p in found if p.name not in open_ones)
    assert get_resolver() is not None


def test_every_scope_has_its_actions_and_its_words():
    assert set(ASKS) == set(SAID) == set(Scope)
    assert all(actions and set(actions) <= set(MAY) for actions in ASKS.values())


def addresses(item: str) -> dict[Scope, tuple[str, str, object]]:
    """One operation of each scope, that changes nothing even where it is let through."""
    return {
        Scope.READ: ("GET", f"/items/{item}", None),
        Scope.CLEARANCE: ("GET", f"/items/{item}/clearance", None),
        Scope.WRITE: ("POST", f"/items/{item}/versions", {}),
        Scope.WAIVE: ("POST", f"/items/{item}/findings/abcdef/waiver", {}),
        Scope.PUBLISH: ("POST", f"/items/{'a' * 26}/publication", None),
        Scope.CORRECT: ("POST", f"/items/{item}/corrections", {}),
        Scope.WITHDRAW: ("POST", f"/items/{item}/withdrawal", {}),
        Scope.REGISTER: ("GET", "/systems", None),
    }


def test_scopes_and_roles_both_must_allow(small: Desk):
    version = ready(small)
    today = datetime.now(UTC).date()
    assert today
    for role in (Role.CONTRIBUTOR, Role.EDITOR, Role.STEWARD, Role.AUDITOR, Role.ADMINISTRATOR):
        actor = Actor(add_person(small.steward, f"A {role.value}", [role]).id)
        for scope in addresses(""):
            software = cms(small, actor, scope)
            for asked, (method, path, body) in addresses(version.item.public_id).items():
                response = software(method, path, body)
                allowed = asked is scope and any(role in MAY[action] for action in ASKS[scope])
                assert (response.status_code == 403) is not allowed, (role, scope, asked, response.content)


def test_an_item_of_others_is_not_there_for_a_contributor(small: Desk):
    version = ready(small)
    stranger = Actor(add_person(small.steward, "Sid Stranger", [Role.CONTRIBUTOR]).id)
    software = cms(small, stranger)
    wrong = software("GET", f"/items/{'a' * 26}")
    hidden = software("GET", f"/items/{version.item.public_id}")
    assert hidden.status_code == wrong.status_code == 404
    assert hidden.json() == wrong.json()
    assert software("GET", "/items").json()["items"] == []
    body = STORY | {"note": "So.", "reason": "So."}
    for method, path in product(
        ("GET", "POST", "PUT"),
        (
            "",
            "/versions",
            "/sources",
            "/ai-uses",
            "/findings",
            "/clearance",
            "/publication",
            "/checks",
            "/withdrawal",
            "/corrections",
        ),
    ):
        response = software(method, f"/items/{version.item.public_id}{path}", body)
        assert response.status_code in (403, 404, 405, 422), (method, path, response.content)
        assert b"River" not in response.content


def test_a_protected_item_leaves_only_by_a_scope_of_its_own(small: Desk):
    version = ready(small)
    item = version.item
    usual = cms(small, small.editor, *(set(Scope) - {Scope.PROTECTED}))
    assert usual("GET", f"/items/{item.public_id}").status_code == 200
    protect(small.author, item, protected=True)
    for path in ("", "/versions", "/sources", "/ai-uses", "/findings", "/clearance"):
        assert usual("GET", f"/items/{item.public_id}{path}").status_code == 404
    assert usual("POST", f"/items/{item.public_id}/publication").status_code == 404
    assert usual("GET", "/items").json()["items"] == []
    cleared = cms(small, small.editor)
    assert cleared("GET", f"/items/{item.public_id}").json()["protected"]
    assert len(cleared("GET", "/items").json()["items"]) == 1
    only_steward = Actor(add_person(small.steward, "Stella Steward", [Role.STEWARD]).id)
    steward = cms(small, only_steward)
    assert steward("GET", f"/items/{item.public_id}").status_code == 404


def test_a_person_who_left_takes_the_token_with_them(small: Desk):
    from masthead.newsroom.accounts.models import RoleGrant

    software = cms(small, small.author)
    assert software("GET", "/items").status_code == 200
    from masthead.newsroom.evidence.guard import lifted

    with lifted():
        RoleGrant.objects.filter(person_id=small.author.person_id).update(ended_at=datetime.now(UTC))
    assert software("GET", "/items").status_code == 403


def test_a_session_alone_opens_nothing(small: Desk):
    account = Account.objects.create(
        email="ed@example.org", person=Person.objects.get(pk=small.editor.person_id)
    )
    client = Client()
    client.force_login(account)
    response = client.get("/api/v1/items")
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")
    posted = client.post("/api/v1/items", STORY, content_type="application/json")
    assert posted.status_code == 401


@pytest.mark.parametrize("said", ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer mh_" + "a" * 49, "mh_x"])
def test_what_is_no_token_opens_nothing(small: Desk, said: str):
    software = Software("")
    assert software("GET", "/items", Authorization=said).status_code == 401


def test_the_description_tells_of_every_scope_but_those_to_come():
    scopes = {said["x-scope"] for methods in description()["paths"].values() for said in methods.values()}
    assert scopes <= set(Scope)
