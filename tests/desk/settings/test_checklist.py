"""The checklist in force, for everybody who works here to read."""

import pytest
from django.utils.html import escape
from tests.newsroom.logins import client_of

from masthead import declaration
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.policy.commands import answer
from masthead.vocabulary import Profile, Role

CHECKLIST = "/desk/settings/checklist/"


def page(desk, role: Role) -> str:
    person = Actor(add_person(desk.steward, f"Pat {role}", [role]).id)
    given = client_of(person).get(CHECKLIST)
    assert given.status_code == 200, given.content
    return str(given.content.decode())


def test_it_shows_every_control_in_force_and_since_when(small):
    shown = page(small, Role.STEWARD)
    words = declaration.load().words("en")
    for control in declaration.load().controls_for(Profile.SMALL):
        assert escape(words.controls[control.id].title) in shown
        assert escape(words.controls[control.id].guidance) in shown
    assert "10 controls" in shown
    assert "Adopted by" in shown
    assert "Ada Steward" in shown


@pytest.mark.parametrize("role", list(Role))
def test_everybody_here_may_read_it(small, role):
    assert "10 controls" in page(small, role)


def test_who_may_not_see_people_reads_no_name(small):
    assert "Ada Steward" not in page(small, Role.AUDITOR)


def test_a_status_is_computed_from_what_was_answered(small):
    assert 'not met</span> <a href="#H1.2">' not in page(small, Role.EDITOR)
    answer(small.steward, "H1.2", met=False, note="Not asked yet.")
    shown = page(small, Role.FACILITATOR)
    assert 'not met</span> <a href="#H1.2">' in shown
    assert "Not asked yet" not in shown


def test_one_comes_to_it_from_the_settings_and_from_the_menu(small):
    client = client_of(small.steward)
    assert f'href="{CHECKLIST}"' in client.get("/desk/").text
    settings = client.get("/desk/settings/").text
    assert f'href="{CHECKLIST}"' in settings.split("<main")[1]
    assert "The Herald" in settings.split("<main")[1]
    assert "Herald Press Ltd" in settings
    assert "as a team" in settings
