"""A steward makes a token, the person it acts for takes it, either revokes it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.newsroom.desk import Desk
from tests.newsroom.logins import client_of, login_of

from masthead.newsroom.accounts.actor import Actor, named
from masthead.newsroom.accounts.commands import add_person, end_login, end_role, grant_role
from masthead.newsroom.accounts.models import Person, RoleGrant
from masthead.newsroom.connections.models import Token
from masthead.newsroom.connections.secret import FORM, well_formed
from masthead.vocabulary import Role


def form(person: Actor) -> dict[str, object]:
    day = datetime.now(UTC).date() + timedelta(30)
    return {
        "name": "WordPress",
        "person": str(person.person_id),
        "scopes": ["clearance", "read"],
        "expires_on": day.isoformat(),
    }


def made(desk: Desk, person: Actor) -> str:
    """The address of a fresh token's page."""
    response = client_of(desk.steward).post(reverse("desk:new_token"), form(person))
    assert response.status_code == 302, response.content
    return response["Location"]


def test_the_person_takes_it_and_sees_it_once(small: Desk):
    login_of(small.editor)
    page = made(small, small.editor)
    steward, editor = client_of(small.steward), client_of(small.editor)
    assert b"Ed Editor" in steward.get(page).content
    assert b"Show the token" not in steward.get(page).content
    assert steward.post(f"{page}take/").status_code == 403
    assert b"WordPress" in editor.get(reverse("desk:my_tokens")).content
    assert b"Show the token" in editor.get(page).content
    shown = editor.post(f"{page}take/")
    [secret] = set(FORM.findall(shown.content.decode()))
    assert well_formed(secret)
    assert "no-store" in shown["Cache-Control"]
    assert secret not in editor.get(page).content.decode()
    again = editor.post(f"{page}take/")
    assert again.status_code == 409
    assert not FORM.findall(again.content.decode())


def test_who_makes_it_takes_it_where_the_person_has_no_login(small: Desk):
    machine = Actor(add_person(small.steward, "The CMS", [Role.CONTRIBUTOR]).id)
    page = made(small, machine)
    assert FORM.findall(client_of(small.steward).post(f"{page}take/").content.decode())


def test_a_token_of_others_is_not_there(small: Desk):
    login_of(small.editor)
    page = made(small, small.editor)
    stranger = client_of(small.author)
    for address in (page, f"{page}revoke/"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"{page}take/").status_code == 404
    assert stranger.post(f"{page}revoke/").status_code == 404
    assert Token.objects.get().revoked_at is None


@pytest.mark.parametrize("who", ["steward", "editor"])
def test_it_is_revoked_after_one_question(small: Desk, who: str):
    login_of(small.editor)
    page = made(small, small.editor)
    client = client_of(getattr(small, who))
    assert b"Revoke this token?" in client.get(f"{page}revoke/").content
    assert client.post(f"{page}revoke/").status_code == 302
    assert Token.objects.get().revoked_at is not None
    assert b"revoked" in client.get(page).content
    assert client_of(small.editor).post(f"{page}take/").status_code == 409


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "id_name"),
        ({"person": ""}, "id_person"),
        ({"person": "x"}, "id_person"),
        ({"scopes": []}, "id_scopes"),
        ({"scopes": ["sign-off"]}, "id_scopes"),
        ({"expires_on": "yesterday"}, "id_expires_on"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(small: Desk, said: dict[str, object], field: str):
    response = client_of(small.steward).post(reverse("desk:new_token"), form(small.editor) | said)
    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    assert f'href="#{field}' in response.content.decode()
    assert not Token.objects.exists()


def test_a_day_too_far_is_refused_and_what_was_typed_stays(small: Desk):
    far = (datetime.now(UTC).date() + timedelta(800)).isoformat()
    response = client_of(small.steward).post(
        reverse("desk:new_token"), form(small.editor) | {"expires_on": far, "name": "<b>WordPress"}
    )
    text = response.content.decode()
    assert "within a year" in text
    assert "&lt;b&gt;WordPress" in text
    assert "<b>WordPress" not in text


def test_only_who_manages_connections_sees_and_makes_them(small: Desk):
    for name in ("connections", "new_token", "new_webhook"):
        assert client_of(small.editor).get(reverse(f"desk:{name}")).status_code == 403
        assert client_of(small.steward).get(reverse(f"desk:{name}")).status_code == 200


def test_an_empty_list_says_what_to_do_first(small: Desk):
    assert b"Make one for your CMS" in client_of(small.steward).get(reverse("desk:connections")).content
    assert b"No software acts for you" in client_of(small.author).get(reverse("desk:my_tokens")).content


def test_a_page_never_shows_what_is_kept_of_a_secret(small: Desk):
    machine = Actor(add_person(small.steward, "The CMS", [Role.CONTRIBUTOR]).id)
    page = made(small, machine)
    client = client_of(small.steward)
    client.post(f"{page}take/")
    kept = Token.objects.get().digest
    for address in (page, reverse("desk:connections")):
        text = client.get(address).content.decode()
        assert kept not in text
        assert not re.search(r"[0-9a-f]{64}", text)
    assert named("The CMS")


def taken(desk: Desk, person: Actor) -> tuple[str, str]:
    """The address of the page of a token that its person took, and its secret."""
    login_of(person)
    page = made(desk, person)
    [secret] = set(FORM.findall(client_of(person).post(f"{page}take/").content.decode()))
    return page, secret


def test_the_list_says_of_a_token_whose_holder_has_left_that_it_opens_nothing(small: Desk):
    page, _ = taken(small, small.editor)
    steward = client_of(small.steward)
    for shown in (page, reverse("desk:connections")):
        assert "in use" in steward.get(shown).text
    end_login(small.steward, Person.objects.get(pk=small.editor.person_id))
    for shown in (page, reverse("desk:connections")):
        assert "in use" not in steward.get(shown).text
        assert "opens nothing: the login or the time here" in steward.get(shown).text
    assert "Revoke it" in steward.get(page).text


def test_nor_is_one_in_use_whose_holder_lost_their_role(small: Desk):
    page, secret = taken(small, small.author)
    steward, mine = client_of(small.steward), client_of(small.author)
    grants = RoleGrant.objects.filter(person_id=small.author.person_id, ended_at=None)
    for grant in list(grants):
        end_role(small.steward, Person.objects.get(pk=small.author.person_id), Role(grant.role))
    for browser, shown in (
        (steward, page),
        (steward, reverse("desk:connections")),
        (mine, reverse("desk:my_tokens")),
    ):
        assert "opens nothing: whom it acts for has no role" in browser.get(shown).text
    assert "no role of" in steward.get(page).text
    assert Client().get("/api/v1/items", headers={"Authorization": f"Bearer {secret}"}).status_code == 403


def test_what_a_role_no_longer_lets_it_do_is_told_apart(small: Desk):
    steward = client_of(small.steward)
    fields = form(small.editor) | {"scopes": ["read", "waive"]}
    login_of(small.editor)
    page = steward.post(reverse("desk:new_token"), fields)["Location"]
    assert "May not" not in steward.get(page).text
    person = Person.objects.get(pk=small.editor.person_id)
    grant_role(small.steward, person, Role.CONTRIBUTOR)
    end_role(small.steward, person, Role.EDITOR)
    text = steward.get(page).text
    assert "Waive findings" in text.partition("May not, for no role of")[2]
    assert "waits to be taken" in text
