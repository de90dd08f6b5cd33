"""A disk that is not mounted while the folder it is mounted on stays, empty: what is on it is owed."""

import json
import shutil
from pathlib import Path

import pytest
from tests.newsroom.desk import ready, text

from masthead.errors import NotFound
from masthead.newsroom.items.models import Item
from masthead.newsroom.public import commands
from masthead.newsroom.public.folders import away
from masthead.newsroom.public.gone import gone_for_good
from masthead.newsroom.public.noted import file_of
from masthead.newsroom.retention import finishing, left

WHY = "It was wrong."


@pytest.fixture
def mount_point(small, tmp_path) -> Path:
    point = tmp_path / "usb"
    point.mkdir()
    return point


@pytest.fixture(params=["itself", "inside"])
def on_disk(request, mount_point) -> Path:
    """The folder that an item is written to: the disk itself, or one on it."""
    return mount_point if request.param == "itself" else mount_point / "out"


@pytest.fixture
def beside(tmp_path) -> Path:
    return tmp_path / "beside"


@pytest.fixture
def out(small, on_disk, beside) -> Item:
    version = ready(small)
    for folder in (on_disk, beside):
        commands.publish(small.editor, version, folder)
    return version.item


def unmount(point: Path) -> None:
    point.rename(point.with_name("disk"))
    point.mkdir()


def mount(point: Path) -> None:
    """Have the disk stand over whatever came to be in its place."""
    shutil.rmtree(point)
    point.with_name("disk").rename(point)


def is_withdrawn(folder: Path) -> bool:
    page = (folder / "page.en.html").read_text().lower()
    return "withdrawn" in page and not list(folder.glob("content.*"))


def test_what_is_withdrawn_leaves_the_disk_once_it_is_back(small, out, mount_point, on_disk, beside):
    unmount(mount_point)
    commands.withdraw(small.editor, out, WHY, beside)
    assert is_withdrawn(beside)
    assert finishing.finish() == 1
    assert left.waited_for() == [on_disk]
    assert not list(mount_point.iterdir())
    mount(mount_point)
    assert finishing.finish() == 0
    assert is_withdrawn(on_disk)
    assert away(out) == []


def test_so_it_does_where_its_folder_is_named_and_made_anew(small, out, mount_point, on_disk):
    unmount(mount_point)
    for _ in range(2):
        commands.withdraw(small.editor, out, WHY, on_disk)
        assert is_withdrawn(on_disk)
        assert finishing.finish() == 1
        assert left.waited_for() == [on_disk]
    mount(mount_point)
    assert not is_withdrawn(on_disk)
    assert finishing.finish() == 0
    assert is_withdrawn(on_disk)


def test_a_correction_in_its_place_is_on_the_disk_too_once_that_is_back(small, out, mount_point, on_disk):
    unmount(mount_point)
    commands.correct(
        small.editor, out, text("The river's banks held."), WHY, uses=(), sources=(), folder=on_disk
    )
    assert away(out) == [on_disk]
    mount(mount_point)
    assert finishing.finish() == 0
    assert "held" in (on_disk / "content.md").read_text()


def test_who_says_it_is_gone_ends_the_wait_and_that_stays_noted(small, out, mount_point, on_disk, beside):
    unmount(mount_point)
    commands.withdraw(small.editor, out, WHY, beside)
    assert gone_for_good(mount_point) == [on_disk]
    assert finishing.finish() == 0
    assert [bool(each.get("gone")) for each in json.loads(file_of(out.public_id).read_bytes())] == [
        True,
        False,
    ]
    with pytest.raises(NotFound):
        gone_for_good(mount_point)


def test_what_was_said_to_be_gone_and_comes_back_is_written_when_it_is_withdrawn_again(
    small, out, mount_point, on_disk, beside
):
    unmount(mount_point)
    commands.withdraw(small.editor, out, WHY, beside)
    gone_for_good(on_disk)
    mount(mount_point)
    commands.withdraw(small.editor, out, WHY, beside)
    assert is_withdrawn(on_disk)
    unmount(mount_point)
    assert away(out) == [on_disk]


def test_what_came_to_be_in_its_place_is_the_folder_once_the_disk_is_gone(small, out, mount_point, on_disk):
    unmount(mount_point)
    commands.withdraw(small.editor, out, WHY, on_disk)
    assert gone_for_good(on_disk) == [on_disk]
    assert finishing.finish() == 0
    assert away(out) == []


def test_a_folder_that_is_there_is_not_called_gone(small, out, on_disk):
    with pytest.raises(NotFound):
        gone_for_good(on_disk)
    assert away(out) == []


def test_a_folder_of_which_only_the_proof_is_gone_is_written_again(small, out, on_disk, beside):
    (on_disk / "bundle.json").unlink()
    commands.withdraw(small.editor, out, WHY, beside)
    assert is_withdrawn(on_disk)
    assert finishing.finish() == 0


def test_a_folder_of_the_home_folder_that_was_deleted_is_not_waited_for(small, beside):
    version = ready(small)
    inside = commands.site_folder(version.item)
    for folder in (inside, beside):
        commands.publish(small.editor, version, folder)
    shutil.rmtree(inside)
    commands.withdraw(small.editor, version.item, WHY, beside)
    assert away(version.item) == []
    assert finishing.finish() == 0


def test_what_a_version_before_noted_is_waited_for(small, out, mount_point, on_disk, beside):
    file_of(out.public_id).write_text(json.dumps([str(on_disk), str(beside)]))
    shutil.rmtree(on_disk)
    commands.withdraw(small.editor, out, WHY, beside)
    assert left.waited_for() == [on_disk]
