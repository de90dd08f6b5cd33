"""Numbers that are no whole ones, or without end, where a whole number is due: JSON lets them stand there."""

import json

import pytest
from tests.cli.terminal import Desk as Terminal

from masthead.errors import CannotRead, Damaged
from masthead.newsroom.evidence import damage, high_water
from masthead.newsroom.evidence.attested import Broken
from masthead.newsroom.evidence.export_check import _kind
from masthead.newsroom.items import gone_through
from masthead.newsroom.site.backup import layout
from masthead.newsroom.witness import memory

NUMBERS = ["Infinity", "-Infinity", "NaN", "1e400", "1.5", "true", '"3"', "-1", "[3]", "[" * 200_000]


def with_size(content: dict[str, object], number: str, name: str = "size") -> bytes:
    return json.dumps(content | {name: "HERE"}).replace('"HERE"', number).encode()


@pytest.mark.parametrize("number", NUMBERS)
def test_the_file_that_says_how_far_was_published(small, number, terminal: Terminal):
    file = small.home / high_water.FILE
    file.write_bytes(with_size(json.loads(file.read_text()), number))
    with pytest.raises(Damaged):
        high_water.read(small.home)
    told = terminal("item", "list")
    assert "Traceback" not in told.err


@pytest.mark.parametrize("number", NUMBERS)
def test_what_is_remembered_of_erasing_and_of_others_logs(small, number):
    mark = high_water.HighWater("herald.example/log", 3, bytes(32))
    gone_through.write(small.home, gone_through.GoneThrough(7, mark))
    file = small.home / gone_through.FILE
    kept = json.loads(file.read_text())
    for name in ("size", "hour"):
        file.write_bytes(with_size(kept, number, name))
        assert gone_through.read(small.home) is None
    seen = memory.Memory("gazette.example/log", 3, "00" * 32, "", 5)
    memory.write(small.home, seen)
    file = memory.path(small.home, seen.origin)
    kept = json.loads(file.read_text())
    for name in ("size", "said_at"):
        file.write_bytes(with_size(kept, number, name))
        with pytest.raises(Damaged):
            memory.read(small.home, seen.origin)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_list_of_a_copy(tmp_path, number):
    said = {
        "masthead_backup": 1, "taken_at": "2026-11-20T10:00:00+00:00", "origin": "herald.example/log",
        "root": "00" * 32, "database": "db.sqlite3", "with_keys": True, "files": {},
    }  # fmt: skip
    (tmp_path / layout.MANIFEST).write_bytes(with_size(said, "3"))
    assert layout.read(tmp_path).size == 3
    (tmp_path / layout.MANIFEST).write_bytes(with_size(said, number))
    with pytest.raises(CannotRead):
        layout.read(tmp_path)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_kind_of_an_exported_entry(number):
    with pytest.raises(Broken):
        _kind(with_size({"commitment_sha256": "00" * 32, "v": 1}, number, "kind"), 3)


@pytest.mark.parametrize("number", [number for number in NUMBERS if number != "-1"])
def test_the_place_in_a_file_of_evidence(tmp_path, number):
    why = {"template": "it is %(size)s", "values": {"size": 3}, "plural": None}
    said = {"found_at": "2026-11-20T10:00:00+00:00", "found_by": "start", "why": why}
    (tmp_path / damage.FILE).write_bytes(with_size(said, number, "place"))
    assert [each.place for each in damage.known(tmp_path)] == [None]
    assert list(map(str, damage.words(damage.known(tmp_path))))
