"""What was recorded is on the disk: the databases are asked, put right where they can be, else refused."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.db import connection, transaction
from tests import databases
from tests.cli.terminal import Desk as Terminal
from tests.faults.hurting import rename_somebody
from tests.newsroom.desk import ready, size

from masthead.errors import NotReady
from masthead.newsroom.evidence import damage, durable, watch
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.log import locked_head
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.site.serving import preparing
from masthead.newsroom.site.serving.clock import Verifying
from masthead.newsroom.site.serving.verifying import BROKE

DOUBTFUL = "not to wait for its disk"


def asked(what):
    with connection.cursor() as cursor:
        cursor.execute(what)
        return cursor.fetchone()[0]


@pytest.fixture
def strict(monkeypatch):
    """As it is set anywhere but in tests."""
    monkeypatch.setattr(settings, "MASTHEAD", replace(settings.MASTHEAD, unsynced_database=False))
    monkeypatch.delenv("MASTHEAD_UNSYNCED_DATABASE", raising=False)


@pytest.mark.parametrize("weak", ["off", "local", "remote_write"])
def test_commits_wait_for_the_disk_whatever_the_role_or_the_database_says(small, weak):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is told on each connection")
    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {name} SET synchronous_commit = {weak}")
    databases.close()
    assert asked("SHOW synchronous_commit") == "on"
    # Weakened again by what shares the connection, such as a pool's next user: each command says it anew.
    asked(f"SELECT set_config('synchronous_commit', '{weak}', false)")
    with transaction.atomic():
        locked_head()
        assert asked("SHOW synchronous_commit") == "on"


def test_what_is_stronger_is_left(small):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL's own")
    asked("SELECT set_config('synchronous_commit', 'remote_apply', false)")
    with transaction.atomic():
        locked_head()
        assert asked("SHOW synchronous_commit") == "remote_apply"


def test_nothing_is_recorded_where_the_server_does_not_wait_for_its_disk(small, strict, terminal: Terminal):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL's own")
    assert "fsync, full_page_writes off" in str(durable.trouble())
    before = size()
    for refused in (lambda: ready(small), preparing.prepare):
        with pytest.raises(NotReady, match=DOUBTFUL) as told:
            refused()
        assert "postgresql.conf" in str(told.value)
    assert size() == before
    assert terminal.json("log", "verify")["durable"] is False
    assert DOUBTFUL in " ".join(terminal("log", "verify").out.split())


def test_what_is_damaged_is_found_and_kept_on_it_all_the_same(small, strict):
    rename_somebody()
    verifying = Verifying()
    verifying()
    assert verifying.process.wait(60) == 0
    assert [each.found_by for each in damage.known(small.home)] == ["schedule"]
    assert not watch.verify("person").intact


def test_a_log_that_was_begun_and_cannot_be_verified_is_not_taken_for_none(small):
    with lifted():
        LogHead.objects.all().delete()
    verifying = Verifying()
    verifying()
    assert verifying.process.wait(60) == BROKE or damage.known(small.home)


def test_where_no_log_was_begun_there_is_nothing_to_verify(home):
    verifying = Verifying()
    verifying()
    assert verifying.process.wait(60) == 0


def test_it_is_where_whoever_runs_it_has_said_so(small):
    ready(small)
    assert not preparing.prepare().read_only


def test_the_desk_is_not_ready_on_it(small, strict, client):
    found = client.get("/ready").json()["checks"]["database"]
    assert found is (connection.vendor == "sqlite")


def test_sqlite_waits_for_the_disk_and_is_asked(small, terminal: Terminal):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own")
    assert (asked("PRAGMA synchronous"), asked("PRAGMA journal_mode")) == (2, "wal")
    assert durable.trouble() is None
    assert terminal.json("log", "verify")["durable"] is True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = NORMAL")
    assert "synchronous=1" in str(durable.trouble())
    with pytest.raises(NotReady, match="does not wait for the disk"):
        preparing.prepare()
