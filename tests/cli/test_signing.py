"""What a person is shown before they sign, and what they are told of a sign-off that does not count."""

import os
from hashlib import sha256
from pathlib import Path

import pytest
from tests.cli.terminal import MENDED, NOTES, WRITER, Desk, at_a_terminal

AUTHOR, EDITOR = ("--by", "Noor Author"), ("--by", "Edda Editor")


def added(small: Desk, *by: str) -> str:
    small.file("story.md", MENDED)
    small.file("notes.txt", NOTES)
    told = small.json("item", "add", "story.md", "--source", "notes.txt", "--ai", WRITER, *by)
    return str(told["item"])


def kept_file(out: str) -> Path:
    """The file that the terminal names to be read."""
    return next(Path(word) for word in out.split() if "/blobs/" in word)


def test_what_is_signed_is_named_by_its_file_and_by_its_hash_as_the_record_has_it(small: Desk) -> None:
    item = added(small, *AUTHOR)
    said = small("signoff", item, "--yes", *EDITOR)
    assert said.code == 0, said
    assert "You sign version 1 of “The bridge”:" in said.out
    assert kept_file(said.out).read_bytes() == MENDED.encode()
    from masthead.newsroom.review.models import SignOff

    assert SignOff.objects.get().canonical_sha256 in said.out
    assert "leaves" not in said.out
    assert f"Publish it: masthead publish {item[:8]} --by NAME" in said.out
    again = small("signoff", item, "--yes", *EDITOR)
    assert (again.code, again.out) == (1, "")
    assert "You have signed off this version already." in again.err


def test_at_a_terminal_the_text_is_shown_before_it_is_signed(small: Desk) -> None:
    item = added(small, *AUTHOR)
    place = {name: os.environ[name] for name in ("MASTHEAD_HOME", "MASTHEAD_DATABASE_URL")}
    narrow = place | {"COLUMNS": "60"}
    said = at_a_terminal("signoff", item, *EDITOR, cwd=small.folder, answers="y\n", **narrow)
    assert kept_file(said.out).read_bytes() == MENDED.encode()
    before, asked, _ = said.out.partition("Do you sign?")
    assert asked
    assert "The repair costs 4.2 million euros." in before


@pytest.mark.parametrize(("typed", "code"), [("o", 0), ("Oui", 0), ("y", 0), ("n", 2), ("", 2)])
def test_in_french_one_says_yes_in_french_too(small: Desk, typed: str, code: int) -> None:
    item = added(small, *AUTHOR)
    place = {name: os.environ[name] for name in ("MASTHEAD_HOME", "MASTHEAD_DATABASE_URL")}
    said = at_a_terminal(
        "signoff",
        item,
        *EDITOR,
        cwd=small.folder,
        answers=f"maybe\n{typed}\n",
        MASTHEAD_LANGUAGE="fr",
        **place,
    )
    assert said.code == code, said.out
    assert said.out.count("[o/N]") == 2
    assert "invalid" not in said.out


def test_a_text_too_long_for_a_terminal_is_to_be_read_from_its_file(small: Desk) -> None:
    from masthead.cli.signing import LONG

    text = f"# Long\n\n{'The river rises. ' * LONG}\n"
    small.file("long.md", text)
    item = small.json("item", "add", "long.md", *AUTHOR)["item"]
    said = small("signoff", item, "--yes", *EDITOR)
    assert sha256(kept_file(said.out).read_bytes()).digest() == sha256(text.encode()).digest()
    assert "The river rises." not in said.out


def test_a_sign_off_by_who_made_it_is_told_in_the_words_of_the_gate(small: Desk) -> None:
    item = added(small, *EDITOR)
    said = small("signoff", item, "--yes", *EDITOR)
    assert said.code == 0, said
    assert "You had a hand in this version" in said.out
    assert "Your sign-off leaves 1 thing in the way" in said.out
    assert "Only someone who wrote this version or recorded its AI use has signed it off." in said.out
    assert "Publish it" not in said.out
    assert f"masthead item show {item[:8]}" in said.out
    other = small.json("item", "show", item)
    assert [each["code"] for each in other["obstacles"]] == ["sign_off_by_author"]


def test_software_is_told_what_a_sign_off_leaves_in_the_way(small: Desk) -> None:
    item = added(small, *EDITOR)
    told = small.json("signoff", item, "--yes", *EDITOR)
    assert [each["code"] for each in told["obstacles"]] == ["sign_off_by_author"]
    assert len(told["canonical_sha256"]) == 64


def test_one_who_publishes_and_signs_in_one_breath_signs_nothing_that_does_not_count(small: Desk) -> None:
    item = added(small, *EDITOR)
    held = small.json("publish", item, "--sign-off", "Edda Editor", code=1)
    assert [each["code"] for each in held["obstacles"]] == ["sign_off_by_author"]
    assert small.json("item", "show", item)["signed_off"] is None


def test_a_correction_that_is_out_and_is_signed_after_needs_no_publishing(small: Desk) -> None:
    item = added(small, *AUTHOR)
    assert small("signoff", item, "--yes", *EDITOR).code == 0
    small.json("publish", item, "--out", "site", *AUTHOR)
    small.file("new.md", MENDED + "\nIt takes a year.\n")
    small.json("correct", item, "new.md", "--note", "Said how long.", "--out", "site", *EDITOR)
    assert "Signed off. It is out already" in small("signoff", item, "--yes", *EDITOR).out
