"""A process that was stopped while it holds a file of the home folder: nobody waits for it without end."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.newsroom.desk import ready, size
from tests.newsroom.logins import client_of
from tests.public.outlet import page_of, published

import masthead
from masthead.errors import Unavailable
from masthead.language import Message
from masthead.newsroom import turns
from masthead.newsroom.accounts.commands import log_keys
from masthead.newsroom.evidence import damage, kept
from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.integrity.commands import acknowledge
from masthead.newsroom.items import blobs
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.retention import outside
from masthead.newsroom.site.backup import begun
from masthead.newsroom.site.serving import preparing
from masthead.newsroom.webhooks import sealing
from masthead.newsroom.witness import keys as witness_keys

HOLD = """
import fcntl, os, signal, sys
file = os.open(sys.argv[1], os.O_RDONLY if os.path.isdir(sys.argv[1]) else os.O_RDWR | os.O_CREAT, 0o600)
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
os.kill(os.getpid(), signal.SIGSTOP)
"""


@contextmanager
def stopped(path):
    """Another process holds the lock on `path` and is stopped; at the end it goes on, and is gone."""
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE)
    try:
        assert holder.stdout.readline() == b"held\n"
        os.waitid(os.P_PID, holder.pid, os.WSTOPPED | os.WNOWAIT)
        yield
    finally:
        holder.send_signal(signal.SIGCONT)
        holder.wait(60)
        holder.stdout.close()


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    monkeypatch.setattr(turns, "FOUNDING_PATIENCE", 0.02)


def test_no_lock_of_a_file_is_waited_for_without_end():
    """All of them, by their source: the ones that wait go through `turns`."""
    for path in Path(masthead.__file__).parent.rglob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if "flock(" in line and path.name != "turns.py":
                assert "LOCK_NB" in line, f"{path}: {line}"


WAITING = {
    "publishing.lock": lambda desk: publish_checkpoint(),
    "keys.lock": lambda desk: log_keys.rotate(desk.steward, in_file=True),
    "witness-key.lock": lambda desk: witness_keys.made(desk.home, "herald.example/log"),
    "webhooks.lock": lambda desk: sealing._make(desk.home / sealing.KEY),
    "erasures.lock": lambda desk: outside.note(),
    "founding.lock": lambda desk: preparing.prepare(),
    "blobs.lock": lambda desk: blobs.keep(b"a picture"),
    "restoring.lock": lambda desk: begun.alone(desk.home).__enter__(),
}


@pytest.mark.parametrize("name", WAITING)
def test_who_waits_for_one_that_was_stopped_is_told_and_goes_on_when_it_ends(small, name):
    before = size()
    with stopped(small.home / name), pytest.raises(Unavailable, match="too long"):
        WAITING[name](small)
    assert size() == before
    WAITING[name](small)


def test_who_waits_for_tables_to_be_brought_up_to_date_is_not_told_to_end_that(small):
    with stopped(small.home / "founding.lock"), pytest.raises(Unavailable) as told:
        preparing.prepare()
    assert "brings the record up to date" in str(told.value.what)
    assert "Wait" in str(told.value.remedy)
    assert "hangs" not in str(told.value.remedy)


def test_an_upgrade_under_way_is_waited_for_longer(small, monkeypatch):
    monkeypatch.setattr(turns, "FOUNDING_PATIENCE", 600.0)
    with ThreadPoolExecutor(1) as beside:
        with stopped(small.home / "founding.lock"):
            waiting = beside.submit(_entered, small.home)
            with pytest.raises(Unavailable), turns.turn(small.home, "founding"):
                pass
        assert waiting.result(60)


def _entered(home):
    with turns.founding(home):
        return True


def test_what_is_published_meanwhile_is_on_record_and_goes_out_later(small):
    version = ready(small)
    signed = Checkpoint.objects.count()
    with (
        stopped(small.home / "publishing.lock"),
        pytest.raises(Unavailable, match="publishing from this home folder"),
    ):
        public.publish(small.editor, version, site_folder(version.item))
    assert Checkpoint.objects.count() == signed
    assert client_of(small.editor).get("/desk/").status_code == 200
    public.publish(small.editor, version, site_folder(version.item))
    assert Checkpoint.objects.order_by("-size").first().size == size()


def test_pages_that_another_writes_are_told_to_be_unfinished(small):
    item = published(small)
    with stopped(small.home / "writing.lock"), pytest.raises(Unavailable, match="It is on record"):
        public.withdraw(small.editor, item, "The document was forged.", site_folder(item))
    assert client_of(small.editor).get(page_of(item)).status_code == 200
    public.withdraw(small.editor, item, "The document was forged.", site_folder(item))


def test_a_request_is_answered(small):
    version = ready(small)
    with stopped(small.home / "publishing.lock"):
        answer = client_of(small.editor).post(
            f"/desk/items/{version.item.public_id}/publish", {"version": version.number}
        )
    said = " ".join(answer.content.decode().split())
    assert answer.status_code in (409, 503), said
    assert "publishing from this home folder" in said
    assert "hangs or was stopped" in said


def test_what_is_found_damaged_is_kept_elsewhere_until_the_folder_is_free(small):
    with stopped(small.home):
        assert kept.keep(small.home, damage.Found(Message("a row is not as it was"), 3, "schedule"))
        assert not damage.is_there(small.home)
        with pytest.raises(Unavailable):
            acknowledge(small.steward)
    kept.follow(small.home)
    assert damage.is_there(small.home)
    with stopped(small.home), pytest.raises(Unavailable):
        acknowledge(small.steward)
    assert damage.is_there(small.home)
    acknowledge(small.steward)
    assert not damage.is_there(small.home)
