"""A host that lost its power, or hangs, holds nothing for long: others record and publish again."""

import os
import socket
import threading
from contextlib import closing, nullcontext

import psycopg
import pytest
from django.db import connection, transaction
from tests import databases
from tests.faults.test_durable import asked
from tests.faults.test_several_hosts import hosts
from tests.newsroom.desk import ready, size
from tests.serving.served import free_port

from masthead.errors import Unavailable
from masthead.newsroom.evidence import gone, high_water, publish, written
from masthead.newsroom.evidence.log import locked_head
from masthead.newsroom.evidence.marks import LOCK_FILE
from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.evidence.publish import ADVISORY_LOCK, one_publisher, publish_checkpoint
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.newsroom.site import settings
from masthead.newsroom.site.serving.clock import Round, go

__all__ = ["hosts"]


@pytest.fixture
def stuck(hosts):
    """A connection of another host, which publishes and comes to no end."""
    parameters = connection.get_connection_params()
    wanted = {name: parameters[name] for name in ("dbname", "user", "host")}
    with closing(psycopg.connect(**wanted, autocommit=True)) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
        yield other


def test_who_waits_for_a_publisher_gives_up_with_what_to_do_and_the_clock_tries_again(
    hosts, stuck, monkeypatch, caplog
):
    monkeypatch.setattr(publish, "PATIENCE", "50ms")
    published = Checkpoint.objects.count()
    ready(hosts.desk)
    with pytest.raises(Unavailable, match="Another host has been publishing") as told:
        publish_checkpoint()
    assert "pg_locks" in str(told.value)
    assert asked("SHOW lock_timeout") == "0"
    assert asked("SHOW idle_session_timeout") == "0"
    each = Round("checkpoint", publish_checkpoint, 60)
    go(each)
    assert "a round failed" in caplog.text
    assert Checkpoint.objects.count() == published
    stuck.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])
    go(each)
    assert Checkpoint.objects.order_by("-size").first().size == size()
    assert stuck.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK]).fetchone() == (True,)


def test_a_publisher_that_hangs_loses_its_turn(hosts):
    held, go_on, lost = threading.Event(), threading.Event(), []

    def hang():
        try:
            with told_plainly(), one_publisher(hosts.other, idle="100ms"):
                held.set()
                go_on.wait(60)
        except Unavailable as error:
            lost.append(error)
        finally:
            databases.close()

    hanging = threading.Thread(target=hang)
    hanging.start()
    assert held.wait(60)
    ready(hosts.desk)
    assert publish_checkpoint().size == size()
    go_on.set()
    hanging.join(60)
    assert len(lost) == 1


def sealing():
    return written.checked_meanwhile()


def sealed_before():
    with written.checked_meanwhile():
        pass
    return nullcontext()


@pytest.mark.parametrize("where", [nullcontext, sealing, sealed_before])
def test_a_transaction_that_nobody_goes_on_with_is_ended_and_nothing_of_it_stands(small, monkeypatch, where):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL's own")
    monkeypatch.setattr(gone, "IDLE_IN_TRANSACTION", "100ms")
    databases.close()
    held, go_on, lost = threading.Event(), threading.Event(), []

    def hang():
        try:
            with told_plainly(), transaction.atomic():
                locked_head()
                with where():
                    held.set()
                    go_on.wait(60)
        except Unavailable as error:
            lost.append(error)
        finally:
            databases.close()

    hanging = threading.Thread(target=hang)
    hanging.start()
    assert held.wait(60)
    before = size()
    ready(small)
    assert size() > before
    go_on.set()
    hanging.join(60)
    assert len(lost) == 1


@pytest.mark.parametrize(
    ("chosen", "said"), [("0", "10min"), ("1h", "10min"), ("90s", "90s"), ("10min", "10min")]
)
def test_a_transaction_has_a_bound_and_a_closer_one_of_the_role_stays(small, chosen, said):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL's own")
    with connection.cursor() as cursor:
        name = connection.settings_dict["NAME"]
        cursor.execute(f"ALTER DATABASE {name} SET idle_in_transaction_session_timeout = '{chosen}'")
    databases.close()
    assert asked("SHOW idle_in_transaction_session_timeout") == said


@pytest.fixture
def afar(database):
    """A server that is reached over the network, in place of the one at hand."""
    if connection.vendor != "postgresql":
        pytest.skip("an SQLite file is on this machine")
    port = free_port()
    server = databases.Server(port=port)
    before = dict(connection.settings_dict)
    try:
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        databases.use(before)
        server.stop()


def test_both_sides_of_a_connection_ask_whether_the_other_is_still_there(home, afar):
    databases.use(settings.database(afar))
    told = {name: asked(f"SHOW {name}") for name in gone.KEEPALIVE}
    assert told == {
        "tcp_keepalives_idle": "30",
        "tcp_keepalives_interval": "10",
        "tcp_keepalives_count": "3",
        "tcp_user_timeout": "60000",
    }
    with socket.socket(fileno=os.dup(connection.connection.fileno())) as ours:
        assert ours.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        assert ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 30
        assert ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 60_000


def test_what_the_address_of_the_database_says_of_it_counts():
    said = settings.database("postgres://desk@db.example/masthead?keepalives_idle=5&sslmode=require")
    assert said["OPTIONS"]["keepalives_idle"] == "5"
    assert said["OPTIONS"]["sslmode"] == "require"
    assert said["OPTIONS"]["tcp_user_timeout"] == 60_000


def test_a_folder_that_takes_no_file_keeps_nobody_from_recording(small):
    before = high_water.read(small.home)
    ready(small)
    newest = publish_checkpoint().size
    high_water.write(small.home, before)
    lock = small.home / LOCK_FILE
    lock.unlink()
    lock.mkdir()  # what is to be written there, no disk takes
    ready(small)
    assert size() > newest
    assert high_water.read(small.home) == before
    lock.rmdir()
    ready(small)
    assert high_water.read(small.home).size == newest
