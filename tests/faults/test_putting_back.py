"""Copies put back: only what verifies, only where nothing is lost by it, and no key made up."""

import json
import sqlite3

import pytest
from django.db import connection
from tests import databases
from tests.faults.standing import rows
from tests.newsroom.desk import ready, size

from masthead.errors import CannotRead, Damaged, NotReady, Refused
from masthead.newsroom.evidence import damage
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.integrity.commands import acknowledge
from masthead.newsroom.site.backup import layout
from masthead.newsroom.site.backup.restoring import newest_in, restore
from masthead.newsroom.site.backup.taking import take
from masthead.newsroom.site.serving.taking import taken


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


@pytest.mark.parametrize("change", [{"size": 10_000}, {"root": "00" * 32}, {"root": "zz"}])
def test_a_copy_whose_list_says_another_head_is_not_put_back(busy, tmp_path, elsewhere, change):
    """Else all of it is in its place before that is seen, and nothing ends the restore any more."""
    folder = take(tmp_path / "copies").folder
    there = elsewhere()
    file = folder / layout.MANIFEST
    said = file.read_text()
    file.write_text(json.dumps(json.loads(said) | change))
    with pytest.raises((CannotRead, Damaged)):
        restore(folder)
    assert not damage.is_there(there)
    assert not damage.half_restored(there)
    file.write_text(said)
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


def test_each_restore_of_one_copy_keeps_what_it_replaced_in_a_folder_of_its_own(busy, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("a server's database is never written over")
    folder = take(tmp_path / "copies").folder
    ready(busy)
    held = []
    for name in (folder.name, f"{folder.name}.2", f"{folder.name}.3"):
        databases.close()
        back = restore(folder)
        assert back.replaced == busy.home / "replaced" / name
        assert {each.name for each in back.replaced.iterdir()} >= {"db.sqlite3"}
        assert not [each for each in back.replaced.rglob("*") if each.name.endswith((".2", ".3"))]
        with sqlite3.connect(back.replaced / "db.sqlite3") as opened:
            held.append(opened.execute("SELECT count(*) FROM evidence_entry").fetchone()[0])
        opened.close()
        acknowledge(busy.steward, "It was meant.")
        ready(busy)
    assert held[0] > 0
    assert len(held) == 3


def test_what_the_backup_lacks_of_the_record_is_said(busy, tmp_path, terminal):
    if connection.vendor != "sqlite":
        pytest.skip("a server's database is never written over")
    folder = take(tmp_path / "copies").folder
    kept = size()
    ready(busy)
    newer = size() - kept
    assert newer > 1
    databases.close()
    said = terminal("restore", str(folder))
    assert said.code == 0, said
    told = " ".join(said.out.split())
    assert f"The record that was here held {newer} entries more than this backup" in told
    assert str(busy.home / "replaced" / folder.name) in told.replace(" ", "")
    found = [str(each) for each in damage.words(damage.known(busy.home))]
    assert any(f"{newer} newer entries" in each for each in found)
    assert not any(folder.name[:10] in each for each in found)


def test_a_replaced_record_that_cannot_be_read_is_said_to_be_so(busy, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("a server's database is never written over")
    folder = take(tmp_path / "copies").folder
    ready(busy)
    databases.close()
    for side in ("-wal", "-shm"):
        (busy.home / f"db.sqlite3{side}").unlink(missing_ok=True)
    (busy.home / "db.sqlite3").write_bytes(b"no database" * 1000)
    assert restore(folder).beyond is None
    assert any("could not be read" in str(each) for each in damage.words(damage.known(busy.home)))


def test_a_backup_that_lacks_nothing_says_nothing_of_it(busy, tmp_path, terminal):
    folder = take(tmp_path / "copies").folder
    if connection.vendor == "sqlite":
        databases.close()
        assert "more than this backup" not in terminal("restore", str(folder)).out


def test_a_database_that_holds_something_is_not_written_over(busy, tmp_path, elsewhere):
    if connection.vendor != "postgresql":
        pytest.skip("an SQLite file is moved aside")
    folder = take(tmp_path / "copies").folder
    with pytest.raises(NotReady, match="not empty"):
        restore(folder)
    elsewhere(tables=True)
    with pytest.raises(NotReady, match="not empty"):
        restore(folder)


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


def test_a_folder_that_is_no_copy(busy, tmp_path):
    with pytest.raises(CannotRead):
        restore(tmp_path)
