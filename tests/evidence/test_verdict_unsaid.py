"""A verdict that could not be said is none: no exit code of either verifier may pass for one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.evidence.desk import add_person
from tests.evidence.verifiers import VERIFIER

from masthead.newsroom.evidence import keys
from masthead.newsroom.evidence.export import export
from masthead.newsroom.evidence.publish import publish_checkpoint

MASTHEAD = Path(sys.executable).with_name("masthead")
VERDICTS = {0, 1, 3, 4}
FULL = Path("/dev/full")


@pytest.fixture
def commands(log, tmp_path):
    """Each way to ask about a log that is intact, and about one that is not."""
    add_person("Ada")
    publish_checkpoint()
    for name in ("whole", "broken"):
        export(tmp_path / name)
    entries = tmp_path / "broken" / "tile" / "entries" / "000.p" / "1"
    entries.write_bytes(entries.read_bytes()[:-1] + b"]")
    key = ["--key", keys.public_line(log)]
    return {
        "ours": [MASTHEAD, "log", "verify", "--export", tmp_path / "whole", *key],
        "ours, broken": [MASTHEAD, "log", "verify", "--export", tmp_path / "broken", *key],
        "ours, in JSON": [MASTHEAD, "log", "verify", "--export", tmp_path / "whole", *key, "--json"],
        "ours, no such folder": [MASTHEAD, "log", "verify", "--export", tmp_path / "none", "--json"],
        "the record": [MASTHEAD, "log", "verify"],
        "theirs": [sys.executable, VERIFIER, tmp_path / "whole", *key],
        "theirs, broken": [sys.executable, VERIFIER, tmp_path / "broken", *key],
        "theirs, without a key": [sys.executable, VERIFIER, tmp_path / "whole"],
    }


def ended(command, buffered=True, **streams):
    # Written at once, or all of it at the end: both must be told apart from a verdict.
    given = {"env": os.environ | ({} if buffered else {"PYTHONUNBUFFERED": "1"}), "check": False}
    return subprocess.run(command, **given, **{"stderr": subprocess.PIPE, **streams})


def test_they_are_verdicts_where_they_are_said(commands):
    said = {name: ended(command, stdout=subprocess.PIPE).returncode for name, command in commands.items()}
    assert said == {
        "ours": 0,
        "ours, broken": 1,
        "ours, in JSON": 0,
        "ours, no such folder": 2,
        "the record": 0,
        "theirs": 0,
        "theirs, broken": 1,
        "theirs, without a key": 3,
    }


@pytest.mark.skipif(not FULL.exists(), reason="needs a disk that is full")
@pytest.mark.parametrize("buffered", [True, False])
def test_a_full_disk_is_no_verdict(commands, buffered):
    for name, command in commands.items():
        with FULL.open("wb") as full:
            done = ended(command, buffered, stdout=full)
            assert done.returncode == 2, (name, done.stderr)
            assert b"Traceback" not in done.stderr, name
            assert ended(command, buffered, stdout=full, stderr=full).returncode == 2, name


@pytest.mark.parametrize("buffered", [True, False])
def test_a_reader_who_has_gone_is_no_verdict(commands, buffered):
    for name, command in commands.items():
        nobody, pipe = os.pipe()
        os.close(nobody)
        try:
            done = ended(command, buffered, stdout=pipe)
            assert done.returncode == (2 if name.startswith("theirs") else 141), (name, done.stderr)
            assert b"Traceback" not in done.stderr, name
        finally:
            os.close(pipe)


def test_nowhere_to_write_is_no_verdict(commands):
    for name, command in commands.items():
        done = ended(["sh", "-c", 'exec "$@" >&-', "sh", *command])
        assert done.returncode not in VERDICTS, (name, done.stderr)
        assert b"Traceback" not in done.stderr, name
