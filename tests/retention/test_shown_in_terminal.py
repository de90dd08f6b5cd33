"""`masthead item show` of what was erased: it refuses before it says anything, or shows what is left."""

import pytest
from tests.faults.conftest import terminal
from tests.retention import planted
from tests.retention.test_after_it import lost, out
from tests.retention.test_erase_part import OF_DRAFTS
from tests.retention.test_put_back import copied

from masthead.newsroom.items.blobs import path_of
from masthead.newsroom.items.commands import newest
from masthead.newsroom.retention import commands
from masthead.newsroom.retention.subjects import item_of
from masthead.newsroom.retention.words import Ground

__all__ = ["copied", "lost", "out", "terminal"]

GONE = "This was erased, and cannot be brought back."


@pytest.mark.parametrize("made", [planted.draft, planted.withdrawn])
def test_of_an_item_that_is_no_more_nothing_is_said_but_that(small, terminal, made):
    item = made(small, planted.Words())
    commands.erase(small.steward, item_of(item.public_id), Ground.OBJECTED)
    said = terminal("item", "show", item.public_id)
    assert said.code != 0
    assert said.out == ""
    assert GONE in said.err
    told = terminal.json("item", "show", item.public_id, code=said.code)
    assert list(told) == ["error"]
    assert told["error"]["what"] == GONE


def test_of_what_is_out_it_shows_that_and_what_went(small, terminal, out):
    said = terminal("item", "show", out.public_id)
    assert (said.code, said.err) == (0, "")
    first, *rest = said.out.splitlines()
    assert first == "Quay"
    told = " ".join(" ".join(rest).split())
    assert "version 3" in told
    assert "Published: version 3" in told
    assert "Version 4 was erased on" in told
    assert "by the clock: erased before, and brought back by an older backup." in told
    assert f"masthead item add PATH --version-of {out.public_id[:8]}" in told
    assert "leared" not in told
    assert not [word for word in (*OF_DRAFTS, "Umberpier") if word in told]


def test_where_no_version_is_left_it_says_so_and_how_to_go_on(small, terminal, lost):
    said = terminal("item", "show", lost.public_id)
    assert (said.code, said.err) == (0, "")
    assert "No version of it is left." in said.out
    assert "Version 1 was erased on" in said.out
    name = terminal.file("new.md", "The quay was quiet.\n")
    again = terminal("item", "add", name, "--version-of", lost.public_id[:8], "--by", "Ann Author")
    assert "version 2" in again.out, again


def test_software_is_told_which_versions_went_and_which_is_left(small, terminal, out):
    told = terminal.json("item", "show", out.public_id)
    assert (told["version"], told["left"]) == (4, 3)
    (went,) = told["erased"]
    assert (went["versions"], went["ground"]) == ([4], "restored")


def test_software_is_told_that_no_version_is_left(small, terminal, lost):
    assert terminal.json("item", "show", lost.public_id)["left"] is None


def test_where_the_words_cannot_be_read_nothing_is_said_before(small, terminal):
    item = planted.draft(small, planted.Words())
    path_of(newest(item).sha256).unlink()
    said = terminal("item", "show", item.public_id)
    assert said.code != 0
    assert said.out == ""
