"""Copies of the whole record: taken while it is in use, and verified before they are called so."""

import sqlite3
from pathlib import Path

import pytest
from django.db import connection
from tests import databases
from tests.cli.terminal import Desk as Terminal
from tests.faults.hurting import rename_somebody
from tests.faults.standing import rows
from tests.moulds import move_in
from tests.newsroom.desk import ready, size
from tests.newsroom.logins import client_of

from masthead.errors import Damaged, ReadOnly, Refused
from masthead.newsroom.accounts.actor import named
from masthead.newsroom.accounts.commands import end_role
from masthead.newsroom.evidence import damage
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.integrity.commands import acknowledge
from masthead.newsroom.integrity.models import Restoration
from masthead.newsroom.items import blobs
from masthead.newsroom.retention import commands
from masthead.newsroom.retention.subjects import person_called
from masthead.newsroom.retention.words import Ground
from masthead.newsroom.review.models import Publication
from masthead.newsroom.site.backup import layout, restoring
from masthead.newsroom.site.backup.restoring import newest_in, restore
from masthead.newsroom.site.backup.taking import take
from masthead.newsroom.site.serving import preparing
from masthead.vocabulary import Role

PUT_BACK = "A backup was put back here: the record is read-only until `masthead log acknowledge`."


def test_a_copy_verifies_and_comes_back_whole_in_an_empty_folder(working, tmp_path, elsewhere):
    before, blobs_before = rows(), {path.name for path in blobs.folder().rglob("*") if path.is_file()}
    done = take(tmp_path / "copies", with_keys=True)
    assert done.manifest.size == size()
    assert done.manifest.database == connection.vendor
    assert (done.changed, done.expired) == ((), ())
    there = elsewhere()
    back = restore(newest_in(tmp_path / "copies"))
    assert (back.replaced, back.older, back.has_key) == (None, False, True)
    assert rows() == before
    assert {path.name for path in blobs.folder().rglob("*") if path.is_file()} == blobs_before
    assert (there / "public").is_dir()
    assert verify_log().intact
    with pytest.raises(ReadOnly):
        ready(working)
    assert "a backup was put back" in client_of(working.editor).get("/desk/").content.decode()
    with pytest.raises(Refused, match="how far the log was published"):
        acknowledge(working.steward)
    assert damage.is_there(there)
    said = acknowledge(working.steward, "The disk was lost.", nobody_has_seen_more=True)
    assert Restoration.objects.get().note == (
        "Said by this person: nobody has seen more of the log than this backup holds.\nThe disk was lost."
    )
    assert said.place == len(before["Entry"])
    assert ready(working)
    publish_checkpoint()
    assert verify_log().intact
    assert not (there / restoring.STAGED).exists()
    assert not (there / restoring.MARKER).exists()


def test_nobody_is_signed_in_by_a_copy_and_no_private_key_is_in_it(busy, tmp_path, client):
    client_of(busy.editor)
    done = take(tmp_path / "copies")
    copy = done.folder / layout.HOME
    with sqlite3.connect(copy / "db.sqlite3") as opened:
        assert opened.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
        assert opened.execute("SELECT count(*) FROM accounts_account").fetchone() == (1,)
    opened.close()
    assert (copy / "keys" / "log.pub").is_file()
    assert not (copy / "keys" / "log.key").exists()
    for path in copy.rglob("*"):
        assert not path.is_file() or b"PRIVATE KEY" not in path.read_bytes(), path
        assert path.stat().st_mode & 0o022 == 0
    assert not done.manifest.with_keys


def test_a_record_that_does_not_verify_is_not_called_a_copy(busy, tmp_path):
    rename_somebody()
    with pytest.raises(Damaged, match="entry"):
        take(tmp_path / "copies")
    assert [path.name for path in (tmp_path / "copies").iterdir()] == [".lock"]


def test_a_file_that_was_changed_before_is_named_and_the_rest_is_kept(busy, tmp_path, terminal: Terminal):
    path = next(path for path in blobs.folder().rglob("*") if path.is_file())
    path.write_bytes(b"other")
    said = terminal.json("backup", str(tmp_path / "copies"), code=1)
    assert said["changed"] == [path.name]
    assert Path(said["folder"]).is_dir()


def test_a_record_moves_from_the_one_database_to_a_file(busy, tmp_path, monkeypatch):
    """Whichever it comes from, a copy is one SQLite file that any Masthead opens."""
    before = rows()
    folder = take(tmp_path / "copies").folder
    databases.use(
        {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / layout.HOME / "db.sqlite3",
         "OPTIONS": {"transaction_mode": "IMMEDIATE"}}
    )  # fmt: skip
    move_in(monkeypatch, folder / layout.HOME, "")
    assert rows() == before
    assert verify_log().intact


def test_a_backup_where_it_would_go_with_the_record_is_refused(busy):
    with pytest.raises(Refused, match="inside the home folder"):
        take(busy.home / "copies")


def test_at_the_terminal(busy, tmp_path, elsewhere, terminal: Terminal):
    said = terminal("backup", str(tmp_path / "copies"))
    assert said.code == 0
    assert "verified there" in said.out
    assert "not in it" in said.out
    there = elsewhere()
    back = terminal("restore", str(tmp_path / "copies"))
    assert back.code == 0, back
    assert "masthead log acknowledge" in back.out
    assert "private key is not here" in back.out
    assert "revoked since is valid again" in back.out
    assert "masthead log acknowledge --by NAME --checkpoint FILE" in back.out
    verified = terminal("log", "verify")
    assert verified.code == 0
    assert PUT_BACK in " ".join(verified.out.split())
    assert terminal("log", "verify", "--json").json["read_only"] is True
    ready_to_serve = preparing.prepare()
    assert (ready_to_serve.read_only, str(ready_to_serve.said)) == (True, PUT_BACK)
    told = client_of(busy.steward).get("/desk/").content.decode()
    assert "masthead log acknowledge" in told
    assert "masthead restore" not in told
    assert there.is_dir()


def test_where_there_is_no_record_nothing_is_left(tmp_path, monkeypatch, terminal: Terminal):
    monkeypatch.setenv("MASTHEAD_HOME", str(tmp_path / "nowhere"))
    said = terminal("backup", str(tmp_path / "copies"))
    assert said.code == 2
    assert "There is no record here yet" in said.err
    assert not (tmp_path / "copies").exists()
    assert not (tmp_path / "nowhere").exists()


def test_who_holds_no_role_is_not_asked_who_acts(small, tmp_path, terminal: Terminal):
    for name, role in (
        ("Ann Author", Role.CONTRIBUTOR),
        ("Ed Editor", Role.EDITOR),
        ("Eve Editor", Role.EDITOR),
    ):
        end_role(small.steward, named(name), role)
    commands.erase(small.steward, person_called("Ann Author"), Ground.OBJECTED)
    folder = take(tmp_path / "copies").folder
    if connection.vendor == "sqlite":
        databases.close()
        back = terminal("restore", str(folder))
        assert "masthead log acknowledge\n" in back.out, back
        said = terminal("log", "acknowledge")
        assert said.code == 0, said


def test_a_file_that_is_gone_is_named_too(busy, tmp_path, terminal: Terminal):
    digest = Publication.objects.earliest("entry__place").content_sha256
    blobs.path_of(digest).unlink()
    assert terminal.json("backup", str(tmp_path / "copies"), code=1)["changed"] == [digest]
