"""`masthead witness`: add, list, run, end, and check what an alarm kept."""

import json
from dataclasses import replace

import pytest
from django.conf import settings
from tests.cli.terminal import STORY
from tests.witness.others import Log, Witness

from masthead.tlog.conflict import Conflict
from masthead.tlog.note import VerifierKey

AT = "https://93.184.215.14/log"


@pytest.fixture
def herald(solo):
    return solo


def test_a_log_and_a_witness_are_added_listed_and_ended(herald):
    log, witness = Log(), Witness()
    added = herald.json("witness", "add", str(log.key), "--at", AT)
    assert added["name"] == log.key.name
    assert added["our_key"] == herald.json("witness", "key")["key"]
    assert added["our_key"].split("+")[0].endswith("/witness")
    assert herald.json("witness", "add", str(witness.key), "--at", AT)["name"] == witness.name
    parts = {each["part"]: each["name"] for each in herald.json("witness", "list")["parties"]}
    assert parts == {"log": log.key.name, "witness": witness.name}
    herald.json("witness", "end", log.key.name)
    assert [each["part"] for each in herald.json("witness", "list")["parties"]] == ["witness"]
    assert "has cosigned nothing yet" in herald("witness", "list").out


def test_of_two_of_one_name_none_is_ended_by_the_name(herald):
    """A log whose key was lost: the new key stands beside the old one, and only the old one is to end."""
    old, fresh = Log(), Log(seed="fresh")
    for log in (old, fresh):
        herald.json("witness", "add", str(log.key), "--at", AT)
    said = herald("witness", "end", old.key.name)
    assert said.code == 1
    ids = [log.key.key_id.hex() for log in (old, fresh)]
    given = {each["key"]: each["id"] for each in herald.json("witness", "list")["parties"]}
    assert len(given) == 2, "nothing was ended"
    for told in (*ids, *given.values()):
        assert told in said.err
    listed = herald("witness", "list").out
    assert all(f"key {each}" in listed for each in ids)
    ended = herald("witness", "end", ids[0])
    assert ids[0] in ended.out
    left = herald.json("witness", "list")["parties"]
    assert [each["key"] for each in left] == [str(fresh.key)]
    assert herald.json("witness", "end", given[str(fresh.key)])["key"] == str(fresh.key)
    assert herald("witness", "end", ids[0]).code == 2, "what is ended goes by no name"


def test_where_nobody_is_there_it_says_so_and_all_is_well(herald):
    assert "Nobody is asked" in herald("witness", "list").out
    assert herald.json("witness", "run") == {"done": [], "alarms": []}
    assert herald("witness", "key").code == 2


@pytest.mark.parametrize("key", ["nonsense", "a+b+c"])
def test_a_key_that_is_none_is_refused(herald, key):
    assert "not the public key of a log" in herald("witness", "add", key, "--at", AT).err


def test_what_cannot_be_reached_is_told_and_ends_with_2(herald):
    herald.json("witness", "add", str(Log().key), "--at", "https://nobody.invalid/log")
    said = herald.json("witness", "run", code=3)
    assert "nobody.invalid" in said["done"][0]["trouble"]
    assert herald.json("witness", "list", code=3)["parties"][0]["trouble"]


def test_a_file_of_two_heads_is_checked_with_the_key_alone(herald):
    log = Log().grow(5)
    fork = log.copy().grow(1, "other")
    log.grow(1)
    heads = Conflict(str(log.note()), str(fork.note())).to_json()
    path = herald.file("heads.json", heads)
    assert herald.json("witness", "check", path, "--key", str(log.key))["shows"] == "fork"
    assert "Shown" in herald("witness", "check", path, "--key", str(log.key)).out
    other = Log("other.example/log").key
    assert herald.json("witness", "check", path, "--key", str(other), code=1)["shows"] == "nothing"
    same = herald.file("same.json", Conflict(str(log.note()), str(log.note())).to_json())
    assert herald.json("witness", "check", same, "--key", str(log.key), code=1)["shows"] == "signed"
    kept = herald.file("their.pub", f"{log.key}\n")
    assert herald.json("witness", "check", path, "--key", kept)["shows"] == "fork"
    assert "no file nonsense" in herald("witness", "check", path, "--key", "nonsense").err
    assert "not the public key of a log" in herald("witness", "check", path, "--key", "a+b+c").err
    for broken in ("", "{}", "[]", heads[:-20], json.dumps(json.loads(heads) | {"proof": [1]})):
        file = herald.file("broken.json", broken)
        said = herald("witness", "check", file, "--key", str(log.key))
        assert (said.code, "is not a file of two heads" in said.err) == (2, True)
        assert "public key" not in said.err


def test_a_fork_across_a_change_of_key_is_shown_under_both_keys(herald):
    log, fresh = Log().grow(5), Log(seed="fresh").grow(5, "other")
    heads = Conflict(str(log.note()), str(fresh.note()), keys=(str(log.key), str(fresh.key)))
    path = herald.file("heads.json", heads.to_json())
    said = herald("witness", "check", path, "--key", str(log.key))
    assert (said.code, "Not shown" in said.out) == (1, True)
    assert f"give it: {fresh.key}" in said.out
    both = herald.json("witness", "check", path, "--key", str(log.key), "--key", str(fresh.key))
    assert both["shows"] == "fork"
    assert (both["known_by"], both["shown_by"]) == ([str(log.key)], [str(fresh.key)])


def test_a_new_key_of_the_witness_is_made_by_who_manages_witnesses(herald):
    herald.json("witness", "add", str(Log().key), "--at", AT)
    first = herald.json("witness", "key")["key"]
    fresh = herald.json("witness", "key", "--new")["key"]
    assert fresh != first
    assert herald.json("witness", "key")["key"] == fresh


def test_an_alarm_about_our_own_log_is_told_as_ours_and_where_one_publishes(herald):
    from masthead.newsroom.evidence.models import LogHead
    from masthead.newsroom.witness.alarms import raise_alarm
    from masthead.newsroom.witness.seen import Head
    from masthead.newsroom.witness.words import Fault
    from masthead.tlog.checkpoint import Checkpoint

    herald.json("witness", "list")
    ours = Log(LogHead.objects.get().origin).grow(7)
    shown = ours.note()
    head = Head(shown, Checkpoint.parse(shown.text), ours.key)
    heads = Conflict(str(ours.copy().grow(2).note()), str(shown))
    alarm = raise_alarm(head, Fault.ROLLBACK, heads, told_by="tribune.example/w")
    said = herald("witness", "list")
    assert (said.code, f"ALARM about our own log ({alarm.public_id})" in said.out) == (1, True)
    assert "an older copy in place" in said.out
    assert "→ Ask everybody who runs the server" in said.out
    assert f"$ masthead witness heads {alarm.public_id} --out heads-" in said.out
    assert "$ masthead witness check heads-" in said.out
    assert f"$ masthead witness end-alarm {alarm.public_id} --note" in said.out
    assert herald.json("witness", "list", code=1)["alarms"][0]["ours"] is True
    herald.file("story.md", STORY)
    out = herald("publish", "story.md", "--sign-off", "Mira Sand")
    assert "An alarm about our own log is open" in out.err
    herald.json("witness", "end-alarm", alarm.public_id, "--note", "It was us.")
    again = herald("witness", "end-alarm", alarm.public_id, "--note", "It was us.")
    assert (again.code, "Load the page" in again.err) == (1, False)
    assert "An alarm" not in herald("publish", "story.md", "--sign-off", "Mira Sand").err


def test_our_own_log_and_witness_are_refused_by_key_and_by_address(herald, monkeypatch):
    own = {"address": "https://herald.example"}
    monkeypatch.setattr(settings, "MASTHEAD", replace(settings.MASTHEAD, **own))
    at = "https://herald.example/log"
    assert "our own" in herald("witness", "add", str(Log().key), "--at", at).err
    assert "our own" in herald("witness", "add", str(Witness().key), "--at", f"{at}/witness/").err
    line = (settings.MASTHEAD_HOME / "keys/log.pub").read_text().strip()
    renamed = VerifierKey("other.example/log", VerifierKey.parse(line).public_key)
    assert "our own log" in herald("witness", "add", str(renamed), "--at", AT).err
    assert herald.json("witness", "list")["parties"] == []
