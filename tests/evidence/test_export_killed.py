"""An export killed at every write: the folder shows a whole log or none, and the next run completes it."""

import os
import shutil
from pathlib import Path

import pytest
from tests.evidence.test_crash import NEVER, Steps, in_child
from tests.evidence.test_export import expected, files, folder
from tests.evidence.test_served import published

from masthead.newsroom.evidence import served
from masthead.newsroom.evidence.export import export
from masthead.newsroom.evidence.models import Checkpoint
from masthead.tlog import checkpoint, note
from masthead.tlog.proofs import Tree
from masthead.tlog.tiles import ENTRIES, Tile, covering, entries_of, hashes_in

__all__ = ["folder"]

FILES = Path("/proc/self/fd")
"""Where Linux tells what a process has open."""


class Writes(Steps):
    """Kills around what is done to the disk, and around no look into the database: those change nothing."""

    def watch(self) -> None:
        for name in ("mkdir", "fsync", "replace", "unlink", "rmdir"):
            self.around(os, name)


def export_killed(folder: Path, last: int) -> int:
    """Export in a child killed before its step `last`; gives how many it did, 0 where it was killed."""

    def work(acknowledge):
        writes = Writes(last)
        writes.watch()
        export(folder)
        acknowledge(str(writes.done))

    _, said = in_child(work, NEVER)
    return int(said[0]) if said else 0


def shown(folder: Path) -> int:
    """The size of the log that a folder shows, every tile of it read and its root computed; 0 for none."""
    if not (folder / "checkpoint").exists():
        return 0
    said = checkpoint.Checkpoint.parse(note.parse((folder / "checkpoint").read_text()).text)

    def read(tile: Tile) -> bytes:
        return (folder / tile.path).read_bytes()

    assert Tree(said.size, hashes_in(said.size, read)).root() == said.root
    for tile in covering(said.size):
        assert read(tile) == served.content(tile)
        if tile.level == ENTRIES:
            assert len(entries_of(tile, read(tile))) == tile.width
    return said.size


@pytest.mark.skipif(not FILES.exists(), reason="this system does not tell which file is synced")
def test_a_checkpoint_gets_its_name_once_all_it_needs_is_on_the_disk(log, folder, monkeypatch):
    published(300)
    done: list[tuple[str, Path]] = []

    def seen(name):
        call = getattr(os, name)

        def telling(*args, **more):
            of = (FILES / str(args[0])).readlink() if name == "fsync" else Path(args[1])
            result = call(*args, **more)
            done.append((name, of))
            return result

        monkeypatch.setattr(os, name, telling)

    seen("fsync")
    seen("replace")
    export(folder)
    named = [of for name, of in done if name == "replace"]
    assert named[-2:] == [folder / "keys", folder / "checkpoint"]
    for path in named:
        written = done.index(("replace", path))
        # What has a name was whole on the disk before, under another.
        assert done.index(("fsync", path.with_name(f"{path.name}.new"))) < written
    last = done.index(("replace", folder / "checkpoint"))
    for path in named[:-1]:
        for parent in [each for each in path.parents if each.is_relative_to(folder)]:
            assert done.index(("replace", path)) < max(
                at for at, each in enumerate(done[:last]) if each == ("fsync", parent)
            )
    assert done[-1] == ("fsync", folder)


def test_a_first_export_killed_anywhere_shows_nothing_or_the_whole_log(log, tmp_path, tally):
    published(200, 300)
    steps = export_killed(tmp_path / "whole", NEVER)
    whole = files(tmp_path / "whole")
    assert steps > 40
    assert whole == expected(300)
    seen = set()
    for last in range(steps):
        folder = tmp_path / str(last)
        assert export_killed(folder, last) == 0
        seen.add(shown(folder) if folder.exists() else 0)
        export(folder)
        assert files(folder) == whole, last
    assert seen == {0, 300}
    tally(f"{steps:5} kills in a first export: nothing is shown, or the whole log")


def test_a_later_export_killed_anywhere_shows_the_log_as_it_was_or_as_it_is(log, tmp_path, tally):
    published(500)
    first = tmp_path / "first"
    export(first)
    published(510)
    export(first)
    published(700)
    shutil.copytree(first, tmp_path / "whole")
    steps = export_killed(tmp_path / "whole", NEVER)
    whole = files(tmp_path / "whole")
    assert whole.keys() > {"tile/0/001", "tile/0/001.p/244", "tile/0/001.p/254", "tile/0/002.p/188"}
    seen = set()
    for last in range(steps):
        folder = tmp_path / str(last)
        shutil.copytree(first, folder)
        assert export_killed(folder, last) == 0
        size = shown(folder)
        seen.add(size)
        # Whoever read the checkpoint that stood there before goes on reading.
        assert_readable(folder, 510)
        again = export(folder)
        assert shown(folder) == 700
        assert files(folder) == (whole if size == 510 else without_replaced(whole)), last
        assert again.size == 700
    assert seen == {510, 700}
    tally(f"{steps:5} kills in a later export: the log as it was, or as it is")


def test_a_removal_killed_anywhere_leaves_every_tile_that_is_needed(log, tmp_path):
    published(500)
    first = tmp_path / "first"
    export(first)
    published(700)
    export(first)
    shutil.copytree(first, tmp_path / "whole")
    steps = export_killed(tmp_path / "whole", NEVER)
    assert not (tmp_path / "whole/tile/0/001.p").exists()
    for last in range(steps):
        folder = tmp_path / str(last)
        shutil.copytree(first, folder)
        assert export_killed(folder, last) == 0
        assert shown(folder) == 700
        export(folder)
        assert files(folder) == files(tmp_path / "whole")


def assert_readable(folder: Path, size: int) -> None:
    root = bytes(Checkpoint.objects.get(size=size).root)
    assert Tree(size, hashes_in(size, lambda tile: (folder / tile.path).read_bytes())).root() == root


def without_replaced(held: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in held.items() if "001.p" not in name}
