"""The keys of the log at a terminal: seen, handed over, replaced, revoked; and what is told without one."""

import shlex
from pathlib import Path

from django.db import connection
from tests.witness.others import Log

from masthead.cli.key import _answer
from masthead.newsroom.accounts.commands.log_keys import Changed
from masthead.newsroom.evidence import keys
from masthead.newsroom.evidence.guard import lifted


def test_the_key_is_shown_with_where_it_is_and_never_itself(solo, home):
    said = solo("key", "show")
    assert said.code == 0, said
    assert keys.public_line(home) in said.out
    assert "keys/log.key" in said.out
    assert (home / keys.PRIVATE).read_text().splitlines()[1] not in said.out


def test_a_rotation_says_what_to_publish_and_what_to_keep_a_copy_of(solo, home):
    first = keys.public_line(home)
    said = solo("key", "rotate", "--overlap", "7")
    assert said.code == 0, said
    now = keys.public_line(home)
    assert now != first
    assert now in said.out
    assert "apart from the backups of the database" in said.out
    assert f"keys/log-{now.split('+')[1]}.key" in said.out
    shown = solo.json("key", "show")
    assert [each["state"] for each in shown["keys"]] == ["current", "along"]
    assert shown["keys"][1]["until"]
    assert shown["well"]
    verified = solo("log", "verify")
    assert verified.code == 0
    assert "Not checked" not in verified.out


def test_the_command_that_copies_the_key_takes_a_folder_of_any_name(capsys, tmp_path):
    file, key = tmp_path / "our desk" / "log.key", Log("alder.example").key
    _answer(Changed(key, None, file, None), json=False)
    line = next(line for line in capsys.readouterr().out.splitlines() if "/media/stick/" in line)
    assert Path(shlex.split(line)[2]) == file


def test_a_lost_key_is_told_at_every_command_that_needs_it_and_is_replaced(solo, home):
    (home / keys.PRIVATE).unlink()
    shown = solo("key", "show")
    assert shown.code == 1
    assert "masthead key replace --reason lost" in shown.out
    again = solo("init", "--name", "Alder Notes", "--person", "Mira Sand")
    assert again.code == 2
    assert "masthead key replace --reason lost" in again.err
    assert not (home / keys.PRIVATE).exists()
    said = solo("key", "replace", "--reason", "lost", "--since", "2026-01-02")
    assert said.code == 0, said
    assert "The old key did not sign this" in said.out
    gone = solo.json("key", "show")["keys"][1]
    assert (gone["state"], gone["reason"], gone["since"]) == ("revoked", "lost", "2026-01-02")
    assert solo("log", "verify").code == 0


def test_a_start_says_that_the_log_cannot_be_signed(solo, home):
    assert solo.json("serve", "--prepare")["said"] == ""
    (home / keys.PRIVATE).unlink()
    prepared = solo.json("serve", "--prepare")
    assert not prepared["read_only"]
    assert "the log cannot be signed" in prepared["said"]
    assert "masthead key replace --reason lost" in prepared["said"]


def test_an_earlier_key_is_revoked_and_its_file_may_go(solo):
    first = solo.json("key", "show")["keys"][0]["id"]
    assert solo.json("key", "rotate")["published"]
    said = solo("key", "revoke", first, "--reason", "stolen")
    assert said.code == 0, said
    shown = solo.json("key", "show")
    assert [each["state"] for each in shown["keys"]] == ["current", "revoked"]
    assert "keys/log.key has done its work" in shown["notes"][0]


def test_what_cannot_be_is_refused_in_words(solo):
    for words in (
        ("key", "revoke", "00000000", "--reason", "lost"),
        ("key", "replace", "--reason", "rotated"),
        ("key", "replace", "--reason", "lost"),
        ("key", "replace", "--reason", "stolen", "--since", "2199-01-01"),
        ("key", "rotate", "--overlap", "-1"),
        ("key", "replace", "--reason", "stolen", "--old", "no key"),
    ):
        said = solo(*words)
        assert said.code in (1, 2), said
        assert "Traceback" not in said.err
    assert len(solo.json("key", "show")["keys"]) == 1


def test_one_who_may_not_changes_no_key(small):
    for who in ("Noor Author", "Edda Editor"):
        said = small("key", "rotate", "--by", who)
        assert said.code == 1
        assert "Your role does not allow this." in said.err
    assert small("key", "rotate", "--by", "Sol Steward").code == 0


def test_a_key_that_others_may_read_is_told(solo, home):
    (home / keys.PRIVATE).chmod(0o640)
    shown = solo.json("key", "show")
    assert "A group on this machine may read keys/log.key" in shown["notes"][0]
    (home / keys.PRIVATE).chmod(0o644)
    shown = solo.json("key", "show", code=1)
    assert "chmod 600" in shown["keys"][0]["trouble"]


def test_a_key_that_was_never_taken_up_is_told(solo, home):
    keys.another(home, "herald.example/log")
    assert "is no key of this log" in solo.json("key", "show")["notes"][0]


def test_a_record_without_one_of_its_tables_is_not_called_ready(solo, home):
    with lifted(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE review_secondreview")
    said = solo("init")
    assert said.code == 1, said
    assert said.out == ""
    assert "has no table review_secondreview any more" in said.err
