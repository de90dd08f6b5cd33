"""Copies of the whole record: verified before they are called so, put back without losing anything."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from tests import databases
from tests.cli.terminal import Desk as Terminal
from tests.faults.hurting import rename_somebody, run
from tests.moulds import move_in
from tests.newsroom.desk import approved, ready, size, use
from tests.newsroom.logins import client_of

from masthead.errors import CannotRead, Damaged, NotReady, ReadOnly, Refused
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence import damage, high_water
from masthead.newsroom.evidence.models import Checkpoint, Entry, LogHead, RowDigest
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.integrity.commands import acknowledge
from masthead.newsroom.integrity.models import Restoration
from masthead.newsroom.items import blobs
from masthead.newsroom.items.models import Version
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.review.models import Finding
from masthead.newsroom.site.backup import layout, restoring
from masthead.newsroom.site.backup.restoring import newest_in, restore
from masthead.newsroom.site.backup.taking import take
from masthead.newsroom.site.serving.taking import taken


@pytest.fixture
def working(small):
    """A desk with something published, something in hand, and a system in the register."""
    approved(small)
    version = ready(small, use())
    public.publish(small.editor, version, site_folder(version.item))
    ready(small)
    return small


@pytest.fixture
def busy(working, quick):
    """The same, of which copies are quickly made and put back."""
    return working


def rows():
    """What stands in the tables that matter, as both databases give it."""
    return {
        model.__name__: list(model._base_manager.order_by("pk").values_list())
        for model in (LogHead, Entry, RowDigest, Checkpoint, Person, Version, Finding)
    }


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


def test_without_the_key_the_copy_is_read_and_nothing_is_signed(busy, tmp_path, elsewhere):
    take(tmp_path / "copies")
    key = (busy.home / "keys" / "log.key").read_bytes()
    there = elsewhere()
    assert not restore(newest_in(tmp_path / "copies")).has_key
    assert verify_log().intact
    acknowledge(busy.steward, nobody_has_seen_more=True)
    with pytest.raises(NotReady, match="key"):
        publish_checkpoint()
    (there / "keys" / "log.key").write_bytes(key)
    (there / "keys" / "log.key").chmod(0o600)
    publish_checkpoint()
    assert verify_log().intact


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


def test_a_copy_of_which_one_byte_was_changed_is_not_put_back(busy, tmp_path, elsewhere):
    folder = take(tmp_path / "copies").folder
    there = elsewhere()
    for name in ("db.sqlite3", "high-water.json", "keys/log.pub"):
        path = folder / layout.HOME / name
        content = path.read_bytes()
        path.write_bytes(content[:50] + bytes([content[50] ^ 1]) + content[51:])
        with pytest.raises((Damaged, Refused)):
            restore(folder)
        path.write_bytes(content)
    (folder / layout.HOME / "strange").write_text("x")
    with pytest.raises(Damaged, match="strange"):
        restore(folder)
    (folder / layout.HOME / "strange").unlink()
    assert not damage.is_there(there)
    assert restore(folder).manifest.size


def test_a_copy_whose_list_was_made_to_fit_is_found_by_the_log_in_it(busy, tmp_path, elsewhere):
    folder = take(tmp_path / "copies").folder
    file = folder / layout.HOME / "db.sqlite3"
    with sqlite3.connect(file) as opened:
        opened.execute("UPDATE accounts_person SET name = 'Eve' WHERE name = 'Ann Author'")
        opened.commit()
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.close()
    said = json.loads((folder / layout.MANIFEST).read_text())
    said["files"]["db.sqlite3"] = layout.digest_of(file)
    (folder / layout.MANIFEST).write_text(json.dumps(said))
    there = elsewhere()
    with pytest.raises(Damaged, match="entry"):
        restore(folder)
    assert not damage.is_there(there)


def test_an_older_copy_is_refused_and_put_back_only_to_be_read(busy, tmp_path, database, elsewhere):
    folder = take(tmp_path / "copies").folder
    copied = size()
    ready(busy)
    publish_checkpoint()
    published = size()
    mark = high_water.read(busy.home)
    note = Checkpoint.objects.order_by("-size").first().note
    if connection.vendor == "sqlite":
        with pytest.raises(Refused, match="older than what the world has seen"):
            restore(folder)
        assert (size(), damage.is_there(busy.home)) == (published, False)
    # The home folder is lost: only somebody outside knows how far it was published.
    there = elsewhere()
    with pytest.raises(Refused, match="older than what the world has seen"):
        restore(folder, seen=note)
    with pytest.raises(CannotRead):
        restore(folder, seen=note.replace(note.splitlines()[1], str(published + 1), 1))
    back = restore(folder, older=True, seen=note)
    assert back.older
    assert size() == copied
    assert high_water.read(there) == mark
    for refused in (lambda: ready(busy), publish_checkpoint):
        with pytest.raises(ReadOnly):
            refused()
    with pytest.raises(Damaged):
        acknowledge(busy.steward)
    (there / damage.FILE).unlink()  # even then
    run("DELETE FROM evidence_keptdamage")
    for refused in (lambda: ready(busy), publish_checkpoint):
        with pytest.raises(Damaged, match="older copy"):
            refused()


def test_whoever_lost_the_folder_says_how_far_the_log_was_seen(busy, tmp_path, elsewhere):
    folder = take(tmp_path / "copies", with_keys=True).folder
    ready(busy)
    seen = publish_checkpoint()
    there = elsewhere()
    restore(folder)
    with pytest.raises(CannotRead):
        acknowledge(busy.steward, seen=seen.note.replace(str(seen.size), str(seen.size + 1), 1))
    with pytest.raises(Damaged, match="older copy"):
        acknowledge(busy.steward, seen=seen.note)
    assert damage.is_there(there)
    assert high_water.read(there).size == seen.size
    # It is known from now on, whatever is said.
    with pytest.raises(Damaged):
        acknowledge(busy.steward, nobody_has_seen_more=True)


def test_a_checkpoint_that_the_copy_holds_ends_it(busy, tmp_path, elsewhere, terminal: Terminal):
    (tmp_path / "checkpoint").write_text(Checkpoint.objects.order_by("-size").first().note)
    folder = take(tmp_path / "copies", with_keys=True).folder
    there = elsewhere()
    restore(folder)
    words = ("log", "acknowledge", "--by", "Ada Steward")
    assert terminal(*words).code == 1
    assert terminal(*words, "--checkpoint", str(tmp_path / "checkpoint")).code == 0
    assert not damage.is_there(there)
    assert "Compared with a checkpoint" in Restoration.objects.get().note


@pytest.mark.parametrize("words", [("log", "acknowledge", "--by", "Ada Steward"), ("restore", "copies")])
def test_a_checkpoint_that_cannot_be_read_is_named_and_nothing_is_done(busy, tmp_path, terminal, words):
    (tmp_path / "checkpoint.bin").write_bytes(b"\xff\x00")
    bad = {"missing": "There is no such file", "": "is a folder", "checkpoint.bin": "is not plain text"}
    for name, why in bad.items():
        said = terminal(*words, "--checkpoint", str(tmp_path / name))
        assert said.code == 2
        assert why in said.err
        assert "Traceback" not in said.err


def test_what_was_there_is_kept_and_the_newer_key_and_settings_stay(busy, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("a server's database is never written over")
    folder = take(tmp_path / "copies", with_keys=True).folder
    (busy.home / "config.toml").write_text("review_hours = 9\n")
    key = busy.home / "keys" / "django.key"
    key.write_text("newer")
    ready(busy)
    before = rows()
    back = restore(folder)
    assert back.replaced == busy.home / "replaced" / folder.name
    assert key.read_text() == "newer"
    assert (busy.home / "config.toml").read_text() == "review_hours = 9\n"
    assert len(rows()["Entry"]) < len(before["Entry"])
    databases.close()
    with sqlite3.connect(back.replaced / "db.sqlite3") as opened:
        assert opened.execute("SELECT count(*) FROM evidence_entry").fetchone() == (len(before["Entry"]),)
    opened.close()


def test_a_database_that_holds_something_is_not_written_over(busy, tmp_path, elsewhere):
    if connection.vendor != "postgresql":
        pytest.skip("an SQLite file is moved aside")
    folder = take(tmp_path / "copies").folder
    with pytest.raises(NotReady, match="not empty"):
        restore(folder)
    elsewhere(tables=True)
    with pytest.raises(NotReady, match="not empty"):
        restore(folder)


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


def test_who_serves_the_folder_is_not_pulled_from_under(busy, tmp_path):
    folder = take(tmp_path / "copies").folder
    with taken(busy.home), pytest.raises(NotReady, match="served"):
        restore(folder)


def test_another_log_is_not_put_back_here(busy, tmp_path):
    folder = take(tmp_path / "copies").folder
    said = json.loads((folder / layout.MANIFEST).read_text())
    (folder / layout.MANIFEST).write_text(json.dumps(said | {"origin": "other.example/log"}))
    with pytest.raises(Refused, match="another log"):
        restore(folder)


def test_copies_go_when_they_are_too_old_and_nothing_else_does(busy, tmp_path):
    copies, now = tmp_path / "copies", datetime(2026, 1, 1, tzinfo=UTC)
    first = take(copies, now=now).folder
    (copies / "notes.txt").write_text("mine")
    (copies / "2020-01-01T000000Z").mkdir()  # not a copy
    kept = take(copies, keep_days=30, now=now + timedelta(days=20))
    assert kept.expired == ()
    last = take(copies, keep_days=30, now=now + timedelta(days=40))
    assert last.expired == (first.name,)
    names = sorted(path.name for path in copies.iterdir())
    assert names == sorted([".lock", "notes.txt", "2020-01-01T000000Z", kept.folder.name, last.folder.name])


def test_a_backup_where_it_would_go_with_the_record_is_refused(busy):
    with pytest.raises(Refused, match="inside the home folder"):
        take(busy.home / "copies")


def test_a_folder_that_is_no_copy(busy, tmp_path):
    with pytest.raises(CannotRead):
        restore(tmp_path)


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
    assert terminal("log", "verify").code == 0
    assert there.is_dir()
