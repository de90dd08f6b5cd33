"""Our witness's own key anew: on record before it signs, and what others must be told of it."""

import os

import pytest
from django.urls import reverse
from tests.newsroom.logins import client_of

from masthead.errors import MastheadError, NotAllowed
from masthead.newsroom.evidence import fields
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.witness import keys
from masthead.newsroom.witness.commands import new_key
from masthead.newsroom.witness.models import OwnKey


def made() -> list[Entry]:
    return list(Entry.objects.filter(kind=Kind.WITNESS_KEY_MADE).order_by("place"))


def page(desk) -> str:
    return client_of(desk.steward).get(reverse("desk:witnesses")).content.decode()


def test_a_new_key_is_an_entry_with_the_key_before_it(gazette, small):
    before = keys.line_of()
    fresh = str(new_key(small.steward).key)
    assert fresh == keys.line_of() == OwnKey.objects.get().key != before
    [entry] = made()
    said = fields.values_of(entry)
    assert (said["key"], said["previous"]) == (fresh, before)
    assert verify_log().intact


def test_who_may_not_makes_no_key(gazette, small, home):
    before = keys.line_of()
    with pytest.raises(NotAllowed):
        new_key(small.author)
    assert keys.line_of() == before
    assert not made()
    assert not list((home / "keys").glob("*.new"))


def test_a_key_that_could_not_be_recorded_signs_nothing(gazette, small, home, monkeypatch):
    """The record refuses; what was made for it is gone, and the key before goes on."""
    before = keys.line_of()

    def refuse(*_, **__):
        raise RuntimeError("no room")

    with monkeypatch.context() as patch:
        patch.setattr("masthead.newsroom.witness.commands.record", refuse)
        with pytest.raises(RuntimeError):
            new_key(small.steward)
    assert keys.line_of() == before
    assert not list((home / "keys").glob("*.new"))
    assert gazette.push(0).status == 200


def test_a_kill_after_the_entry_leaves_the_key_before_signing(gazette, small, monkeypatch):
    before = keys.line_of()

    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", killed)
        patch.setattr("pathlib.Path.rename", killed)
        with pytest.raises(KeyboardInterrupt):
            new_key(small.steward)
    assert keys.line_of() == before
    assert "New since" not in page(small)
    fresh = str(new_key(small.steward).key)
    assert keys.line_of() == fresh
    assert [fields.values_of(each)["previous"] for each in made()] == [before, before]


def test_the_desk_says_what_others_must_be_told(gazette, small):
    assert "New since" not in page(small)
    fresh = str(new_key(small.steward).key)
    shown = page(small)
    assert fresh in shown
    assert "New since" in shown
    assert "gazette.example/log" in shown.partition("New since")[2]


def test_the_desk_says_why_a_key_signs_nothing(gazette, small, home):
    (home / keys.PRIVATE).chmod(0o644)
    shown = page(small)
    assert "It is made with the first log" not in shown
    assert "may read or write" in shown
    (home / keys.PRIVATE).write_text("x")
    (home / keys.PRIVATE).chmod(0o600)
    assert "cannot be read" in page(small)
    (home / keys.PRIVATE).unlink()
    assert "There is no key to witness with." in page(small)
    with pytest.raises(MastheadError):
        keys.line_of()
