"""Copies and restores killed (SIGKILL) before each step, on both databases.

What is left is never taken for a whole copy, and nothing is recorded or signed in what is half put back; the
same command, or the next one, makes good what was cut off.
"""

import json
import os
import random
import shutil
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection, connections
from tests import databases
from tests.evidence.desk import add_person
from tests.faults import forking
from tests.newsroom.desk import ORIGIN, ready, size

from masthead.errors import NotReady, ReadOnly, Refused, Unavailable
from masthead.newsroom.evidence import damage, high_water
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.integrity.commands import acknowledge
from masthead.newsroom.site.backup import begun, layout
from masthead.newsroom.site.backup.layout import newest_in
from masthead.newsroom.site.backup.restoring import restore
from masthead.newsroom.site.backup.taking import take
from masthead.newsroom.site.founding import found
from masthead.vocabulary import Profile

_LEAVE_NOTHING = ("os.mkdir", *(f"open {name}.lock" for name in ("blobs", "serving", "restoring")))
"""Steps after which the disk is as it was before them, for whoever comes next."""


@pytest.fixture
def copies(small, quick, tmp_path):
    """A copy of a desk that was published from; one more entry was recorded since."""
    ready(small)
    publish_checkpoint()
    take(tmp_path / "copies", with_keys=True)
    add_person("Since")
    return tmp_path / "copies"


def worth_it(taken):
    """The numbers of the steps that leave something behind."""
    return [at for at, name in enumerate(taken) if not name.startswith(_LEAVE_NOTHING)]


@contextmanager
def begun_anew(home):
    """Give a function that makes the home folder, and a server's empty database, as they are now."""
    kept = home.with_name("as-it-was")
    databases.close()
    shutil.copytree(home, kept)

    def again():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        databases.close()
        shutil.rmtree(home)
        shutil.copytree(kept, home)

    yield again


def nothing_is_signed(desk, copies):
    """Nor is it begun anew or copied, where it is half put back; the database may be away just then."""
    for refused in (lambda: ready(desk), publish_checkpoint):
        with pytest.raises((ReadOnly, NotReady, Unavailable)):
            refused()
    if damage.half_restored(settings.MASTHEAD_HOME):
        again = found("The Herald", "Herald Press Ltd", "Ada Steward", Profile.SMALL, origin=ORIGIN)
        for refused in (lambda: acknowledge(desk.steward), lambda: next(again), lambda: take(copies)):
            with pytest.raises(Refused, match="cut off"):
                refused()
    databases.close()


def is_put_back(home, copied, mark):
    databases.close()
    assert size() == copied.size
    assert high_water.read(home) == mark
    assert verify_log().intact
    assert not (home / begun.STAGED).exists()
    assert not damage.half_restored(home)
    assert json.loads((home / damage.FILE).read_bytes())["found_by"] == damage.RESTORED
    assert not (home / "damage.2.json").exists()


@pytest.mark.long
@pytest.mark.parametrize("lost", [False, True], ids=["in-its-folder", "in-an-empty-one"])
def test_a_restore_killed_at_any_step_is_finished_by_the_same_command(small, copies, elsewhere, lost, tally):
    if connection.vendor == "postgresql" and not lost:
        pytest.skip("a server's database is never written over")
    home = elsewhere() if lost else small.home
    copy = newest_in(copies)
    copied, mark = layout.read(copy), high_water.read(copy / layout.HOME)
    with begun_anew(home) as again:
        restore(copy)
        again()
        taken = forking.killed(lambda: restore(copy), forking.NEVER)
        publishing = taken.index("open publishing.lock")
        tried = [at for at in worth_it(taken) if at > publishing]
        assert len(tried) > 20
        if lost and connection.vendor == "postgresql":
            # There each takes more than a second of CPU: all of them, more than a minute.
            tried = [at for at in tried if at % 3 == 0 or "COMMIT" in taken[at]]
        every = [*range(1, publishing, 9), *tried]
        for at in every:
            again()
            assert forking.killed(lambda: restore(copy), at) == []
            if damage.is_there(home):
                nothing_is_signed(small, copies)
            elif not lost:
                assert verify_log().size == copied.size + 1
            done = damage.is_there(home) and not damage.half_restored(home) and at > tried[-3]
            if not (done and connection.vendor == "postgresql"):
                assert restore(copy).manifest == copied
            is_put_back(home, copied, mark)
    tally(f"{len(every):5} kills in a restore: finished by the same command")


def test_a_restore_killed_at_any_statement_leaves_a_servers_database_empty(small, copies, elsewhere):
    if connection.vendor != "postgresql":
        pytest.skip("an SQLite file is moved whole")
    home = elsewhere()
    copy = newest_in(copies)
    copied, mark = layout.read(copy), high_water.read(copy / layout.HOME)
    with begun_anew(home) as again:
        restore(copy)
        again()
        taken = forking.killed(lambda: restore(copy), forking.NEVER, statements=True)
        first = next(at for at, name in enumerate(taken) if name.startswith("CREATE TABLE"))
        inside = range(first + 1, taken.index("before COMMIT", first))
        assert len(inside) > 500
        seed = int(os.environ.get("MASTHEAD_SEED") or random.SystemRandom().randrange(10**9))
        print("MASTHEAD_SEED =", seed)
        for at in sorted(random.Random(seed).sample(inside, 6)):
            # What goes on from a killed one has fewer steps before its tables, so that it would be past them.
            again()
            assert forking.killed(lambda: restore(copy), at, statements=True) == []
            assert connection.introspection.table_names() == []
            nothing_is_signed(small, copies)
        assert restore(copy).manifest == copied
        is_put_back(home, copied, mark)


@pytest.mark.long
def test_a_copy_killed_at_any_step_is_none_and_the_next_run_takes_it_away(copies, tmp_path, tally):
    """The old copy goes only once there is a new one; each run takes away what the one before left."""
    kept = newest_in(copies).rename(tmp_path / "kept")
    old, left = copies / "2026-01-01T000000Z", []

    def run():
        return take(copies, keep_days=30)

    def one_old():
        for each in named():
            shutil.rmtree(each)
        shutil.copytree(kept, old)

    def named():
        return [each for each in copies.iterdir() if not each.name.startswith(".")]

    one_old()
    steps = len(forking.killed(run, forking.NEVER))
    assert old not in named()
    for at in range(steps):
        one_old()
        assert forking.killed(run, at) == []
        new = [each for each in named() if each != old]
        assert new or old.is_dir()
        assert newest_in(copies) == (new or [old])[0]
        left += [layout.read(each).size for each in new]
    assert 0 < len(left) < steps
    assert set(left) == {size()}
    take(copies)
    assert [each for each in copies.iterdir() if each.name.endswith(".part")] == []
    tally(f"{steps:5} kills in a backup: never taken for a whole one")


def test_what_was_begun_in_one_database_is_not_ended_in_another(small, copies, elsewhere, database):
    """The rows were put into the one, and the other is empty: nothing is said to be put back."""
    home = elsewhere()
    copy = newest_in(copies)
    taken = forking.killed(lambda: restore(copy), forking.NEVER)
    first = dict(connections.settings["default"])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    databases.close()
    for each in home.iterdir():
        shutil.rmtree(each) if each.is_dir() else each.unlink()
    assert forking.killed(lambda: restore(copy), taken.index("os.remove restoring.json")) == []
    other = home.with_name("other")
    other.mkdir()
    with database.fresh(other):
        with pytest.raises(NotReady, match="not the one"):
            restore(copy)
        databases.close()
    databases.use(first)
    assert damage.half_restored(home)
    assert restore(copy).manifest == layout.read(copy)
    assert verify_log().intact
