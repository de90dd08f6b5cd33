"""`masthead data finish`: what is left is done, what is waited for is named, and what is gone can be said."""

import shutil
from pathlib import Path

import pytest
from tests.cli.terminal import Desk

AUTHOR, EDITOR = ("--by", "Noor Author"), ("--by", "Edda Editor")
NOTHING_LEFT: dict[str, object] = {"left_to_do": 0, "away": [], "gone": [], "unwritten": []}


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    return tmp_path / "disk"


@pytest.fixture
def item(small: Desk, disk: Path, tmp_path: Path) -> str:
    """An item that is out on a disk and beside it."""
    small.file("story.md", "# Quaylight papers\n\nThe Quaylight file says so.\n")
    item = str(small.json("item", "add", "story.md", *AUTHOR)["item"])
    assert small("signoff", item, "--yes", *EDITOR).code == 0
    for folder in (disk / "web", tmp_path / "here"):
        assert small.json("publish", item, "--out", str(folder), *EDITOR)["away"] == []
    return item


def withdraw(item: str) -> tuple[str, ...]:
    return ("withdraw", item, "--reason", "Wrong.", *EDITOR)


def test_what_is_left_to_do_can_be_done_at_once(small: Desk) -> None:
    assert small.json("data", "finish").items() >= NOTHING_LEFT.items()
    assert small("data", "finish").out == "Nothing is left to do.\n"


def test_what_is_waited_for_is_named_with_the_way_out(small: Desk, item: str, disk: Path) -> None:
    shutil.rmtree(disk)
    assert small(*withdraw(item)).code == 0
    away = {"left_to_do": 1, "away": [str(disk / "web")]}
    assert small.json("data", "finish", code=3).items() >= (NOTHING_LEFT | away).items()
    said = small("data", "finish")
    assert said.code == 3
    assert f"not there just now: {disk / 'web'}." in said.out
    assert "--gone FOLDER" in said.out
    disk.mkdir()
    assert small("data", "finish").code == 3
    said = small("data", "finish", "--gone", str(disk))
    assert said.code == 0
    assert f"Waited for no more: {disk / 'web'}." in said.out
    assert small.json("data", "finish").items() >= NOTHING_LEFT.items()


def test_a_withdrawal_says_what_it_did_not_reach(small: Desk, item: str, disk: Path) -> None:
    disk.rename(disk.with_name("aside"))
    said = small(*withdraw(item))
    assert said.code == 0
    assert f"not there just now: {disk / 'web'}." in said.out
    assert "masthead data finish" in said.out
    assert small.json(*withdraw(item))["away"] == [str(disk / "web")]


def test_so_do_a_correction_and_a_publication(small: Desk, item: str, disk: Path) -> None:
    disk.rename(disk.with_name("aside"))
    small.file("new.md", "# Quaylight papers\n\nThe Quaylight file said so.\n")
    correct = ("correct", item, "new.md", "--note", "It said so.", *EDITOR)
    assert str(disk / "web") in small(*correct).out
    assert small.json(*correct)["away"] == [str(disk / "web")]
    assert small.json("publish", item, *EDITOR)["away"] == [str(disk / "web")]


def test_a_folder_that_is_not_away_is_not_called_gone(small: Desk, item: str, disk: Path) -> None:
    said = small.json("data", "finish", "--gone", str(disk), code=2)
    assert "No folder that is away" in said["error"]["what"]
