"""Several hosts on one database, each with a home folder of its own: what one knows holds for all."""

import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection
from tests.faults.hurting import put_back, rename_somebody, run
from tests.newsroom.desk import ready, size, text
from tests.newsroom.logins import client_of
from tests.newsroom.test_disk import full_at

from masthead.errors import Damaged, NotReady, ReadOnly, Unavailable
from masthead.language import Message
from masthead.newsroom.evidence import damage, high_water, kept, keys, tree, watch
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Checkpoint, Entry, KeptDamage, LogHead
from masthead.newsroom.evidence.publish import one_publisher, publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.integrity.commands import acknowledge
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.site.backup.restoring import newest_in, restore
from masthead.newsroom.site.backup.taking import take
from masthead.newsroom.site.serving import preparing
from masthead.newsroom.site.serving.clock import Verifying, follow
from masthead.newsroom.site.serving.verifying import UNKEPT
from masthead.tlog.frontier import Frontier


class Hosts:
    """Two home folders of one record; `at` has this process work in one of them."""

    def __init__(self, desk, other, patch):
        self.desk, self.one, self.other, self._patch = desk, desk.home, other, patch

    def at(self, folder):
        self._patch.setattr(settings, "MASTHEAD_HOME", folder)
        self._patch.setenv("MASTHEAD_HOME", str(folder))
        return folder


@pytest.fixture
def hosts(small, tmp_path, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("an SQLite file belongs to one home folder")
    publish_checkpoint()
    other = tmp_path / "other"
    other.mkdir(mode=0o700)
    shutil.copytree(small.home / keys.FOLDER, other / keys.FOLDER)
    shutil.copy(small.home / high_water.FILE, other / high_water.FILE)
    return Hosts(small, other, monkeypatch)


def found(home, place=3, **more):
    return kept.keep(
        home, damage.Found(Message("a row of x is not as it wrote it"), place, "schedule", **more)
    )


def names(folder):
    return sorted(path.name for path in folder.glob("damage*") if path.suffix != ".new")


# How far the log was published


def test_a_file_that_is_behind_is_moved_on_by_whoever_appends(hosts):
    ready(hosts.desk)
    published = publish_checkpoint().size
    assert high_water.read(hosts.other).size < published
    hosts.at(hosts.other)
    ready(hosts.desk)
    mark = high_water.read(hosts.other)
    assert (mark.size, mark.root) == (published, bytes(Checkpoint.objects.get(size=published).root))
    assert watch.look()
    assert verify_log().intact


def test_it_is_moved_on_by_a_look_and_by_publishing_too(hosts):
    ready(hosts.desk)
    published = publish_checkpoint().size
    hosts.at(hosts.other)
    assert watch.look()
    assert high_water.read(hosts.other).size == published
    hosts.at(hosts.one)
    ready(hosts.desk)
    published = publish_checkpoint().size
    hosts.at(hosts.other)
    assert publish_checkpoint().size == published
    assert high_water.read(hosts.other).size == published


def test_a_database_restored_behind_both_is_noticed_by_whoever_has_the_file(hosts):
    hosts.at(hosts.other)
    ready(hosts.desk)
    hosts.at(hosts.one)
    ready(hosts.desk)
    newest = publish_checkpoint()
    hosts.at(hosts.other)
    ready(hosts.desk)
    assert high_water.read(hosts.other).size == newest.size
    # The older copy: neither those entries nor that checkpoint.
    shorter(newest.size - 3)
    for home in (hosts.one, hosts.other):
        hosts.at(home)
        for refused in (lambda: ready(hosts.desk), publish_checkpoint):
            with pytest.raises(Damaged, match="older copy"):
                refused()


def shorter(to):
    """Let the database be as it was with so many entries."""
    run("DELETE FROM evidence_checkpoint WHERE size > %s", to)
    for table in ("evidence_entry", "evidence_rowdigest"):
        run(f"DELETE FROM {table} WHERE place >= %s", to)
    frontier = Frontier()
    for leaf in tree.stored_hashes(0, 0, to):
        frontier.append(leaf)
    with lifted():
        LogHead.objects.update(size=to, peaks=frontier.to_bytes())


def test_a_file_that_the_log_contradicts_is_not_moved_on(hosts):
    mark = high_water.read(hosts.other)
    ready(hosts.desk)
    publish_checkpoint()
    high_water.write(hosts.other, high_water.HighWater(mark.origin, mark.size, bytes(32)))
    hosts.at(hosts.other)
    for refused in (lambda: ready(hosts.desk), publish_checkpoint):
        with pytest.raises(Damaged, match="does not contain what was published"):
            refused()
    assert high_water.read(hosts.other).root == bytes(32)


def test_who_appends_never_waits_for_a_publisher_of_the_same_folder(hosts):
    ready(hosts.desk)
    publish_checkpoint()
    hosts.at(hosts.other)
    before = high_water.read(hosts.other)
    with one_publisher(hosts.other):
        ready(hosts.desk)
        assert high_water.read(hosts.other) == before
    ready(hosts.desk)
    assert high_water.read(hosts.other).size > before.size


def test_what_another_host_publishes_while_this_one_verifies_is_no_damage(hosts):
    hosts.at(hosts.other)
    ready(hosts.desk)
    mark = (hosts.other / high_water.FILE).read_bytes()
    hosts.at(hosts.one)
    ready(hosts.desk)
    publish_checkpoint()
    hosts.at(hosts.other)
    (hosts.other / high_water.FILE).write_bytes(mark)
    assert verify_log().intact


# What was found damaged


def test_what_one_host_found_damaged_holds_at_the_other(hosts):
    rename_somebody()
    assert not watch.verify().intact
    hosts.at(hosts.other)
    before, signed = size(), Checkpoint.objects.count()
    with pytest.raises(ReadOnly, match="read-only"):
        add_item(hosts.desk.author, text(), language="en")
    with pytest.raises(ReadOnly):
        publish_checkpoint()
    assert (size(), Checkpoint.objects.count()) == (before, signed)
    # Pages of the desk say so at once; the folder has it once the clock, or a start, has come round.
    assert "read-only" in client_of(hosts.desk.author).get("/desk/", follow=True).content.decode()
    assert names(hosts.other) == []
    kept.follow(hosts.other)
    assert (hosts.other / damage.FILE).read_bytes() == (hosts.one / damage.FILE).read_bytes()
    assert "Eve" not in KeptDamage.objects.get().content


def test_a_start_learns_of_it_and_serves_read_only(hosts):
    found(hosts.one)
    hosts.at(hosts.other)
    assert preparing.prepare().read_only
    assert names(hosts.other) == [damage.FILE]


def test_a_person_puts_it_right_once_for_all_hosts(hosts):
    rename_somebody()
    watch.verify()
    kept.follow(hosts.other)
    put_back()
    done = acknowledge(hosts.desk.steward, "The disk was changed.")
    assert not KeptDamage.objects.exists()
    hosts.at(hosts.other)
    with pytest.raises(ReadOnly):  # its own file stands until the clock has seen the entry
        ready(hosts.desk)
    kept.follow(hosts.other)
    assert names(hosts.other) == [damage.KEPT]
    assert [path.stem for path in (hosts.other / damage.KEPT).iterdir()] == [done.found[0].sha256]
    ready(hosts.desk)
    assert Entry.objects.filter(kind=Kind.RESTORED).count() == 1


def test_it_may_be_put_right_at_the_host_that_did_not_find_it(hosts):
    found(hosts.one)
    hosts.at(hosts.other)
    done = acknowledge(hosts.desk.steward)
    assert not done.left
    assert names(hosts.other) == [damage.KEPT]
    hosts.at(hosts.one)
    kept.follow(hosts.one)
    assert names(hosts.one) == [damage.KEPT]
    ready(hosts.desk)


def test_what_both_found_is_put_right_together(hosts):
    found(hosts.one)
    hosts.at(hosts.other)
    damage.note(hosts.other, damage.Found(Message("something else"), 4, "schedule"))
    kept.follow(hosts.other)
    done = acknowledge(hosts.desk.steward)
    assert len(done.found) == 2
    hosts.at(hosts.one)
    kept.follow(hosts.one)
    assert not kept.is_there(hosts.one)


def test_a_row_written_a_moment_after_it_was_acknowledged_goes(hosts):
    found(hosts.one)
    row = KeptDamage.objects.get()
    acknowledge(hosts.desk.steward)
    kept._write(damage.of(hosts.one, row.content.encode()))
    kept.follow(hosts.other)
    kept.follow(hosts.other)
    assert not KeptDamage.objects.exists()
    ready(hosts.desk)


def test_without_the_row_the_files_stand(hosts):
    """A restore, or somebody with the database, takes the row away."""
    found(hosts.one)
    kept.follow(hosts.other)
    run("DELETE FROM evidence_keptdamage")
    for home in (hosts.one, hosts.other):
        hosts.at(home)
        with pytest.raises(ReadOnly):
            ready(hosts.desk)
    kept.follow(hosts.other)
    assert KeptDamage.objects.count() == 1


def test_what_concerns_one_folder_alone_stops_that_host_alone(hosts):
    hosts.at(hosts.other)
    (hosts.other / high_water.FILE).write_text("{}")
    assert not watch.look()
    assert damage.known(hosts.other)[0].here
    kept.follow(hosts.other)
    with pytest.raises(ReadOnly):
        ready(hosts.desk)
    hosts.at(hosts.one)
    kept.follow(hosts.one)
    ready(hosts.desk)
    publish_checkpoint()


def test_a_copy_that_was_put_back_waits_for_a_person_at_every_host(hosts, tmp_path, elsewhere):
    take(tmp_path / "copies")
    there = elsewhere()
    restore(newest_in(tmp_path / "copies"))
    hosts.at(hosts.other)
    with pytest.raises(ReadOnly):
        ready(hosts.desk)
    hosts.at(there)
    acknowledge(hosts.desk.steward, nobody_has_seen_more=True)
    hosts.at(hosts.other)
    ready(hosts.desk)


# A disk that takes nothing


@contextmanager
def no_place(home):
    """No file of evidence can be made: its name, before it has its own, is a folder's."""
    taken = home / f"{damage.FILE}.new"
    taken.mkdir()
    yield
    taken.rmdir()


def test_where_the_folder_takes_no_file_the_database_keeps_it(small):
    with no_place(small.home):
        assert found(small.home)
        assert names(small.home) == []
        with pytest.raises(ReadOnly):
            add_item(small.author, text(), language="en")
        with pytest.raises(ReadOnly):
            publish_checkpoint()
        page = client_of(small.author).get("/desk/", follow=True).content.decode()
        assert "read-only" in page
        assert preparing.prepare().read_only
    kept.follow(small.home)
    assert names(small.home) == [damage.FILE]
    acknowledge(small.steward)
    assert not KeptDamage.objects.exists()
    ready(small)


def test_on_a_full_disk_where_neither_takes_it_this_process_remembers_and_keeps_it_when_it_can(small):
    assert watch.look()
    with full_at(0):
        kept_somewhere = found(small.home)
    if connection.vendor == "sqlite":
        assert not kept_somewhere
        assert not KeptDamage.objects.exists()
    assert names(small.home) == []
    with pytest.raises(ReadOnly):
        ready(small)
    with pytest.raises(ReadOnly):
        publish_checkpoint()
    kept.follow(small.home)
    assert names(small.home) == [damage.FILE]
    acknowledge(small.steward)
    ready(small)


def test_what_the_verifier_could_keep_nowhere_the_clock_remembers_until_there_is_room(small):
    verifying = Verifying()
    verifying.process = subprocess.Popen([sys.executable, "-c", f"raise SystemExit({UNKEPT})"])
    verifying.process.wait(60)
    with no_place(small.home), pytest.raises(OSError):
        follow(verifying)
    with pytest.raises(ReadOnly):
        publish_checkpoint()
    rename_somebody()
    follow(verifying)
    assert verifying.process.wait(60) == 0
    assert [each.place is None for each in damage.known(small.home)] == [True, False]


def test_evidence_is_acknowledged_only_where_it_can_be_kept(small):
    with no_place(small.home):
        found(small.home)
        with pytest.raises(Unavailable, match="cannot be kept"):
            acknowledge(small.steward)
    assert not Entry.objects.filter(kind=Kind.RESTORED).exists()


# A second home folder


def test_a_home_folder_with_nothing_of_the_log_is_not_served(hosts, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir(mode=0o700)
    hosts.at(empty)
    with pytest.raises(NotReady, match="nothing of it is in this home folder") as refused:
        preparing.prepare()
    assert "copy `keys` and `high-water.json`" in str(refused.value)
    assert names(empty) == []
    assert not KeptDamage.objects.exists()


def test_one_with_other_keys_is_not_served_and_signs_nothing(hosts):
    (hosts.other / keys.PRIVATE).unlink()
    (hosts.other / keys.PUBLIC).unlink()
    keys.create(hosts.other, LogHead.objects.get().origin)
    hosts.at(hosts.other)
    with pytest.raises(NotReady, match="is none of the log"):
        preparing.prepare()
    ready(hosts.desk)
    signed = Checkpoint.objects.count()
    with pytest.raises(NotReady, match="not the one that signed"):
        publish_checkpoint()
    assert Checkpoint.objects.count() == signed
    hosts.at(hosts.one)
    assert not preparing.prepare().read_only
    publish_checkpoint()


def test_one_without_the_private_key_is_served_and_says_what_it_lacks(hosts):
    (hosts.other / keys.PRIVATE).unlink()
    hosts.at(hosts.other)
    assert not preparing.prepare().read_only
    ready(hosts.desk)
    with pytest.raises(NotReady, match="not in the home folder") as refused:
        publish_checkpoint()
    assert "another host" in str(refused.value)
    hosts.at(hosts.one)
    assert publish_checkpoint().size == size()
