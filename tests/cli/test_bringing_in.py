"""A file that is brought in again is said to be on record already."""

from tests.cli.terminal import MENDED, NOTES, STORY, Desk

ON_RECORD = "This very file is on record already, as version "


def test_a_file_that_is_on_record_is_said_not_to_be_new(solo: Desk) -> None:
    solo.file("story.md", MENDED)
    solo.file("notes.txt", NOTES)
    first = solo.json("item", "add", "story.md")
    assert first["new"] is True
    again = solo("item", "add", "story.md", "--source", "notes.txt")
    assert again.out.startswith(f"{ON_RECORD}1 of {first['item'][:8]}:\n")
    assert "Sources: notes.txt" in again.out
    told = solo.json("item", "add", "story.md")
    assert (told["item"], told["new"]) == (first["item"], False)


def test_what_is_new_is_not_said_to_be_on_record(solo: Desk) -> None:
    solo.file("story.md", MENDED)
    item = solo.json("item", "add", "story.md")["item"]
    solo.file("story.md", MENDED + "\nIt takes a year.\n")
    said = solo("item", "add", "story.md", "--version-of", item)
    assert "version 2" in said.out
    assert ON_RECORD not in said.out


def test_a_file_is_no_source_of_itself(solo: Desk) -> None:
    solo.file("story.md", STORY)
    for words in (
        ("item", "add", "story.md", "--source", "story.md"),
        ("publish", "story.md", "--source", "story.md", "--sign-off", "Mira Sand"),
    ):
        refused = solo.json(*words, code=1)["error"]
        assert "nothing is a source of itself" in refused["what"]
    assert solo.json("item", "list")["items"] == []
