"""Our witness's own key anew: on record before it signs, and what others must be told of it."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from django.urls import reverse
from tests.newsroom.logins import client_of
from tests.witness.others import Log

from masthead.errors import MastheadError, NotAllowed, NotReady
from masthead.newsroom import turns
from masthead.newsroom.evidence import fields
from masthead.newsroom.evidence.keys_shown import shown
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items import leftovers
from masthead.newsroom.turns import turn
from masthead.newsroom.witness import key_left, keys, memory, seen
from masthead.newsroom.witness.commands import add_log, new_key
from masthead.newsroom.witness.models import OwnKey, Seen
from masthead.tlog import note
from masthead.tlog.cosignature import CosignerKey, cosigned


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


def test_no_time_that_the_key_before_said_is_said_with_the_new_one(gazette, small):
    """Whoever asks for our view meanwhile would have its word for a time, and for an earlier one after it."""
    assert gazette.push(0, now=datetime.now(UTC) + timedelta(days=1)).status == 200
    views = []

    def ask(execute, sql, params, many, context):
        if len(views) % 2 == 0:
            views.append("")  # What asking asks is not asked about again.
            views.append(seen.view(gazette.key.name))
        return execute(sql, params, many, context)

    before = keys.line_of()
    with connection.execute_wrapper(ask):
        fresh = new_key(small.steward).key
    said = [note.parse(each) for each in views if each]
    assert any(cosigned(each, CosignerKey.parse(before)) for each in said)
    assert not any(cosigned(each, fresh) for each in said)
    assert gazette.push(7).status == 200


def test_a_kill_while_times_are_forgotten_leaves_no_key_that_signs(gazette, small):
    assert gazette.push(0, now=datetime.now(UTC) + timedelta(days=1)).status == 200

    def killed(execute, sql, *rest):
        if sql.startswith("UPDATE") and Seen._meta.db_table in sql:
            raise KeyboardInterrupt
        return execute(sql, *rest)

    before = keys.line_of()
    with connection.execute_wrapper(killed), pytest.raises(KeyboardInterrupt):
        new_key(small.steward)
    assert seen.view(gazette.key.name) == str(gazette.note())
    with pytest.raises(NotReady):
        keys.line_of()
    assert gazette.push(7).status == 503
    new_key(small.steward)
    assert [fields.values_of(each)["previous"] for each in made()] == [before, before]
    assert gazette.push(7).status == 200


def test_a_time_that_the_file_alone_remembers_binds_no_new_key_either(gazette, small):
    """The database is an older one, from before the log was looked at."""
    assert gazette.push(0, now=datetime.now(UTC) + timedelta(days=1)).status == 200
    Seen.objects.all().delete()
    new_key(small.steward)
    assert gazette.push(7).status == 200


def test_a_memory_that_contradicts_itself_is_in_the_way_of_no_other_log(gazette, small, home):
    assert gazette.push(0, now=datetime.now(UTC) + timedelta(days=1)).status == 200
    before = Log("first.example/log").grow(1)
    add_log(small.steward, str(before.key), "https://first.example/log")
    assert before.push(0).status == 200
    memory.path(home, before.key.name).write_text("{}")
    (home / memory.FOLDER / "other.json").write_text("[]")
    new_key(small.steward)
    assert gazette.push(7).status == 200
    assert before.push(1).status == 503


def test_a_key_in_the_place_of_one_that_is_lost_is_on_record(gazette, small, home):
    """Whoever adds a log does not make one in silence."""
    (home / keys.PRIVATE).unlink()
    with pytest.raises(NotReady, match="no key to witness with"):
        add_log(small.steward, str(Log("tribune.example/log").key), "https://tribune.example/log")
    new_key(small.steward)
    add_log(small.steward, str(Log("tribune.example/log").key), "https://tribune.example/log")
    assert len(made()) == 1


@pytest.fixture
def cut_off(gazette, small, home, monkeypatch):
    """A new key that is on record, and was never in its place: its making was killed."""
    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.unlink", lambda *_, **__: None)
        patch.setattr("pathlib.Path.rename", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            new_key(small.steward)
    return home / "keys" / key_left.NAME


def later() -> datetime:
    return datetime.now(UTC) + leftovers.OLD + timedelta(minutes=1)


def test_a_key_on_record_that_never_came_to_its_place_stays_and_is_told(cut_off, small, home):
    before = keys.line_of()
    assert key_left.take_away_due(later()) == 0
    assert cut_off.exists()
    assert [str(each).split()[0] for each in shown(home).notes] == ["keys/witness.key.new"]
    new_key(small.steward)
    assert keys.line_of() != before
    assert not cut_off.exists()
    assert not shown(home).notes


def test_a_key_that_no_record_names_goes_once_it_is_old(gazette, home, monkeypatch):
    left = home / "keys" / key_left.NAME
    left.write_bytes(keys._pem(Ed25519PrivateKey.generate()))
    signing = keys.line_of()
    assert key_left.take_away_due(datetime.now(UTC)) == 0
    monkeypatch.setattr(turns, "PATIENCE", 0.0)
    with turn(home, keys.TURN):
        assert key_left.take_away_due(later()) == 0, "another makes one just now"
    assert left.exists()
    assert key_left.take_away_due(later()) == 1
    assert not left.exists()
    assert keys.line_of() == signing


def test_the_key_that_signs_stays_under_whatever_name(gazette, home):
    """Its file was renamed by hand, or by a disk that lost a name."""
    left = home / "keys" / key_left.NAME
    (home / keys.PRIVATE).rename(left)
    assert key_left.take_away_due(later()) == 0
    left.rename(home / keys.PRIVATE)
    assert gazette.push(0).status == 200
