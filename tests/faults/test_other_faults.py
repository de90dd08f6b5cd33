"""Forks, clocks, lost keys, folders that cannot be written, disks that are full: each has its answer."""

import os
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from tests import databases
from tests.cli.terminal import Desk as Terminal
from tests.evidence.verifiers import Auditor
from tests.faults.hurting import run
from tests.newsroom.desk import ready, size, text
from tests.newsroom.test_disk import full_at
from tests.serving.served import served

from masthead.errors import Damaged, MastheadError, NotReady, Unavailable
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence import damage, export, high_water, keys, watch
from masthead.newsroom.evidence.clock_back import went_back
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import record
from masthead.newsroom.evidence.models import Checkpoint, Entry
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.site.backup.taking import take
from masthead.newsroom.site.serving.clock import Round, go
from masthead.tlog.tiles import ENTRIES, Tile, width_at


def entry_tile():
    newest = Checkpoint.objects.latest("size").size
    return Tile(ENTRIES, 0, width_at(newest, ENTRIES, 0)), newest


def swap(one, other):
    """Let two entries change places, with everything that belongs to them."""
    for table in ("evidence_entry", "evidence_rowdigest"):
        for before, after in ((one, 999), (other, one), (999, other)):
            run(f"UPDATE {table} SET place = %s WHERE place = %s", after, before)


def test_reordered_entries_are_found_and_not_handed_out(small):
    publish_checkpoint()
    swap(2, 3)
    # Each is whole by itself, and so is the whole: only what was published tells the order.
    assert str(verify_log().first_failure.why) == "the root is not the one that was published"
    swap(2, 3)
    assert verify_log().intact


def test_reordered_entries_and_a_tile_cut_short_are_found_in_an_export(small, tmp_path):
    publish_checkpoint()
    folder = tmp_path / "log"
    export.export(folder)
    auditor = Auditor(tmp_path, keys.public_line(small.home))
    assert auditor.answer(folder) == 0
    tile, _ = entry_tile()
    path = folder / tile.path
    whole = path.read_bytes()
    for hurt in (whole[:-1], whole[: len(whole) // 2], b"", reordered(whole)):
        path.write_bytes(hurt)
        assert auditor.answer(folder) != 0
    path.write_bytes(whole)
    assert auditor.answer(folder) == 0


def reordered(content):
    """The first two entries of a bundle, each two bytes of length and a body, changed over."""
    first = 2 + int.from_bytes(content[:2])
    second = first + 2 + int.from_bytes(content[first : first + 2])
    return content[first:second] + content[:first] + content[second:]


def test_of_two_databases_from_one_folder_the_second_takes_and_signs_nothing(small, tmp_path):
    """A fork by mistake: a copy of the database is worked on, then the other is put back."""
    if connection.vendor != "sqlite":
        pytest.skip("a server's database is not a file that is copied by mistake; the next test is the same")
    publish_checkpoint()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    databases.close()
    file, other = small.home / "db.sqlite3", tmp_path / "other.sqlite3"
    shutil.copyfile(file, other)
    ready(small)
    publish_checkpoint()
    here = [(row.size, row.note) for row in Checkpoint.objects.order_by("size")]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    databases.close()
    mine = file.read_bytes()
    shutil.copyfile(other, file)
    for refused in (lambda: ready(small), publish_checkpoint):
        with pytest.raises(Damaged, match="older copy"):
            refused()
    assert not watch.look()
    assert "older copy" in str(damage.known(small.home)[0].why)
    databases.close()
    file.write_bytes(mine)
    assert [(row.size, row.note) for row in Checkpoint.objects.order_by("size")] == here


def test_a_fork_that_grew_as_long_is_not_signed(small):
    """The other database went on by itself, past what was published: longer, and another history."""
    ready(small)
    publish_checkpoint()
    mark = high_water.read(small.home)
    high_water.write(small.home, high_water.HighWater(mark.origin, mark.size - 1, mark.root))
    with pytest.raises(Damaged, match="does not contain what was published"):
        publish_checkpoint()
    assert not watch.look()
    with pytest.raises(Damaged):
        publish_checkpoint()


def test_the_clock_set_back_is_recorded_as_it_said_and_told(small, terminal: Terminal, client):
    last = Entry.objects.order_by("-place").first().recorded_at
    person = Person(name="Zoe")

    def decide(r):
        r.add(person)
        return {"person": str(person.id), "office": False, "roles": [], "through": "terminal"}

    back = last - timedelta(days=400)
    place = record(Kind.PERSON_ADDED, actor=None, decide=decide, now=back).place
    assert Entry.objects.get(place=place).recorded_at == back
    assert went_back() == [place]
    assert watch.all_of_it().intact
    assert terminal.json("log", "verify")["clock_set_back_at"] == [place]
    assert "clock was set back" in terminal("log", "verify").out
    # The order is that of places: what comes next is signed after it, whatever the clock says.
    signed = publish_checkpoint(now=datetime(2001, 1, 1, tzinfo=UTC))
    assert signed.size == size()
    ready(small)
    assert publish_checkpoint().size == size()
    assert verify_log().intact


def test_without_its_key_the_log_takes_entries_and_signs_nothing(small, capsys):
    path = small.home / "keys" / "log.key"
    key = path.read_bytes()
    path.unlink()
    assert ready(small)
    with pytest.raises(NotReady, match="key"):
        publish_checkpoint()
    assert verify_log().intact
    capsys.readouterr()
    go(Round("checkpoint", publish_checkpoint, 600))
    assert "a round failed" in capsys.readouterr().err
    path.write_bytes(key)
    path.chmod(0o600)
    assert publish_checkpoint().size == size()
    assert verify_log().intact


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_home_folder_that_cannot_be_written_is_told(small):
    small.home.chmod(0o500)
    try:
        with pytest.raises(MastheadError):
            ready(small)
    finally:
        small.home.chmod(0o700)
    assert verify_log().intact


def test_a_home_folder_whose_files_may_not_be_made_signs_nothing(small, monkeypatch):
    """The same for whoever runs as root: the new high-water file has no place to be written to."""
    ready(small)
    (small.home / f"{high_water.FILE}.new").mkdir()
    before = Checkpoint.objects.count()
    with pytest.raises(Unavailable, match="how far the log was published"):
        publish_checkpoint()
    assert Checkpoint.objects.count() == before
    (small.home / f"{high_water.FILE}.new").rmdir()
    assert publish_checkpoint().size == size()
    assert verify_log().intact


@pytest.mark.parametrize("limit", [0, 60, 300, 20_000, 200_000])
def test_on_a_full_disk_everything_is_whole_or_not_at_all(small, tmp_path, limit):
    ready(small)
    for work in (
        lambda: add_item(small.author, text("The river rose.\n" * 500), title="River", language="en"),
        publish_checkpoint,
        lambda: export.export(tmp_path / "log"),
        lambda: take(tmp_path / "copies"),
        lambda: damage.note(small.home, damage.Found(watch.Message("x"), 1, "schedule")) and None,
    ):
        with full_at(limit):
            try:
                work()
            except (MastheadError, OSError):
                continue
    if damage.is_there(small.home):
        assert damage.known(small.home)[0].why is not None
        damage.put_away(small.home, damage.known(small.home))
    assert not list(small.home.glob(".damage*"))
    for left in (tmp_path / "copies").glob("*Z*"):
        assert (left / "manifest.json").is_file()
    assert verify_log().intact
    ready(small)
    publish_checkpoint()
    export.export(tmp_path / "log")
    assert take(tmp_path / "copies").manifest.size == size()
    assert verify_log().intact


def test_an_older_database_is_noticed_at_the_start_and_the_desk_says_what_to_do(small):
    publish_checkpoint()
    mark = high_water.read(small.home)
    high_water.write(small.home, high_water.HighWater(mark.origin, mark.size + 1, mark.root))
    databases.close()
    with served(small.home) as here:
        assert "read-only" in here.log
        here.until(lambda: here.ask("/health").status == 200)
        assert here.ask("/health").json == {"ok": True, "read_only": True}
        assert here.ask("/").status == 200
    assert "older copy" in str(damage.known(small.home)[0].why)
