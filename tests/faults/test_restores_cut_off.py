"""A restore that is cut off, or races a publisher: the log never contradicts what the world has seen."""

import subprocess
import sys

import pytest
from django.db import connection
from tests import databases
from tests.faults import forking
from tests.newsroom.desk import ready, size

from masthead.errors import Damaged, Refused
from masthead.newsroom.evidence import damage, high_water
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.integrity.commands import acknowledge
from masthead.newsroom.site.backup import begun, restoring
from masthead.newsroom.site.backup.restoring import newest_in, restore
from masthead.newsroom.site.backup.taking import take
from masthead.newsroom.site.serving.preparing import prepare

PUBLISH = """
from tests.faults import setting_up
setting_up.go()
from tests.evidence.desk import add_person
from masthead.newsroom.evidence.publish import publish_checkpoint
add_person("Meanwhile")
publish_checkpoint()
"""


def cut(*words, **more):
    raise KeyboardInterrupt


@pytest.fixture
def copies(small, quick, tmp_path):
    """A copy of a desk that was published from."""
    ready(small)
    publish_checkpoint()
    take(tmp_path / "copies", with_keys=True)
    return tmp_path / "copies"


def lying(copies, monkeypatch):
    """The restore is cut off after its mark."""
    with monkeypatch.context() as patch:
        patch.setattr(restoring, "_load", cut)
        with pytest.raises(KeyboardInterrupt):
            restore(newest_in(copies))


def only_sqlite():
    if connection.vendor != "sqlite":
        pytest.skip("a server's database is never written over")


def test_nobody_acknowledges_or_serves_what_is_half_put_back(small, copies, monkeypatch):
    only_sqlite()
    lying(copies, monkeypatch)
    for refused in (lambda: acknowledge(small.steward), prepare):
        with pytest.raises(Refused, match="cut off"):
            refused()
    assert damage.is_there(small.home)
    restore(newest_in(copies))
    acknowledge(small.steward)
    assert verify_log().intact


def test_a_restore_left_lying_does_not_go_back_before_what_was_published_since(small, copies, monkeypatch):
    only_sqlite()
    lying(copies, monkeypatch)
    # Somebody took the file away by hand, and the desk went on.
    (small.home / damage.FILE).unlink()
    ready(small)
    shown = publish_checkpoint()
    with pytest.raises(Refused, match="older than what the world has seen"):
        restore(newest_in(copies))
    databases.close()
    assert size() == shown.size
    assert high_water.read(small.home).size == shown.size
    back = restore(newest_in(copies), older=True)
    databases.close()
    assert back.older
    assert high_water.read(small.home).size == shown.size
    assert damage.is_there(small.home)
    with pytest.raises(Damaged):
        acknowledge(small.steward)


def test_who_publishes_while_the_copy_is_verified_is_heard(small, copies, monkeypatch):
    only_sqlite()
    real = restoring.check

    def slow(*words):
        databases.close()
        subprocess.run([sys.executable, "-c", PUBLISH], check=True)
        return real(*words)

    monkeypatch.setattr(restoring, "check", slow)
    with pytest.raises(Refused, match="older than what the world has seen"):
        restore(newest_in(copies))
    databases.close()
    assert high_water.read(small.home).size == size()
    # Nothing was changed: it goes on.
    assert not damage.is_there(small.home)
    assert not (small.home / begun.STAGED).exists()
    assert ready(small)
    publish_checkpoint()


def test_nobody_publishes_while_a_copy_is_put_in_place(small, copies, monkeypatch):
    only_sqlite()
    databases.close()
    begun_then = []
    real = restoring.put_in_place

    def placed(*words):
        begun_then.append(subprocess.Popen([sys.executable, "-c", PUBLISH], stderr=subprocess.PIPE))
        return real(*words)

    monkeypatch.setattr(restoring, "put_in_place", placed)
    restore(newest_in(copies))
    _, err = begun_then[0].communicate(timeout=60)
    assert b"ReadOnly" in err
    assert high_water.read(small.home).size == size()


def test_two_logs_that_part_are_not_put_in_each_others_place(small, copies):
    """The folder's own mark is within the copy's size, and of a log that the copy does not hold."""
    only_sqlite()
    mark = high_water.read(small.home)
    high_water.write(small.home, high_water.HighWater(mark.origin, mark.size - 1, bytes(32)))
    with pytest.raises(Damaged, match="does not contain what was published"):
        restore(newest_in(copies))
    assert not damage.is_there(small.home)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[]"])
def test_a_mark_that_cannot_be_read_is_named(small, copies, content):
    (small.home / begun.MARKER).write_bytes(content)
    with pytest.raises((Damaged, Refused), match=r"cannot be read|Another backup"):
        restore(newest_in(copies))


def test_a_copy_that_a_kill_left_in_staging_goes_at_the_start(small, copies):
    only_sqlite()
    taken = forking.killed(lambda: restore(newest_in(copies)), forking.NEVER)
    assert forking.killed(lambda: restore(newest_in(copies)), taken.index("open publishing.lock")) == []
    assert (small.home / begun.STAGED / "db.sqlite3").is_file()
    prepare()
    assert not (small.home / begun.STAGED).exists()


def test_a_copy_being_staged_is_not_taken_away(small):
    (small.home / begun.STAGED).mkdir()
    with begun.alone(small.home):
        assert not begun.clear(small.home)
    assert begun.clear(small.home)
