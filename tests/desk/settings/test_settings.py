"""Every setting is explained, shown with where it comes from, and no secret is."""

import dataclasses
import tomllib

import pytest
from django.conf import settings
from tests.newsroom.logins import client_of

from masthead.desk.settings.reading import said
from masthead.desk.settings.words import GROUPS
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.site import home
from masthead.vocabulary import Role

SETTINGS = "/desk/settings/"
NAMES = [field.name for field in dataclasses.fields(home.Settings)]


def page(desk, role: Role = Role.ADMINISTRATOR) -> str:
    person = Actor(add_person(desk.steward, f"Pat {role}", [role]).id)
    answer = client_of(person).get(SETTINGS)
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def test_every_setting_is_explained_once():
    assert sorted(name for _, members in GROUPS for name in members) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_line_that_sets_it_is_one_that_is_understood(name, tmp_path):
    line = next(members[name].line for _, members in GROUPS if name in members)
    assert name in tomllib.loads(line)
    (tmp_path / "config.toml").write_text(line, encoding="utf-8")
    assert getattr(home.settings(tmp_path), name) or name == "behind_proxy"


def test_a_setting_is_shown_with_where_it_comes_from(small, monkeypatch):
    (small.home / "config.toml").write_text("review_hours = 12\n", encoding="utf-8")
    monkeypatch.setenv("MASTHEAD_WORKERS", "3")
    monkeypatch.setattr(settings, "MASTHEAD", home.settings(small.home))
    shown = page(small)
    assert '<b>12</b> <span class="meta">from config.toml' in shown
    assert '<b>3</b> <span class="meta">from the environment' in shown
    assert '<b>50,000,000</b> <span class="meta">as delivered' in shown
    assert "Changed since the desk was started" not in shown


def test_what_was_changed_since_the_start_is_said(small, monkeypatch):
    monkeypatch.setattr(settings, "MASTHEAD", home.settings(small.home))
    (small.home / "config.toml").write_text("review_hours = 12\n", encoding="utf-8")
    shown = page(small)
    assert "Changed since the desk was started" in shown
    assert "<b>24</b>" in shown


def test_no_secret_is_shown(small, monkeypatch):
    secrets = home.Settings(
        database_url="postgres://user:hunter2@db.example.org:5433/desk?password=hunter3",
        mail_url="smtp://post:hunter4@mail.example.org:587",
        oidc={"server": "https://login.example.org", "client_id": "m", "secret": "hunter5", "name": ""},
        unsynced_database=True,
    )
    monkeypatch.setattr(settings, "MASTHEAD", secrets)
    shown = page(small)
    assert "hunter" not in shown
    assert "postgres://db.example.org:5433/desk" in shown
    assert "https://login.example.org" in shown


def test_an_address_that_cannot_be_read_is_not_shown_at_all():
    assert said("postgres://user:secret@host:port/x") == ""


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.EDITOR, Role.AUDITOR])
def test_who_may_not_see_them_is_refused(small, role):
    person = Actor(add_person(small.steward, "Pat Person", [role]).id)
    assert client_of(person).get(SETTINGS).status_code == 403
