from pathlib import Path

import pytest
from tests.cli.terminal import MENDED, NOTES, STORY, WRITER, Desk, at_a_terminal, process

from masthead.language import Message
from masthead.newsroom.evidence import damage, keys

ALL = {"bundle.json", "content.md", "content.md.c2pa", "disclosure.en.txt", "disclosure.fr.txt", "index.html"}
ALL |= {"disclosure.json", "item.jsonld", "page.en.html", "page.fr.html"}


@pytest.fixture
def story(solo: Desk) -> Desk:
    solo.file("story.md", STORY)
    solo.file("mended.md", MENDED)
    solo.file("notes.txt", NOTES)
    return solo


MADE = ("--source", "notes.txt", "--ai", WRITER)


def test_a_clean_story_signed_off_in_the_command_is_published_and_called_self_signed(story: Desk) -> None:
    told = story.json("publish", "mended.md", *MADE, "--sign-off", "Mira Sand", "--out", "site")
    assert told["self_signed"] is True
    assert set(told["files"]) == ALL == {path.name for path in (story.folder / "site").iterdir()}
    assert "self-signed" in (story.folder / "site" / "disclosure.en.txt").read_text().lower()
    assert told["stage"] == "published"


def test_without_a_terminal_the_missing_sign_off_is_an_obstacle_that_names_the_option(story: Desk) -> None:
    said = story.json("publish", "mended.md", *MADE, code=1)
    assert set(said) == {"error", "item", "version", "obstacles"}
    (obstacle,) = said["obstacles"]
    assert obstacle["code"] == "no_sign_off"
    assert obstacle["commands"] == [f"masthead publish {said['item'][:8]} --sign-off NAME"]
    assert not (story.folder / "published").exists()


def test_what_is_not_cleared_is_kept_and_every_way_out_is_a_command(story: Desk) -> None:
    said = story("publish", "story.md", *MADE, "--sign-off", "Mira Sand")
    assert said.code == 1
    item = story.json("item", "list")["items"][0]["item"][:8]
    assert "Not cleared: 1 thing is in the way." in said.err
    assert f"$ masthead waive {item} " in said.err
    assert f"$ masthead publish PATH --item {item}" in said.err
    assert story.json("item", "show", item)["signed_off"] is None, "nobody signs what is still held back"


def test_the_same_file_again_goes_on_with_the_same_item(story: Desk) -> None:
    first = story.json("publish", "story.md", *MADE, "--sign-off", "Mira Sand", code=1)
    again = story.json("publish", "story.md", "--sign-off", "Mira Sand", code=1)
    assert again["item"] == first["item"]
    finding = first["obstacles"][0]["finding"]
    story.json("waive", first["item"], finding[:8], "--reason", "own-calculation")
    told = story.json("publish", "story.md", "--sign-off", "Mira Sand")
    assert told["item"] == first["item"]
    assert len(story.json("item", "list")["items"]) == 1


def test_a_mended_file_becomes_the_next_version(story: Desk) -> None:
    held = story.json("publish", "story.md", *MADE, code=1)
    told = story.json("publish", "mended.md", "--item", held["item"][:8], "--sign-off", "Mira Sand")
    assert (told["item"], told["version"]) == (held["item"], 2)


def test_publishing_the_same_file_twice_writes_the_same_folder_again(story: Desk) -> None:
    first = story.json("publish", "mended.md", *MADE, "--sign-off", "Mira Sand", "--out", "site")
    (story.folder / "site" / "index.html").unlink()
    again = story.json("publish", "mended.md", *MADE, "--out", "site")
    assert again["item"] == first["item"]
    assert (story.folder / "site" / "index.html").is_file()


def test_what_is_said_anew_of_a_published_file_is_not_passed_over(story: Desk) -> None:
    story.json("publish", "mended.md", *MADE, "--sign-off", "Mira Sand")
    said = story.json("publish", "mended.md", "--ai", "Other Tool, translation, T2", code=1)
    assert said["error"]["commands"] == ["masthead correct ITEM PATH --note WHAT"]


def test_an_answer_about_the_item_can_be_put_right_with_the_same_file(story: Desk) -> None:
    held = story.json("publish", "mended.md", *MADE, code=1)
    story.json("publish", "mended.md", "--no-public-interest", "--title", "A bridge", code=1)
    shown = story.json("item", "show", held["item"])
    assert (shown["title"], shown["version"]) == ("A bridge", 2)
    assert [source["label"] for source in shown["sources"]] == ["notes.txt"]


def test_options_that_speak_of_a_file_are_refused_beside_an_items_id(story: Desk) -> None:
    held = story.json("publish", "mended.md", *MADE, code=1)
    said = story.json("publish", held["item"], "--ai", WRITER, code=2)
    assert "masthead item use" in said["error"]["remedy"]


def test_a_folder_of_somebody_elses_is_left_alone_and_nothing_goes_out(story: Desk) -> None:
    site = story.folder / "site"
    site.mkdir()
    (site / "index.html").write_text("mine")
    said = story.json("publish", "mended.md", *MADE, "--sign-off", "Mira Sand", "--out", "site", code=1)
    assert "--out" in said["error"]["remedy"]
    assert (site / "index.html").read_text() == "mine"
    assert story.json("item", "list")["items"] == []


def test_a_folder_that_cannot_be_made_stops_it_before_anything_is_recorded(story: Desk) -> None:
    said = story.json(
        "publish", "mended.md", *MADE, "--sign-off", "Mira Sand", "--out", "notes.txt/site", code=2
    )
    assert "--out" in said["error"]["remedy"]
    assert story.json("item", "list")["items"] == []


def test_one_items_folder_never_takes_another_item(story: Desk) -> None:
    story.json("publish", "mended.md", *MADE, "--sign-off", "Mira Sand", "--out", "site")
    page = (story.folder / "site" / "index.html").read_bytes()
    story.file("other.md", "# Another\n\nNothing of note.\n")
    said = story.json("publish", "other.md", "--sign-off", "Mira Sand", "--out", "site", code=1)
    assert "--out" in said["error"]["remedy"]
    assert (story.folder / "site" / "index.html").read_bytes() == page


def test_a_correction_is_published_at_once_and_a_withdrawal_takes_the_content_away(story: Desk) -> None:
    item = story.json("publish", "mended.md", *MADE, "--sign-off", "Mira Sand", "--out", "site")["item"]
    story.file("new.md", MENDED + "\nIt takes a year.\n")
    told = story.json("correct", item, "new.md", "--note", "Said how long.", "--out", "site")
    assert (told["stage"], told["version"]) == ("corrected", 2)
    assert "Said how long." in (story.folder / "site" / "page.en.html").read_text()
    gone = story.json("withdraw", item, "--reason", "It was wrong.", "--out", "site")
    assert gone["stage"] == "withdrawn"
    assert not (story.folder / "site" / "content.md").exists()
    assert story.json("withdraw", item, "--reason", "Again.", code=1)["error"]


def test_an_ai_use_that_was_left_out_is_told_in_a_correction_of_the_same_file(story: Desk) -> None:
    item = story.json("publish", "mended.md", *MADE, "--sign-off", "Mira Sand", "--out", "site")["item"]
    again = ("correct", item, "mended.md", "--note", "A tool translated it.", "--out", "site")
    assert story.json(*again, code=1)["error"], "nothing changed at all"
    told = story.json(*again, "--ai", "Quill Drafter 3, translation, T2")
    assert any("translat" in said.casefold() for _, said in told["details"]), told["details"]


def _at_home(tmp_path: Path) -> Path:
    (tmp_path / "story.md").write_text(STORY)
    (tmp_path / "notes.txt").write_text(NOTES)
    assert process("init", "--name", "Alder Notes", "--person", "Mira Sand", cwd=tmp_path).code == 0
    return tmp_path


def test_at_a_terminal_findings_are_asked_about_and_the_sign_off_is_given_in_words(tmp_path: Path) -> None:
    folder = _at_home(tmp_path)
    told = at_a_terminal(
        "publish", "story.md", "--source", "notes.txt", cwd=folder, answers="nonsense\n3\ny\n"
    )
    assert told.code == 0, told.out
    assert "Why may it stand?" in told.out
    assert "I read this version" in told.out
    assert "stands behind it" in told.out
    (published,) = (folder / "published").iterdir()
    assert {"index.html", "bundle.json"} <= {path.name for path in published.iterdir()}


def test_at_a_terminal_enter_means_mending_first_and_no_means_no(tmp_path: Path) -> None:
    folder = _at_home(tmp_path)
    mend = at_a_terminal("publish", "story.md", "--source", "notes.txt", cwd=folder, answers="\n")
    assert mend.code == 1
    assert "The draft is kept as" in mend.out
    no = at_a_terminal("publish", "story.md", "--source", "notes.txt", cwd=folder, answers="1\nn\n")
    assert no.code == 2
    assert "You did not sign" in no.out
    assert not (folder / "published").exists()


def test_what_is_on_record_and_not_signed_is_not_called_undone(story: Desk, home: Path) -> None:
    item = story.json("publish", "mended.md", *MADE, "--sign-off", "Mira Sand", "--out", "site")["item"]
    key = home / keys.PRIVATE
    key.rename(key.with_name("away"))
    said = story("withdraw", item, "--reason", "It was wrong.", "--out", "site")
    assert said.code == 2, said
    assert said.err.startswith("Not finished. It is on record, but the log's head over it is not signed")
    assert "What was withdrawn has left every folder it was in." in said.err
    assert story.json("withdraw", item, "--reason", "It was wrong.", code=2)["error"]["on_record"] is True
    other = story.json("withdraw", item, "--reason", "Again.", code=1)["error"]
    assert "on_record" not in other
    key.with_name("away").rename(key)
    assert story.json("withdraw", item, "--reason", "It was wrong.", "--out", "site")["stage"] == "withdrawn"


def test_without_the_key_nothing_is_signed_and_what_is_kept_is_named(story: Desk, home: Path) -> None:
    key = home / keys.PRIVATE
    key.rename(key.with_name("away"))
    publish = ("publish", "mended.md", *MADE, "--sign-off", "Mira Sand", "--out", "site")
    said = story(*publish)
    assert said.code == 2, said
    (item,) = (each["item"] for each in story.json("item", "list")["items"])
    assert said.err.startswith(f"Not done. It is kept as {item[:8]}, and nothing was signed or published.")
    assert "is not in the home folder" in said.err
    assert story.json("item", "show", item)["signed_off"] is None
    key.with_name("away").rename(key)
    assert story.json(*publish)["item"] == item
    key.rename(key.with_name("away"))
    assert story("publish", item, "--out", "site").code == 0


def test_what_is_out_and_cannot_be_written_to_the_record_is_not_called_unrecorded(
    story: Desk, home: Path
) -> None:
    item = story.json("publish", "mended.md", *MADE, "--sign-off", "Mira Sand", "--out", "site")["item"]
    damage.note(home, damage.Found(Message("a row of x is not as it wrote it"), 3, "schedule"))
    said = story("publish", item, "--out", "site")
    assert said.code == 1, said
    assert said.err.startswith(
        "Not finished. It is on record, but the files that readers get are not written."
    )
    assert "This record is read-only since it was found damaged or put back." in said.err
    assert "nothing was recorded" not in said.err
