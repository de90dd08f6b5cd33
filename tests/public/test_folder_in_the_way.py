"""One folder that cannot be written keeps nothing from the others, and the clock does the rest."""

import shutil
from pathlib import Path

import pytest
from tests.newsroom.desk import Desk, ready, text

from masthead.errors import MastheadError, Unavailable
from masthead.newsroom import turns
from masthead.newsroom.evidence import keys
from masthead.newsroom.items.models import Item
from masthead.newsroom.public import commands
from masthead.newsroom.public.files import BUNDLE, RECORD
from masthead.newsroom.retention import finishing
from masthead.newsroom.retention.models import Remains, Todo
from masthead.newsroom.review.standing import withdrawal

WHY = "It was wrong."


@pytest.fixture
def folders(small, tmp_path) -> list[Path]:
    return [tmp_path / name for name in ("first", "second", "third")]


@pytest.fixture
def out(small, folders) -> Item:
    """An item that is out in three folders."""
    version = ready(small)
    for folder in folders:
        commands.publish(small.editor, version, folder)
    return version.item


def in_the_way(path: Path) -> None:
    """Have a folder stand in the place of a file: it can neither be deleted as one nor written over."""
    path.unlink()
    (path / "full").mkdir(parents=True)


def still_out(folder: Path) -> bool:
    return any(each.is_file() for each in (*folder.glob("content.*"), folder / RECORD))


def without_key(desk: Desk) -> None:
    (desk.home / keys.PRIVATE).rename(desk.home / "found-again")


def with_key(desk: Desk) -> None:
    (desk.home / "found-again").rename(desk.home / keys.PRIVATE)


@pytest.mark.parametrize("name", ["content.md", RECORD, BUNDLE])
@pytest.mark.parametrize("has_key", [True, False], ids=["key", "no key"])
def test_what_is_withdrawn_leaves_every_other_folder(small, out, folders, has_key, name):
    in_the_way(folders[0] / name)
    if not has_key:
        without_key(small)
    with pytest.raises(Unavailable) as caught:
        commands.withdraw(small.editor, out, WHY, folders[2])
    assert withdrawal(out)
    said = str(caught.value)
    assert "It is on record" in said
    assert str(folders[0]) in said
    assert str(folders[1]) not in said
    assert ("is not signed" in said) is not has_key
    assert not any(map(still_out, folders[1:]))
    assert list(Remains.objects.values_list("what", "name")) == [(Todo.PAGES, out.public_id)]


def test_the_clock_finishes_once_nothing_is_in_the_way(small, out, folders):
    in_the_way(folders[0] / "content.md")
    without_key(small)
    with pytest.raises(MastheadError):
        commands.withdraw(small.editor, out, WHY, folders[2])
    assert finishing.finish() == 1
    shutil.rmtree(folders[0] / "content.md")
    (folders[0] / "content.md").write_text("The river rose.")
    assert finishing.finish() == 1
    assert not any(map(still_out, folders))
    with_key(small)
    commands.withdraw(small.editor, out, WHY, folders[2])
    assert finishing.finish() == 0
    for folder in folders:
        assert "withdrawn" in (folder / "page.en.html").read_text().lower()


def test_a_file_in_the_way_keeps_none_beside_it(small, out, folders):
    in_the_way(folders[0] / "content.md")
    with pytest.raises(Unavailable):
        commands.withdraw(small.editor, out, WHY, folders[0])
    assert not still_out(folders[0])


def test_a_correction_reaches_every_other_folder(small, out, folders):
    in_the_way(folders[0] / "content.md")
    with pytest.raises(Unavailable, match="first"):
        commands.correct(
            small.editor, out, text("The river's banks held."), WHY, uses=(), sources=(), folder=folders[2]
        )
    for folder in folders[1:]:
        assert "held" in (folder / "content.md").read_text()
    shutil.rmtree(folders[0] / "content.md")
    assert finishing.finish() == 0
    assert "held" in (folders[0] / "content.md").read_text()


def test_a_new_folder_that_cannot_be_made_keeps_nothing_out(small, out, folders, tmp_path):
    other = tmp_path / "file"
    other.write_text("")
    with pytest.raises(Unavailable, match="file"):
        commands.withdraw(small.editor, out, WHY, other)
    assert not any(map(still_out, folders))
    assert finishing.finish() == 0


@pytest.mark.parametrize("has_key", [True, False], ids=["key", "no key"])
def test_who_waited_too_long_hears_what_is_still_out(small, out, folders, has_key, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.0)
    if not has_key:
        without_key(small)
    with turns.turn(small.home, "writing"), pytest.raises(Unavailable) as caught:
        commands.withdraw(small.editor, out, WHY, folders[2])
    said = str(caught.value)
    assert "It is on record" in said
    assert ("is not signed" in said) is not has_key
    assert all(str(folder) in said for folder in folders)
    assert "What was recorded before stands" not in said
    assert Remains.objects.filter(what=Todo.PAGES, name=out.public_id).exists()
    if has_key:
        assert finishing.finish() == 0
        assert not any(map(still_out, folders))


@pytest.mark.parametrize("content", [b"{", b"7", b"[1]", b"\xff", None])
def test_a_list_of_folders_that_cannot_be_read_is_not_taken_for_none(small, out, folders, content):
    """What was withdrawn would stay in each of them for ever, and nobody be told."""
    [file] = (small.home / "folders").iterdir()
    kept = file.read_bytes()
    file.unlink()
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    with pytest.raises(Unavailable, match="It is on record") as caught:
        commands.withdraw(small.editor, out, WHY, folders[2])
    assert str(file) in str(caught.value)
    assert not still_out(folders[2])
    assert finishing.finish_pages() == 1
    if content is None:
        file.rmdir()
    file.write_bytes(kept)
    assert still_out(folders[0])
    assert finishing.finish_pages() == 0
    assert not any(map(still_out, folders))
