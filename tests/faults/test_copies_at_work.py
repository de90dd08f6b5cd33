"""Copies of a desk that is at work, who makes them, and which of them is the newest."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import traceback
from contextlib import contextmanager
from datetime import UTC, datetime

from tests import databases
from tests.evidence.desk import add_person
from tests.faults import forking
from tests.newsroom.desk import ready, size

from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items import blobs
from masthead.newsroom.site.backup import checking, layout
from masthead.newsroom.site.backup.layout import newest_in
from masthead.newsroom.site.backup.taking import take

SUBREAPER = 36
"""Linux's `PR_SET_CHILD_SUBREAPER`: whoever lost its parent is ours to wait for."""


def test_a_copy_of_a_desk_at_work_verifies(small, quick, tmp_path, monkeypatch):
    """Another process records, publishes, adds and deletes files, once before each file that is copied."""
    ready(small)
    public = small.home / "public" / "many"
    public.mkdir(parents=True)
    for number in range(20):
        (public / f"{number}.html").write_text("x")
    copied, real = [], layout.copy
    with at_work(public) as works:

        def copy(source, target):
            works()
            copied.append(source)
            real(source, target)

        monkeypatch.setattr(layout, "copy", copy)
        before = size()
        first = take(tmp_path / "copies", with_keys=True)
        assert (first.manifest.size, first.changed) == (before, ())
        assert size() > before + 5
        before = size()
        second = take(tmp_path / "copies")
        assert (second.manifest.size, second.changed) == (before, ())
    # What was deleted before its turn came is in no copy, and nothing is said of it.
    assert 0 < sum("public/many/" in name for name in first.manifest.files) < 20
    assert verify_log().intact


@contextmanager
def at_work(public):
    """Give a function that has another process do one more thing, and waits until it is done."""
    databases.close()
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        try:
            ours.close()
            number = 0
            while theirs.recv(1):
                add_person(f"Person {number}")
                publish_checkpoint()
                blobs.keep(f"{number}".encode())
                (public / f"more-{number}.html").write_text("y")
                (public / f"{number}.html").unlink(missing_ok=True)
                number += 1
                theirs.send(b".")
        except BaseException:  # noqa: BLE001 - said, and the process ends
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(0)
    theirs.close()

    def works():
        ours.send(b".")
        assert ours.recv(1) == b"."

    yield works
    ours.close()
    os.waitpid(child, 0)


def test_who_verifies_a_copy_ends_with_whoever_asked(small, quick, tmp_path):
    """Left alone, it would go on writing in what the next run lays in the same place."""
    copy = take(tmp_path / "copies").folder
    databases.close()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)

            def told(asked, *words, **more):
                # It has begun, and stands still until its parent is gone.
                os.kill(asked.pid, signal.SIGSTOP)
                os.write(writing, str(asked.pid).encode())
                os.kill(os.getpid(), signal.SIGKILL)

            subprocess.Popen.communicate = told
            forking.STARTED(copy / layout.HOME, ["verify"])
        finally:
            os._exit(1)
    os.close(writing)
    ctypes.CDLL(None).prctl(SUBREAPER, 1)
    try:
        with os.fdopen(reading) as pipe:
            asked = int(pipe.read(100))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        os.kill(asked, signal.SIGCONT)
        assert os.waitstatus_to_exitcode(os.waitpid(asked, 0)[1]) == checking.LEFT_ALONE
    finally:
        ctypes.CDLL(None).prctl(SUBREAPER, 0)


def test_the_newest_copy_is_the_one_with_the_most_entries(small, quick, tmp_path):
    """Whatever a clock said: a log only grows."""
    copies = tmp_path / "copies"
    first = take(copies).folder
    add_person("Since")
    later = take(copies, now=datetime(2026, 1, 1, tzinfo=UTC)).folder
    assert newest_in(copies) == later
    (later / layout.MANIFEST).write_text("{")
    assert newest_in(copies) == first
