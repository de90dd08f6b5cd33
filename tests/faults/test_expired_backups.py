"""Copies go when they are too old, for what was erased since is in them; what will not go is told."""

from datetime import UTC, datetime, timedelta

from tests.cli.terminal import Desk as Terminal

from masthead.newsroom.site.backup.restoring import newest_in
from masthead.newsroom.site.backup.taking import take


def test_copies_go_when_they_are_too_old_and_nothing_else_does(busy, tmp_path):
    copies, now = tmp_path / "copies", datetime(2026, 1, 1, tzinfo=UTC)
    first = take(copies, now=now).folder
    (copies / "notes.txt").write_text("mine")
    (copies / "2020-01-01T000000Z").mkdir()  # not a copy
    other = copies / "2020-13-01T000000Z"  # nor one that this made: there is no such month
    other.mkdir()
    (other / "manifest.json").write_text("{}")
    kept = take(copies, keep_days=30, now=now + timedelta(days=20))
    assert kept.expired == ()
    last = take(copies, keep_days=30, now=now + timedelta(days=40))
    assert last.expired == (first.name,)
    names = sorted(path.name for path in copies.iterdir())
    assert names == sorted(
        [".lock", "notes.txt", "2020-01-01T000000Z", other.name, kept.folder.name, last.folder.name]
    )


def an_old_one_that_will_not_go(copies, now):
    """A copy that was moved to another disk, and linked to from where it was."""
    old = take(copies, now=now).folder
    old.rename(copies.parent / "other disk")
    old.symlink_to(copies.parent / "other disk")
    return old


def test_an_old_copy_that_cannot_be_deleted_is_told_and_the_new_one_is_kept(busy, tmp_path):
    copies, now = tmp_path / "copies", datetime(2026, 1, 1, tzinfo=UTC)
    old = an_old_one_that_will_not_go(copies, now)
    other = take(copies, now=now + timedelta(days=1))
    later = now + timedelta(days=40)
    done = take(copies, keep_days=30, now=later)
    assert done.expired == (other.folder.name,), "the others go"
    assert list(done.stuck) == [f".{old.name}.part"]
    assert newest_in(copies) == done.folder
    again = take(copies, keep_days=30, now=later + timedelta(days=1))
    assert again.stuck == done.stuck, "it is told each time, and stops none"
    (copies / f".{old.name}.part").unlink()
    assert not take(copies, keep_days=30, now=later + timedelta(days=2)).stuck


def test_whoever_takes_one_reads_which_old_one_is_still_there(busy, tmp_path, terminal: Terminal):
    copies = tmp_path / "copies"
    old = an_old_one_that_will_not_go(copies, datetime(2026, 1, 1, tzinfo=UTC))
    said = terminal("backup", str(copies), "--keep-days", "30")
    assert said.code == 1
    assert "and verified there" in said.out
    assert "nothing was changed" not in said.out + said.err
    left = copies / f".{old.name}.part"
    assert f"Too old, and could not be deleted: {left} (" in said.out
    said = terminal.json("backup", str(copies), "--keep-days", "30", code=1)
    assert list(said["stuck"]) == [str(left)]
