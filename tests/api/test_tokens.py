"""A token: who may make and take it, when it opens, how it looks."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.api.software import Software, cms, token
from tests.newsroom.desk import Desk
from tests.newsroom.logins import login_of

from masthead.errors import NotAllowed, Refused
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.commands import add_person, end_login, end_role, set_end
from masthead.newsroom.accounts.models import Account, Person
from masthead.newsroom.connections.models import Token
from masthead.newsroom.connections.scopes import Scope
from masthead.newsroom.connections.secret import FORM, digest, new_secret, well_formed
from masthead.newsroom.connections.tokens import (
    LONGEST,
    caller,
    make_token,
    revoke_token,
    take_token,
)
from masthead.vocabulary import Role

NOW = datetime.now(UTC)


def person(actor: object) -> Person:
    return Person.objects.get(pk=actor.person_id)  # type: ignore[attr-defined]


def test_a_scanner_finds_it_and_a_slip_of_the_hand_is_seen():
    secret = new_secret()
    assert FORM.fullmatch(secret)
    assert well_formed(secret)
    changed = ("A" if secret[10] != "A" else "B").join((secret[:10], secret[11:]))
    assert not well_formed(changed)
    assert not well_formed("mh_")
    assert not well_formed(f"{secret}\n")


def test_only_its_hash_is_kept(small: Desk):
    secret = token(small, small.author)
    kept = Token.objects.get()
    assert kept.digest == digest(secret)
    assert secret[-4:] == kept.ending
    assert secret not in str(list(Token.objects.values()))


def test_it_opens_and_the_day_is_noted(small: Desk):
    software = cms(small, small.author)
    assert software("GET", "/items").status_code == 200
    assert Token.objects.get().last_used_on == datetime.now(UTC).date()


@pytest.mark.parametrize("after", [timedelta(days=31), timedelta(days=400)])
def test_it_ends_on_its_day(small: Desk, after: timedelta):
    secret = token(small, small.author, days=30)
    assert caller(secret, now=NOW + timedelta(days=29))
    assert caller(secret, now=NOW + after) is None


def test_it_ends_when_it_is_revoked(small: Desk):
    software = cms(small, small.author)
    assert software("GET", "/items").status_code == 200
    revoke_token(small.author, Token.objects.get(), now=NOW)
    assert software("GET", "/items").status_code == 401


def test_others_do_not_revoke_it(small: Desk):
    token(small, small.author)
    with pytest.raises(NotAllowed):
        revoke_token(small.other_editor, Token.objects.get(), now=NOW)
    revoke_token(small.steward, Token.objects.get(), now=NOW)
    assert Token.objects.get().revoked_at == NOW


def test_nobody_lends_the_name_of_someone_who_logs_in(small: Desk):
    Account.objects.create(email="ed@example.org", person=person(small.editor))
    made = make_token(small.steward, "CMS", person(small.editor), [Scope.READ], NOW.date(), now=NOW)
    with pytest.raises(NotAllowed):
        take_token(small.steward, made, now=NOW)
    assert well_formed(take_token(small.editor, made, now=NOW))


def test_it_is_shown_once(small: Desk):
    made = make_token(small.steward, "CMS", person(small.steward), [Scope.READ], NOW.date(), now=NOW)
    take_token(small.steward, made, now=NOW)
    with pytest.raises(Refused):
        take_token(small.steward, made, now=NOW)


def test_an_untaken_token_opens_nothing(small: Desk):
    make_token(small.steward, "CMS", person(small.steward), [Scope.READ], NOW.date(), now=NOW)
    assert caller(new_secret(), now=NOW) is None
    assert Software("")("GET", "/items").status_code == 401


@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [("", [Scope.READ], 1), ("  ", [Scope.READ], 1), ("CMS", [], 1), ("CMS", [Scope.READ], -1)],
)
def test_it_is_named_for_something_and_for_a_time(small: Desk, name: str, scopes: list[Scope], days: int):
    with pytest.raises(Refused):
        make_token(small.steward, name, person(small.author), scopes, NOW.date() + timedelta(days), now=NOW)
    with pytest.raises(Refused):
        make_token(
            small.steward, "CMS", person(small.author), [Scope.READ], NOW.date() + LONGEST * 2, now=NOW
        )


def test_who_does_not_manage_connections_makes_none(small: Desk):
    with pytest.raises(NotAllowed):
        make_token(small.editor, "CMS", person(small.editor), [Scope.READ], NOW.date(), now=NOW)
    assert not Token.objects.exists()


def test_there_is_no_scope_to_sign_off():
    assert not [scope for scope in Scope if "sign" in scope.value or "glass" in scope.value]


def test_an_administrator_lends_themselves_nobody_s_eyes(small: Desk):
    admin = Actor(add_person(small.steward, "Al Admin", [Role.ADMINISTRATOR]).id)
    office = add_person(small.steward, "The duty editor", [Role.EDITOR], office=True)
    for scope in set(Scope) - {Scope.REGISTER, Scope.WEBHOOKS}:
        with pytest.raises(NotAllowed):
            make_token(admin, "CMS", office, [Scope.REGISTER, scope], NOW.date(), now=NOW)
    assert not Token.objects.exists()
    harmless = make_token(admin, "CMS", office, [Scope.REGISTER], NOW.date(), now=NOW)
    assert well_formed(take_token(admin, harmless, now=NOW))


def test_only_who_sees_protected_items_takes_a_token_that_does(small: Desk):
    only_steward = Actor(add_person(small.steward, "Stella Steward", [Role.STEWARD]).id)
    machine = add_person(small.steward, "The CMS", [Role.EDITOR])
    make_token(only_steward, "CMS", machine, [Scope.READ], NOW.date(), now=NOW)
    with pytest.raises(NotAllowed):
        make_token(only_steward, "CMS", machine, [Scope.READ, Scope.PROTECTED], NOW.date(), now=NOW)


def test_who_lost_their_role_takes_nothing(small: Desk):
    other = Actor(add_person(small.steward, "Stella Steward", [Role.STEWARD]).id)
    machine = add_person(small.steward, "The CMS", [Role.EDITOR])
    made = make_token(other, "CMS", machine, [Scope.READ], NOW.date(), now=NOW)
    end_role(small.steward, Person.objects.get(pk=other.person_id), Role.STEWARD)
    with pytest.raises(NotAllowed):
        take_token(other, made, now=NOW)


@pytest.mark.parametrize("scope", [Scope.WRITE, Scope.WAIVE, Scope.PUBLISH, Scope.CORRECT, Scope.WITHDRAW])
def test_a_steward_does_nothing_by_a_token_that_their_own_role_does_not_allow(small: Desk, scope: Scope):
    only_steward = Actor(add_person(small.steward, "Stella Steward", [Role.STEWARD]).id)
    machine = add_person(small.steward, "The CMS", [Role.EDITOR])
    with pytest.raises(NotAllowed):
        make_token(only_steward, "CMS", machine, [scope], NOW.date(), now=NOW)
    other_editor = Actor(add_person(small.steward, "Edna", [Role.STEWARD, Role.EDITOR]).id)
    made = make_token(other_editor, "CMS", machine, [scope], NOW.date(), now=NOW)
    end_role(small.steward, Person.objects.get(pk=other_editor.person_id), Role.EDITOR)
    with pytest.raises(NotAllowed):
        take_token(other_editor, made, now=NOW)


def test_an_administrator_manages_webhooks_by_a_machine_of_theirs(small: Desk):
    admin = Actor(add_person(small.steward, "Al Admin", [Role.ADMINISTRATOR]).id)
    machine = add_person(small.steward, "The CMS", [Role.ADMINISTRATOR])
    assert make_token(admin, "CMS", machine, [Scope.WEBHOOKS], NOW.date(), now=NOW)


def test_ending_a_login_ends_the_tokens_its_person_took(small: Desk):
    login_of(small.steward)
    login_of(small.author)
    software = cms(small, small.author)
    machine = cms(small, small.editor)  # who never had a login
    assert software("GET", "/items").status_code == 200
    end_login(small.steward, person(small.author))
    assert software("GET", "/items").status_code == 401
    assert machine("GET", "/items").status_code == 200


def test_the_day_after_someone_s_last_their_token_opens_nothing(small: Desk):
    secret = token(small, small.author)
    set_end(small.steward, person(small.author), NOW.date())
    assert caller(secret, now=NOW)
    assert caller(secret, now=NOW + timedelta(days=1)) is None
