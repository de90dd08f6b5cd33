"""An alarm at the terminal: both heads as a file, checked and kept, whether there is an address or not."""

import json
from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client
from tests.witness.others import Log

from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.witness.alarms import path_of, raise_alarm
from masthead.newsroom.witness.models import Alarm
from masthead.newsroom.witness.seen import Head
from masthead.newsroom.witness.words import Fault
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.conflict import Conflict

AT = "https://93.184.215.14/log"


@pytest.fixture
def log(solo) -> Log:
    """A log that is witnessed here."""
    made = Log().grow(5)
    solo.json("witness", "add", str(made.key), "--at", AT)
    return made


@pytest.fixture
def alarm(log) -> Alarm:
    """It showed another history."""
    return raised(log)


def raised(log: Log) -> Alarm:
    fork = log.copy().grow(1, "other")
    log.grow(1)
    shown = fork.note()
    head = Head(shown, Checkpoint.parse(shown.text), log.key)
    return raise_alarm(head, Fault.FORK, Conflict(str(log.note()), str(shown)), told_by=log.key.name)


def commands(out: str) -> list[str]:
    return [line.partition("$ masthead ")[2] for line in out.splitlines() if "$ masthead " in line]


def test_each_command_that_the_alarm_names_is_done_as_it_stands(solo, log, alarm):
    said = solo("witness", "list")
    assert said.code == 1
    assert "/log/witness/alarms/" not in said.out, "without an address nobody can fetch that"
    heads, check, end = commands(said.out)
    assert solo(*heads.split()).code == 0
    done = solo(*check.replace('"LINE"', str(log.key)).split())
    assert (done.code, "Shown" in done.out) == (0, True)
    assert solo(*end.partition(" --note")[0].split(), "--note", "It was us.").code == 0


def test_where_there_is_an_address_the_alarm_names_the_public_file_too(solo, alarm, monkeypatch):
    own = {"address": "https://courier.example/"}
    monkeypatch.setattr(settings, "MASTHEAD", replace(settings.MASTHEAD, **own))
    at = f"https://courier.example/log/witness/alarms/{alarm.public_id}.json"
    said = solo("witness", "list").out
    assert f"Both heads: {at}" in said
    assert commands(said)[0].startswith(f"witness heads {alarm.public_id} --out ")
    [told] = solo.json("witness", "list", code=1)["alarms"]
    assert (told["path"], told["address"]) == (path_of(alarm), at)


def test_software_is_told_where_the_heads_are_and_what_to_do(solo, alarm):
    [told] = solo.json("witness", "list", code=1)["alarms"]
    assert (told["path"], told["address"]) == (path_of(alarm), None)
    assert "neither is the beginning of the other" in told["says"]
    assert told["to_do"][0].startswith("Call whoever keeps the log.")
    assert told["commands"] == [f"masthead {each}" for each in commands(solo("witness", "list").out)]
    assert solo.json("witness", "run", code=1)["alarms"] == [told]


def test_the_heads_are_given_byte_for_byte_as_readers_get_them(solo, alarm):
    public = Client().get(path_of(alarm)).content
    for out in ((), ("--out", "-"), ("--json",), ("--json", "--out", "-")):
        said = solo("witness", "heads", alarm.public_id, *out)
        assert (said.code, said.out.encode(), said.err) == (0, public, "")
    said = solo("witness", "heads", alarm.public_id, "--out", "heads.json")
    assert said.code == 0
    assert (solo.folder / "heads.json").read_bytes() == public
    told = solo.json("witness", "heads", alarm.public_id, "--out", "again.json")
    assert told == {"id": alarm.public_id, "file": "again.json"}
    assert (solo.folder / "again.json").read_bytes() == public


def test_a_file_that_is_there_is_never_written_over(solo, alarm):
    to = ("witness", "heads", alarm.public_id, "--out", "heads.json")
    assert solo(*to).code == 0
    assert solo(*to).code == 0, "it says the same"
    solo.file("heads.json", "Mine.")
    refused = solo(*to)
    assert (refused.code, "is there already" in refused.err) == (1, True)
    assert (solo.folder / "heads.json").read_text() == "Mine."
    nowhere = solo("witness", "heads", alarm.public_id, "--out", "no/heads.json")
    assert (nowhere.code, "could not be written" in nowhere.err) == (2, True)
    folder = solo("witness", "heads", alarm.public_id, "--out", ".")
    assert (folder.code, "is there already" in folder.err) == (1, True)


def test_an_alarm_goes_by_the_beginning_of_its_id(solo, alarm):
    assert solo("witness", "heads", alarm.public_id[:6]).code == 0
    for wrong in (alarm.public_id[:5], alarm.public_id[:8].swapcase(), "nothing", ""):
        said = solo("witness", "heads", wrong)
        assert (said.code, "No single alarm goes by that id." in said.err) == (2, True), wrong
        assert "masthead witness list" in said.err
    assert solo("witness", "end-alarm", alarm.public_id[:6], "--note", "It was us.").code == 0
    assert solo("witness", "heads", alarm.public_id).code == 0, "what is ended is kept"
    assert Client().get(path_of(alarm).replace(alarm.public_id, alarm.public_id[:8])).status_code == 404


def test_an_id_that_was_given_before_and_begins_as_an_option_does_is_told_so_that_it_can_be_typed(
    solo, alarm
):
    with lifted():
        Alarm.objects.filter(pk=alarm.pk).update(public_id="-begins-as-an-option--")
    heads, _, end = commands(solo("witness", "list").out)
    assert solo(*heads.split()).code == 0
    assert (solo.folder / "heads--begins-.json").is_file()
    assert end == 'witness end-alarm --note "…" -- -begins-as-an-option--'


def test_no_id_begins_as_an_option_does(solo, log, monkeypatch):
    given = iter(["-begins-as-an-option--", "begins-as-a-word------"])
    monkeypatch.setattr("secrets.token_urlsafe", lambda _: next(given))
    assert raised(log).public_id == "begins-as-a-word------"


def test_what_could_steer_a_terminal_is_escaped_there_and_stays_the_same_json(capsys, monkeypatch):
    import sys

    from masthead.cli.output import give

    text = json.dumps({"who": "a\u202eb\x9bc"}, ensure_ascii=False) + "\n"
    give(text)
    assert capsys.readouterr().out == text
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    give(text)
    shown = capsys.readouterr().out
    assert shown.isascii()
    assert json.loads(shown) == json.loads(text)
