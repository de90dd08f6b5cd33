"""The code's tables beside those written here by hand; and that a difference is found when there is one."""

import pytest
from tests.permissions.addresses import ADDRESSES, WITHOUT_SAMPLE
from tests.permissions.comparing import roles_that_differ, routes_that_differ, scopes_that_differ
from tests.permissions.routes import Route, every_route
from tests.permissions.table import MAY, ROLES, SCOPES

from masthead.newsroom.accounts.access import PUBLIC, SIGNED_IN, Access
from masthead.newsroom.accounts.permissions import MAY as CODE
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.connections.scopes import ASKS, Scope
from masthead.newsroom.site.routes import OTHERS
from masthead.vocabulary import Role


def test_the_roles_are_those_of_the_design():
    assert sorted(ROLES) == sorted(role.value for role in Role)


def test_the_code_allows_each_role_what_is_written_and_no_more():
    assert roles_that_differ() == []


def test_a_token_asks_of_its_person_what_is_written():
    assert scopes_that_differ() == []


def test_every_route_asks_what_is_written():
    assert routes_that_differ(every_route()) == []


def test_every_route_has_a_name_of_its_own():
    named = [route.name for route in every_route()]
    assert sorted(named) == sorted(set(named))


def test_what_is_written_speaks_of_what_there_is():
    asked = {action for line in ADDRESSES.values() for action in line.actions}
    assert asked <= set(MAY)
    assert {action for actions in SCOPES.values() for action in actions} <= set(MAY)
    assert {line.scope for line in ADDRESSES.values()} - {""} <= set(SCOPES)
    assert set(WITHOUT_SAMPLE) <= set(ADDRESSES)


@pytest.mark.parametrize(
    "action",
    [
        Action.SEE_LOG,
        Action.SEE_PEOPLE,
        Action.SEE_SETTINGS,
        Action.MANAGE_CONNECTIONS,
        Action.ANSWER_QUESTION,
    ],
)
def test_a_role_that_is_let_do_more_is_named(action: Action, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(CODE, action, (*CODE[action], Role.CONTRIBUTOR))
    assert roles_that_differ() == [
        f"“{action.value}”: the code has the role contributor, and tests/permissions/table.py has not."
    ]


@pytest.mark.parametrize("action", Action)
def test_a_role_that_is_let_do_less_is_named(action: Action, monkeypatch: pytest.MonkeyPatch):
    *rest, last = CODE[action]
    monkeypatch.setitem(CODE, action, tuple(rest))
    assert roles_that_differ() == [
        f"“{action.value}”: tests/permissions/table.py has the role {last.value}, and the code has not."
    ]


def test_a_scope_that_asks_less_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(ASKS, Scope.WAIVE, (Action.WAIVE, Action.WORK_ON_ITEM))
    assert scopes_that_differ() == [
        "“waive”: the code has the action work on item, and tests/permissions/table.py has not."
    ]


@pytest.mark.parametrize(
    ("access", "said"),
    [
        (PUBLIC, "“anyone”"),
        (SIGNED_IN, "“signed in”"),
        (Access((Action.SEE_LOG, Action.SEE_REGISTER)), "“see log” or “see register”"),
    ],
)
def test_a_route_that_is_opened_wider_is_named(access: Access, said: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(named("desk:log").view, "access", access)
    assert routes_that_differ(every_route()) == [
        f"desk:log asks for {said} by its view, and for “see log” in addresses.py."
    ]


def test_a_route_of_another_package_that_is_opened_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(OTHERS, "usersessions_list", PUBLIC)
    assert routes_that_differ(every_route()) == [
        "usersessions_list asks for “anyone” by its view, and for “signed in” in addresses.py."
    ]


def test_a_route_that_says_nothing_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(OTHERS, "usersessions_list")
    [said] = routes_that_differ(every_route())
    assert said.startswith("usersessions_list does not say who may come: put @needs(…)")


def test_a_route_nobody_wrote_down_is_named_with_what_to_add():
    new = Route("desk:new_room", "desk/room/", named("desk:log").view, ())
    [said] = routes_that_differ([*every_route(), new])
    assert said.startswith("desk:new_room (/desk/room/) is not in tests/permissions/addresses.py: add a line")


def test_a_route_that_went_is_named():
    left = [route for route in every_route() if route.name != "desk:log"]
    assert routes_that_differ(left) == [
        "desk:log is written in addresses.py and no route: take its line out."
    ]


def named(name: str) -> Route:
    return next(route for route in every_route() if route.name == name)
