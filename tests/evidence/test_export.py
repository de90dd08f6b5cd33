"""The log as a folder of files: the bytes that are served, only what is new, never over what contradicts."""

import fcntl
import os
import tracemalloc
from pathlib import Path

import pytest
from tests.evidence.longlog import grow
from tests.evidence.test_served import cosigned, published

from masthead.errors import Damaged, NotFound, NotReady, Refused, Unavailable
from masthead.newsroom.evidence import high_water, served
from masthead.newsroom.evidence.export import export
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.models import Checkpoint, Entry, LogHead, Node
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.tlog.frontier import Frontier
from masthead.tlog.hashes import EMPTY_ROOT
from masthead.tlog.tiles import Tile, covering


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a web server would look."""
    made = tmp_path / "served"
    made.mkdir()
    return made


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def expected(size: int, *partial: Tile) -> dict[str, bytes]:
    """What a folder holds that shows the newest checkpoint, with these older partial tiles beside it."""
    tiles = {tile.path: served.content(tile) for tile in (*covering(size), *partial)}
    return tiles | {"checkpoint": served.checkpoint(), "keys": served.keys()}


def begin_anew(home: Path) -> None:
    """Empty the log, as if it were another under the same name."""
    with lifted():
        for model in (Checkpoint, Entry, Node):
            model.objects.all().delete()
        LogHead.objects.update(size=0, peaks=b"")
    high_water.write(home, high_water.HighWater(LogHead.objects.get().origin, 0, EMPTY_ROOT))


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 600])
def test_a_folder_holds_the_bytes_that_are_served(log, folder, size):
    published(size)
    done = export(folder / "a" / "log")
    assert files(folder / "a" / "log") == expected(size)
    assert (done.size, done.root) == (size, bytes(served.newest().root))
    assert (done.written, done.kept, done.removed) == (len(list(covering(size))), 0, 0)


def test_done_again_it_writes_only_what_is_new(log, folder):
    published(300)
    export(folder)
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}
    again = export(folder)
    assert (again.written, again.removed) == (0, 0)
    grow(10)
    assert export(folder).written == 0, "what is not published is not exported"
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()} == before
    publish_checkpoint()
    done = export(folder)
    assert done.written == 2, "a bundle and a tile; the tile above them is as it was"
    changed = {p for p in folder.rglob("*") if p.is_file() and before.get(p) != p.stat().st_mtime_ns}
    assert {str(p.relative_to(folder)) for p in changed} == {
        "checkpoint",
        "tile/0/001.p/54",
        "tile/entries/001.p/54",
    }


def test_every_published_width_at_the_edge_is_there_until_the_full_tile_is(log, folder):
    published(3, 7, 260, 270)
    export(folder)
    edge = [Tile(level, 1, 4) for level in (-1, 0)]
    assert files(folder) == expected(270, *edge)
    published(280, 300)
    export(folder)
    older = [Tile(level, 1, width) for level in (-1, 0) for width in (4, 14, 24)]
    assert files(folder) == expected(300, *older)


def test_partial_tiles_stay_for_who_read_the_checkpoint_before_and_then_go(log, folder):
    published(200, 300)
    export(folder)
    published(520)
    done = export(folder)
    kept = [Tile(level, 1, 44) for level in (-1, 0)]
    assert done.removed == 0
    assert files(folder) == expected(520, *kept, Tile(1, 0, 1)), "the checkpoint of 300 can still be read"
    assert export(folder).removed == 2
    assert files(folder) == expected(520, Tile(1, 0, 1))
    assert not (folder / "tile/0/001.p").exists()


def test_what_is_missing_is_written_again_and_what_was_altered_is_not_touched(log, folder):
    published(600)
    export(folder)
    whole = files(folder)
    (folder / "tile/0/001").unlink()
    (folder / "tile/entries/000").unlink()
    assert export(folder).written == 2
    assert files(folder) == whole
    (folder / "tile/0/001").write_bytes(whole["tile/0/001"][:-1])
    with pytest.raises(Damaged, match="tile/0/001"):
        export(folder)
    assert (folder / "tile/0/001").read_bytes() == whole["tile/0/001"][:-1]


@pytest.mark.parametrize(
    "path", ["tile/entries/001", "tile/0/001", "tile/entries/002.p/88", "tile/0/002.p/88", "tile/1/000.p/2"]
)
def test_the_newest_files_are_compared_whole_before_anything_is_added(log, folder, path):
    published(600)
    export(folder)
    content = (folder / path).read_bytes()
    (folder / path).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    whole = files(folder)
    for _ in range(2):
        with pytest.raises(Damaged, match=path):
            export(folder)
        grow(1)
        publish_checkpoint()
    assert files(folder)["checkpoint"] == whole["checkpoint"]


def test_an_older_bundle_that_was_cut_short_is_refused(log, folder):
    published(900)
    export(folder)
    content = (folder / "tile/entries/000").read_bytes()
    (folder / "tile/entries/000").write_bytes(content[: len(content) // 2])
    with pytest.raises(Damaged, match="tile/entries/000"):
        export(folder)


def test_what_a_killed_run_left_is_compared_before_it_counts(log, folder):
    published(300)
    (folder / "tile/0/001.p").mkdir(parents=True)
    (folder / "tile/0/001.p/44").write_bytes(served.content(Tile(0, 1, 44)))
    (folder / "tile/0/000.new").write_bytes(b"half")
    done = export(folder)
    assert (done.written, done.kept) == (4, 1)
    assert files(folder) == expected(300)
    other = folder.with_name("other")
    (other / "tile/0").mkdir(parents=True)
    (other / "tile/0/000").write_bytes(bytes(8192))
    with pytest.raises(Damaged, match="tile/0/000"):
        export(other)
    assert not (other / "checkpoint").exists()


def test_new_cosignatures_are_exported_and_none_is_lost_to_a_record_without_them(log, folder):
    published(3)
    export(folder)
    bare = (folder / "checkpoint").read_bytes()
    cosigned(served.newest(), 1)
    export(folder)
    said = (folder / "checkpoint").read_bytes()
    assert said.startswith(bare)
    assert b"witness1.example" in said
    (folder / "checkpoint").write_bytes(said + said.splitlines(keepends=True)[-1].replace(b"1.ex", b"2.ex"))
    richer = (folder / "checkpoint").read_bytes()
    export(folder)
    assert (folder / "checkpoint").read_bytes() == richer


def test_an_older_copy_of_the_database_does_not_write_over_a_newer_export(log, folder):
    published(100, 300)
    export(folder)
    whole = files(folder)
    with lifted():
        Checkpoint.objects.filter(size=300).delete()
    with pytest.raises(Damaged, match="shows 300 entries, this record has published 100"):
        export(folder)
    assert files(folder) == whole


def test_a_log_that_contradicts_what_the_folder_shows_is_not_written_there(log, folder):
    published(100)
    export(folder)
    whole = files(folder)
    begin_anew(log)
    _another_log(150)
    publish_checkpoint()
    with pytest.raises(Damaged, match="shows another log under the name of this one"):
        export(folder)
    assert files(folder) == whole


def _another_log(size: int) -> None:
    """A log of that size whose entries are others than `grow` makes: its places count from further on."""
    grow(size + 1)
    with lifted():
        Entry.objects.filter(place=0).delete()
        Node.objects.all().delete()
        frontier = Frontier()
        for entry in Entry.objects.order_by("place"):
            frontier.append(bytes(entry.leaf_hash))
            Entry.objects.filter(pk=entry.pk).update(place=entry.place - 1)
        LogHead.objects.update(size=frontier.size, peaks=frontier.to_bytes())


def test_a_folder_that_shows_another_log_or_holds_anything_else_is_refused(log, folder):
    published(3)
    export(folder)
    said = (folder / "checkpoint").read_text()
    for wrong, why in (
        (said.replace("herald.example/log\n", "other.example/log\n", 1), "shows another log"),
        ("hello\n", "holds other files, such as checkpoint"),
        ("\udcff", "holds other files, such as checkpoint"),
        ("", "holds other files, such as checkpoint"),
    ):
        (folder / "checkpoint").write_bytes(wrong.encode(errors="surrogateescape"))
        with pytest.raises(Refused, match=why):
            export(folder)
    other = folder.with_name("other")
    other.mkdir()
    (other / "letter.txt").write_text("mine")
    with pytest.raises(Refused, match=r"such as letter\.txt"):
        export(other)
    assert files(other) == {"letter.txt": b"mine"}
    with pytest.raises(NotReady, match="not a folder"):
        export(other / "letter.txt")
    with pytest.raises(NotReady, match="not a folder"):
        export(other / "letter.txt" / "below")


def test_hidden_files_and_a_page_beside_the_log_are_left_alone(log, folder):
    published(3)
    (folder / ".htaccess").write_text("Header set X-Own 1")
    export(folder)
    (folder / "index.html").write_text("Our log")
    export(folder)
    assert files(folder) == expected(3) | {".htaccess": b"Header set X-Own 1", "index.html": b"Our log"}


def test_one_writes_at_a_time(log, folder):
    published(3)
    opened = os.open(folder, os.O_RDONLY)
    fcntl.flock(opened, fcntl.LOCK_EX)
    try:
        with pytest.raises(Refused, match="Another export"):
            export(folder)
    finally:
        os.close(opened)
    export(folder)


def test_a_log_that_is_not_what_was_published_is_not_exported(log, folder):
    grow(5)
    with pytest.raises(NotFound, match="Nothing of the log is signed yet"):
        export(folder / "none")
    published(300)
    with lifted():
        Entry.objects.filter(place=299).delete()
    with pytest.raises(Damaged, match="not what its newest checkpoint says"):
        export(folder)
    assert files(folder) == {}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is full")
def test_a_full_disk_is_told_and_the_next_run_goes_on(log, folder):
    published(300)
    (folder / "tile/0").mkdir(parents=True)
    (folder / "tile/0/000.new").symlink_to("/dev/full")
    with pytest.raises(Unavailable, match="goes on where it stopped"):
        export(folder)
    assert not (folder / "checkpoint").exists()
    (folder / "tile/0/000.new").unlink()
    export(folder)
    assert files(folder) == expected(300)


def test_memory_does_not_grow_with_the_log(log, folder):
    published(300)
    export(folder / "small")  # so that what is made once is made
    peaks = []
    for size in (2_000, 20_000):
        published(size)
        tracemalloc.start()
        try:
            done = export(folder / str(size))
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
        assert done.written > size // 128
    # The faces of the 18,000 entries more are 2 MB, and a bundle of 256 is 30 KB.
    assert peaks[1] < peaks[0] + 100_000
    assert peaks[1] < 500_000
