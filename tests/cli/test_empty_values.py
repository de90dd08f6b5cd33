"""What a variable that is not set leaves behind is named as that, and is never the folder one stands in."""

import pytest
from tests.cli.terminal import Desk
from typer.main import get_command

from masthead.cli.app import app
from masthead.cli.paths import _asking


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("log", "verify", "--bundle", ""), "--bundle"),
        (("log", "verify", "--export="), "--export"),
        (("log", "verify", "--bundle", "bundle.json", "--key", ""), "--key"),
        (("log", "verify", "--bundle", "bundle.json", "--tsa", "a.pem", "--tsa", ""), "--tsa"),
        (("witness", "check", "heads.json", "--key", ""), "--key"),
        (("witness", "add", "", "--at", "https://desk.example.org/log"), "KEY"),
        (("backup", ""), "FOLDER"),
        (("restore", ""), "BACKUP"),
        (("check", ""), "PATH"),
        (("item", "source", "abcdef", ""), "PATH"),
        (("publish", "story.md", "--out", ""), "--out"),
        (("demo", "--out", ""), "--out"),
    ],
)
def test_an_empty_value_is_named_as_that(desk: Desk, words: tuple[str, ...], name: str) -> None:
    said = desk(*words, "--json") if words[0] != "demo" else desk(*words)
    assert said.code == 2, said
    assert f"{name}: An empty value names nothing." in said.out + said.err
    assert list(desk.folder.iterdir()) == []


def test_every_command_is_watched() -> None:
    assert len(list(_asking(get_command(app)))) > 30


def test_a_story_that_is_named_by_nothing_is_no_file_and_no_item(solo: Desk) -> None:
    said = solo.json("publish", "", code=2)["error"]
    assert said["what"] == "PATH|ITEM: An empty value names nothing."


def test_a_demo_goes_into_a_folder_beside_the_one_that_one_stands_in(desk: Desk) -> None:
    desk.file("mine.txt", "mine")
    from masthead.cli.demo_folder import choose

    folder, finished = choose(type(desk.folder)("."))
    assert (folder, finished) == (desk.folder.with_name("work-2"), False)


@pytest.mark.parametrize("kind", ["--key", "--witness"])
def test_a_key_file_that_is_not_there_is_named_as_that(desk: Desk, kind: str) -> None:
    desk.file("bundle.json", "{}")
    missing = desk.json("log", "verify", "--bundle", "bundle.json", kind, "keys/log.pub", code=2)["error"]
    assert missing["what"] == "There is no file keys/log.pub, and that is no key either."
    folder = desk.json("log", "verify", "--bundle", "bundle.json", kind, ".", code=2)["error"]
    assert "folder" in folder["what"]


def test_a_certificate_file_that_is_not_there_is_named(desk: Desk) -> None:
    desk.file("bundle.json", "{}")
    said = desk.json("log", "verify", "--bundle", "bundle.json", "--tsa", "root.pem", code=2)["error"]
    assert said["what"].startswith("root.pem: ")
