"""`masthead init` where a record is already: finished and brought up to date, and nothing is begun anew."""

import pytest
from cryptography.x509 import load_pem_x509_certificate
from django.core.management import call_command
from django.db import connection
from tests.cli.terminal import Desk, process

from masthead.newsroom.accounts.models import Organisation, Person
from masthead.newsroom.evidence import keys
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.policy.models import PolicyRevision


def go_back_to_an_older_version():
    """Have the tables that an earlier release made."""
    with lifted():
        call_command("migrate", "witness", "zero", verbosity=0)


@pytest.mark.parametrize("words", [(), ("--name", "the courier"), ("--person", "Somebody Else")])
def test_an_older_database_is_brought_up_to_date_without_a_word_of_who_works_there(small: Desk, words):
    go_back_to_an_older_version()
    told = small("witness", "list")
    assert told.code == 2
    assert "`masthead init`" in told.err
    said = small("init", *words)
    assert said.code == 0, said
    assert f"✓ Tables brought up to date in {connection.vendor}." in said.out
    assert "✓ Checklist in force: small." in said.out
    assert "log.key. Keep a copy" not in said.out
    assert "Ready: " in said.out
    assert "masthead person add" not in said.out, "what comes next is known there"
    assert small("witness", "list").code == 0
    assert (Organisation.objects.get().name, Person.objects.count()) == ("The Courier", 3)
    assert PolicyRevision.objects.count() == 1
    again = small("init", *words)
    assert f"✓ Tables in {connection.vendor} are up to date." in again.out
    assert small("log", "verify").code == 0


def test_in_json_it_says_what_is_on_record(small: Desk):
    said = small.json("init")
    assert (said["name"], said["profile"]) == ("The Courier", "small")


def test_what_is_missing_is_made_as_the_messages_promise(solo: Desk, home):
    (home / keys.PUBLIC).unlink()
    for file in (home / "keys" / "issuer").iterdir():
        file.unlink()
    assert solo("init").code == 0
    assert (home / keys.PUBLIC).is_file()
    root = load_pem_x509_certificate((home / "keys" / "issuer" / "root.pem").read_bytes())
    assert "Alder Notes" in root.subject.rfc4514_string()


def test_a_beginning_that_was_cut_off_before_there_were_names_asks_for_them(log, desk: Desk):
    said = desk("init")
    assert said.code == 2
    assert "--name" in said.err
    assert "--person" in said.err
    assert not Organisation.objects.exists()
    assert desk("init", "--name", "The Herald", "--person", "Ada").code == 0


def test_nobody_is_asked_for_names_that_are_on_record(tmp_path):
    begin = ("init", "--name", "Alder Notes", "--person", "Mira Sand")
    assert process(*begin, cwd=tmp_path).code == 0
    said = process("init", cwd=tmp_path)
    assert said.code == 0, said
    assert process("init", "--name", "Another", cwd=tmp_path).code == 1


def test_it_says_which_version_it_is(desk: Desk) -> None:
    from importlib.metadata import version

    said = desk("--version")
    assert (said.code, said.out) == (0, f"Masthead {version('masthead')}\n")
    assert "--version" in desk("--help").out
    assert list(desk.folder.iterdir()) == []
