"""Every route × every role × own, other's, published and protected item, against the tables written here.

Below it, that the walk finds what is wrong: the code is changed as a mistake would change it, and the walk
says where. All of it has one organisation, which nothing that is refused may change.
"""

from collections.abc import Callable
from typing import Any

import pytest
from tests.newsroom.desk import text
from tests.permissions import walking
from tests.permissions.addresses import ADDRESSES
from tests.permissions.house import PEOPLE, House
from tests.permissions.routes import Route, every_route
from tests.permissions.sending import TAKEN
from tests.permissions.table import SEEN
from tests.permissions.walking import without_effect, wrong_when_changed, wrong_when_read

from masthead.desk import items as desk_items
from masthead.desk.connections import tokens as desk_tokens
from masthead.desk.questions import views as desk_questions
from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.accounts.access import SIGNED_IN
from masthead.newsroom.accounts.permissions import MAY, Action
from masthead.newsroom.connections import sight
from masthead.newsroom.connections.models import Token
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.items.models import Item
from masthead.vocabulary import Role

ASKS_THE_DATABASE = [
    "desk:work",
    "desk:search",
    "desk:item",
    "desk:file",
    "desk:question",
    "desk:questions",
    "desk:token",
    "api:list_items",
    "api:read_item",
    "api:read_item_by_name",
    "api:list_questions",
]
"""Routes at which a query decides what somebody sees. At the others the database has no say."""


@pytest.fixture
def names(request: pytest.FixtureRequest) -> list[str]:
    """The routes that are tried: all of them, or where another database runs those that ask it."""
    return [] if request.config.getoption("--database") == "sqlite" else ASKS_THE_DATABASE


@pytest.fixture
def only_once(request: pytest.FixtureRequest) -> None:
    """What the walk finds does not hang on the database."""
    if request.config.getoption("--database") != "sqlite":
        pytest.skip("tried on SQLite")


def test_each_sees_what_the_table_shows_them_and_nothing_else(house: House, names: list[str]):
    assert list(wrong_when_read(house, names)) == []


def test_who_may_not_changes_nothing_by_any_method(house: House, names: list[str]):
    assert list(wrong_when_changed(house, names)) == []


@pytest.mark.parametrize(
    ("action", "name"),
    [
        (Action.SEE_LOG, "desk:log"),
        (Action.SEE_PEOPLE, "desk:people"),
        (Action.SEE_SETTINGS, "desk:settings"),
        (Action.MANAGE_CONNECTIONS, "desk:connections"),
        (Action.ANSWER_QUESTION, "desk:questions"),
    ],
)
@pytest.mark.usefixtures("only_once")
def test_a_role_that_comes_too_far_is_met(
    action: Action, name: str, house: House, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(MAY, action, (*MAY[action], Role.CONTRIBUTOR))
    assert list(wrong_when_read(house, [name])) == [
        f"{name} by contributor: refused by the table, and in (200)"
    ]


@pytest.mark.usefixtures("only_once")
def test_a_route_that_is_opened_wider_lets_in_whom_the_walk_meets(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(named("desk:log").view, "access", SIGNED_IN)
    shut_out = [who for who in PEOPLE if who not in ("editor", "steward", "auditor")]
    assert list(wrong_when_read(house, ["desk:log"])) == [
        f"desk:log by {who}: refused by the table, and in (200)" for who in shut_out
    ]


@pytest.mark.usefixtures("only_once")
def test_drafts_that_anybody_reaches_by_their_id_are_found(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(desk_items, "may_see_drafts", lambda *_: True)
    for wrong in (wrong_when_read, wrong_when_changed):
        found = "\n".join(wrong(house, ["desk:difference", "desk:new_version"]))
        assert "desk:difference by auditor about other: not there by the table, and in (200)" in found
        assert "by contributor about other, protected: not there by the table, and in" in found
        assert "administrator" not in found


@pytest.mark.usefixtures("only_once")
def test_questions_and_tokens_that_anybody_reaches_by_their_id_are_found(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(desk_questions, "visible", lambda *_: Item.objects.all())
    monkeypatch.setattr(desk_tokens, "_seen", lambda _, pk: Token.objects.get(pk=pk))
    found = list(wrong_when_read(house, ["desk:question"]))
    assert found[0].startswith("desk:question by steward about other, published, protected: not there")
    found = list(wrong_when_read(house, ["desk:token"]))
    assert "desk:token by auditor about other: not there by the table, and in (200)" in found


@pytest.mark.usefixtures("only_once")
def test_items_that_any_token_opens_are_found(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sight, "visible", lambda *_: Item.objects.all())
    found = list(wrong_when_read(house, ["api:read_item", "api:list_items"]))
    assert "api:read_item by contributor about other: not there by the table, and in (200)" in found
    assert (
        "api:list_items by contributor: tells of something other_protected that is not theirs to see" in found
    )


@pytest.mark.usefixtures("only_once")
def test_a_page_that_tells_of_a_draft_is_found(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(SEEN, "steward", "other_published")
    found = list(wrong_when_read(house, ["api:list_items"]))
    assert found == ["api:list_items by steward: tells of something other that is not theirs to see"]


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (lambda house: add_item(house.desk.author, text("So."), language="en"), "something went on record"),
        (lambda _: Token.objects.update(name="Mine"), "connections.Token is not what it was"),
    ],
)
@pytest.mark.usefixtures("only_once")
def test_what_is_done_before_it_is_refused_is_found(
    done: Callable[[House], Any], said: str, house: House, monkeypatch: pytest.MonkeyPatch
):
    def does_it_and_refuses(*_: object) -> None:
        done(house)
        raise NotFound(Message("There is no such token."), Message("Look elsewhere."))

    monkeypatch.setattr(desk_tokens, "_seen", does_it_and_refuses)
    assert any(said in each for each in wrong_when_changed(house, ["desk:revoke_token"]))


@pytest.mark.usefixtures("only_once")
def test_a_route_nobody_wrote_down_stops_the_walk_and_says_what_to_add(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delitem(ADDRESSES, "desk:log")
    with pytest.raises(AssertionError, match=r"desk:log is not in .* add a line"):
        list(walking.tries(house))


@pytest.mark.usefixtures("only_once")
def test_a_route_without_a_sample_stops_the_walk_and_says_what_to_add(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(walking, "FIXED", {})
    with pytest.raises(AssertionError, match=r"of which there is no sample: put one into tests/permissions"):
        list(walking.tries(house))


@pytest.mark.usefixtures("only_once")
def test_what_is_sent_in_vain_is_taken_from_who_may(house: House):
    """The last one here: from now on the organisation is another."""
    assert list(without_effect(house, TAKEN)) == []


def named(name: str) -> Route:
    return next(route for route in every_route() if route.name == name)
