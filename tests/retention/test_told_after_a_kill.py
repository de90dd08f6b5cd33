"""Killed between what is recorded and what readers are to see of it: the clock does the rest, by itself."""

from pathlib import Path

import pytest
from tests.newsroom import killed
from tests.newsroom.desk import TEXT, ready
from tests.newsroom.test_kills import from_the_commit_on, the_folder_is_whole

from masthead.newsroom.evidence import keys
from masthead.newsroom.public import commands
from masthead.newsroom.retention import finishing
from masthead.newsroom.retention.models import Remains

WORDS = f"{TEXT} The bridge stood."


def out_in(small, folder: Path):
    """An item that is out in a folder."""
    version = ready(small)
    commands.publish(small.editor, version, folder)
    assert not Remains.objects.exists()
    return version


@pytest.mark.parametrize("kind", ["withdraw", "correct"])
def test_the_clock_tells_readers_what_a_killed_command_recorded(small, tmp_path, kind):
    work = getattr(killed, kind)
    taken = killed.run(work, small.editor, out_in(small, tmp_path / "whole"), tmp_path / "whole", words=WORDS)
    assert not Remains.objects.exists()
    late, left = from_the_commit_on(taken), 0
    for kill_at in (late[0], late[1], late[len(late) // 2], late[-1]):
        folder = tmp_path / f"out-{kill_at}"
        version = out_in(small, folder)
        killed.run(work, small.editor, version, folder, words=WORDS, kill_at=kill_at)
        left += Remains.objects.count()
        assert finishing.finish_pages() == 0
        the_folder_is_whole(small.home, version, folder)
    assert left


def test_content_goes_at_once_and_its_page_follows_the_key(small, tmp_path):
    version = out_in(small, tmp_path)
    taken = killed.run(killed.withdraw, small.editor, version, tmp_path)
    other = tmp_path / "other"
    version = out_in(small, other)
    killed.run(killed.withdraw, small.editor, version, other, kill_at=taken.index("after COMMIT") + 1)
    assert list(other.glob("content.*"))
    (small.home / keys.PRIVATE).rename(small.home / "found-again")
    assert finishing.finish_pages() == 1
    assert not list(other.glob("content.*"))
    (small.home / "found-again").rename(small.home / keys.PRIVATE)
    assert finishing.finish_pages() == 0
    the_folder_is_whole(small.home, version, other)
