"""A folder on a disk that is not mounted: what is said of it, and that until it is back it is only sought."""

import shutil
from pathlib import Path

import pytest
from tests.newsroom.desk import Desk, ready

from masthead.errors import Unavailable
from masthead.newsroom.evidence import keys
from masthead.newsroom.items.models import Item
from masthead.newsroom.public import commands
from masthead.newsroom.public.files import BUNDLE
from masthead.newsroom.public.gone import gone_for_good
from masthead.newsroom.retention import finishing, left
from masthead.newsroom.retention.models import Remains

WHY = "It was wrong."
LEFT_EVERY = "has left every folder it was in"


@pytest.fixture
def disks(small, tmp_path) -> list[Path]:
    made = [tmp_path / name for name in ("first", "second")]
    for disk in made:
        disk.mkdir()
    return made


@pytest.fixture
def folders(disks) -> list[Path]:
    return [disk / "web" for disk in disks]


@pytest.fixture
def out(small, folders) -> Item:
    """An item that is out on two disks."""
    version = ready(small)
    for folder in folders:
        commands.publish(small.editor, version, folder)
    return version.item


def unmount(disk: Path) -> None:
    disk.rename(disk.with_name("away"))


def mount(disk: Path) -> None:
    disk.with_name("away").rename(disk)


def withdraw(small: Desk, item: Item, folder: Path) -> str:
    """Withdraw it while the log's key is gone; gives what is said."""
    key = small.home / keys.PRIVATE
    key.rename(small.home / "found-again")
    with pytest.raises(Unavailable) as caught:
        commands.withdraw(small.editor, item, WHY, folder)
    (small.home / "found-again").rename(key)
    return str(caught.value)


def written(folder: Path) -> tuple[int, int]:
    """What changes of a file when it is written anew, though with the same content."""
    found = (folder / BUNDLE).stat()
    return found.st_ino, found.st_mtime_ns


def test_what_is_away_is_not_said_to_be_left(small, out, disks, folders):
    unmount(disks[0])
    said = withdraw(small, out, folders[1])
    assert "is not signed" in said
    assert LEFT_EVERY not in said
    assert f"not there just now: {folders[0]}." in said
    assert str(folders[1]) not in said


def test_what_is_not_away_is_said_to_be_left(small, out, folders):
    said = withdraw(small, out, folders[1])
    assert LEFT_EVERY in said
    assert str(folders[0]) not in said


def test_what_is_away_is_named_beside_what_is_in_the_way(small, out, disks, folders):
    unmount(disks[0])
    (folders[1] / "content.md").unlink()
    (folders[1] / "content.md" / "full").mkdir(parents=True)
    said = withdraw(small, out, folders[1])
    assert f"is still in {folders[1]}." in said
    assert f"not there just now: {folders[0]}." in said


def test_only_a_look_is_taken_until_what_is_away_is_back(small, out, disks, folders):
    unmount(disks[0])
    commands.withdraw(small.editor, out, WHY, folders[1])
    assert finishing.finish_pages() == 1
    before = written(folders[1])
    assert finishing.finish_pages() == 1
    assert finishing.finish() == 1
    assert written(folders[1]) == before
    mount(disks[0])
    assert finishing.finish_pages() == 0
    assert not list(folders[0].glob("content.*"))
    assert written(folders[1]) != before


def test_one_of_two_that_comes_back_is_written_at_once(small, out, disks, folders, tmp_path):
    third = tmp_path / "third"
    commands.publish(small.editor, out.versions.get(), third)
    unmount(disks[0])
    disks[1].rename(tmp_path / "away too")
    commands.withdraw(small.editor, out, WHY, third)
    assert finishing.finish_pages() == 1
    mount(disks[0])
    assert finishing.finish_pages() == 1
    assert not list(folders[0].glob("content.*"))
    assert left.waited_for() == [folders[1]]


def test_what_is_noted_anew_is_written_though_a_folder_is_away(small, out, disks, folders):
    unmount(disks[0])
    commands.withdraw(small.editor, out, WHY, folders[1])
    assert finishing.finish_pages() == 1
    before = written(folders[1])
    left.pages(out)
    assert finishing.finish_pages() == 1
    assert written(folders[1]) != before


def test_a_folder_that_was_deleted_is_waited_for_until_somebody_says_so(small, out, disks, folders):
    shutil.rmtree(disks[0])
    commands.withdraw(small.editor, out, WHY, folders[1])
    assert finishing.finish() == 1
    disks[0].mkdir()
    assert finishing.finish() == 1
    assert left.waited_for() == [folders[0]]
    assert gone_for_good(disks[0]) == [folders[0]]
    assert finishing.finish() == 0
    assert not Remains.objects.exists()
    assert left.waited_for() == []
