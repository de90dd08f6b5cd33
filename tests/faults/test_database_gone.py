"""The database is gone from a home folder that has published: every door says so, and none begins anew."""

import shutil

import pytest
from django.core.management import call_command
from django.db import connection
from tests import databases
from tests.cli.terminal import process
from tests.faults.hurting import run
from tests.newsroom.desk import size
from tests.serving.served import free_port

from masthead.errors import Damaged
from masthead.newsroom.evidence import damage, high_water, keys, watch
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.setup import setup
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.site.backup.restoring import newest_in, restore
from masthead.newsroom.site.backup.taking import take
from masthead.newsroom.site.serving import preparing

INIT = ("init", "--name", "Another", "--person", "Eve Other", "--profile", "small")


def everything(home):
    """Every file of the home folder, byte for byte; locks say nothing, nor do those of who has it open."""
    databases.close()
    files = (path for path in home.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(home)): path.read_bytes() for path in files}


def lose(home, how):
    """Have the database of this home folder be gone, or be another one with nothing in it."""
    if connection.vendor == "postgresql":
        if how == "empty":
            pytest.skip("a server's database is no file")
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    else:
        databases.close()
        for file in home.glob("db.sqlite3*"):
            file.unlink()
        if how == "empty":
            (home / "db.sqlite3").touch()
    if how == "tables":
        # As another program does it: ours make none where something was published.
        mark = (home / high_water.FILE).rename(home / "aside")
        call_command("migrate", verbosity=0)
        mark.rename(home / high_water.FILE)
    databases.close()


@pytest.fixture(params=["gone", "empty", "tables"])
def lost(small, request):
    """A home folder that has published, without its database; gives what every door is to say."""
    publish_checkpoint()
    said = f"was published up to {size()} entries, and its database is gone"
    lose(small.home, request.param)
    return said


def test_no_command_makes_a_database_there_or_takes_it_for_a_beginning(small, lost, terminal):
    before = everything(small.home)
    for words in (
        ("log", "verify"),
        ("item", "list"),
        ("person", "list"),
        ("log", "export", "out"),
        ("log", "acknowledge", "--by", "Ada Steward"),
        ("backup", "copies"),
        ("register", "list"),
        INIT,
        ("init",),
    ):
        told = terminal(*words)
        assert (told.code, told.out) == (1, ""), words
        said = " ".join(told.err.split())
        assert lost in said, words
        assert "masthead restore" in said, words
        assert "MASTHEAD_DATABASE_URL" in said, words
        assert "Nothing was written" in said, words
        assert everything(small.home) == before, words
    if connection.vendor == "sqlite":
        databases.close()
        assert (small.home / "db.sqlite3").exists() == ("db.sqlite3" in before)


def test_what_the_sides_of_a_lost_file_hold_is_left_to_whoever_looks_into_it(small, terminal):
    if connection.vendor != "sqlite":
        pytest.skip("a server's database is no file")
    publish_checkpoint()
    lose(small.home, "gone")
    (small.home / "db.sqlite3-wal").write_bytes(b"entries that were not moved yet")
    before = everything(small.home)
    assert terminal("log", "verify").code == 1
    assert everything(small.home) == before


def test_it_is_not_served_either(small, lost):
    before = everything(small.home)
    with pytest.raises(Damaged, match=lost):
        preparing.prepare()
    assert everything(small.home) == before
    assert not damage.is_there(small.home)


def test_serving_ends_with_the_same_words(small, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the words come from the same place")
    publish_checkpoint()
    lose(small.home, "gone")
    said = process("serve", "--port", str(free_port()), cwd=tmp_path, MASTHEAD_HOME=str(small.home))
    assert said.code == 1
    assert "its database is gone" in " ".join(said.err.split())
    assert not (small.home / "db.sqlite3").exists()
    assert not (small.home / "setup.code").exists()


def test_the_first_run_in_a_browser_takes_no_code_there(small, client):
    publish_checkpoint()
    lose(small.home, "tables")
    answer = client.get("/setup")
    assert answer.status_code == 500
    assert "its database is gone" in answer.content.decode()
    assert not (small.home / "setup.code").exists()


def test_a_log_without_its_head_is_damage_and_no_beginning(small, terminal):
    publish_checkpoint()
    run("DELETE FROM evidence_loghead")
    line = (small.home / keys.PUBLIC).read_bytes()
    with pytest.raises(Damaged):
        setup(small.home, "other.example/log")
    told = terminal(*INIT)
    assert told.code == 1
    assert "holds no log" in " ".join(told.err.split())
    assert (small.home / keys.PUBLIC).read_bytes() == line
    assert not LogHead.objects.exists()
    assert not damage.is_there(small.home)
    assert terminal("log", "verify").code == 1
    assert "holds no log" in str(damage.known(small.home)[0].why)
    assert preparing.prepare().read_only


def test_a_backup_goes_back_there(busy, tmp_path, terminal):
    publish_checkpoint()
    entries = size()
    take(tmp_path / "copies")
    lose(busy.home, "gone")
    assert terminal("log", "verify").code == 1
    restore(newest_in(tmp_path / "copies"))
    assert size() == entries
    assert verify_log().intact
    assert terminal("log", "verify").code == 0


def test_where_nothing_was_published_a_beginning_is_finished(small, terminal, elsewhere):
    there = elsewhere()
    shutil.copytree(small.home / keys.FOLDER, there / keys.FOLDER)
    mark = high_water.read(small.home)
    high_water.write(there, high_water.HighWater(mark.origin, 0, mark.root))
    assert terminal(*INIT).code == 0
    assert watch.look()


@pytest.mark.parametrize("mark", ["gone", "unreadable"])
@pytest.mark.parametrize("words", [INIT, ("item", "list"), ("log", "verify"), ("backup", "copies")])
def test_where_the_file_of_what_was_published_is_lost_as_well_nothing_is_begun(small, terminal, mark, words):
    publish_checkpoint()
    lose(small.home, "gone")
    file = small.home / high_water.FILE
    file.unlink() if mark == "gone" else file.write_text("{")
    before = everything(small.home)
    told = terminal(*words)
    assert told.code != 0
    assert told.out == ""
    if mark == "unreadable" or words == INIT:
        assert high_water.FILE in told.err
        assert everything(small.home) == before
