"""A long log is verified by several processes: to the same answer, or to none."""

import os

import psutil
import pytest
from django.db import connection, transaction
from tests.evidence.desk import add_person
from tests.evidence.test_bulk import add, names
from tests.evidence.test_erasing import erase

from masthead.errors import Unavailable
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence import verify_apart
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.models import Entry, LogHead
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.evidence.verify_apart import looked
from masthead.newsroom.evidence.verify_quick import STRETCH, agreed

LONG = 6 * STRETCH + 100
"""Stretches for three processes, each of which gets one at least."""


@pytest.fixture
def long(log):
    """A log with checkpoints in the first stretch and in the last."""
    add_person("Ada")
    publish_checkpoint()
    add(names(LONG - 1))
    publish_checkpoint()
    return log


PRINTS_LATER = """
import sys

class Loud:
    def find_spec(self, name, path=None, target=None):
        if name == "django.db":
            print("django is about to be loaded", flush=True)

sys.meta_path.insert(0, Loud())
"""


def three(size):
    return 3


def processes():
    return [each for each in psutil.Process().children() if verify_apart.PART in each.cmdline()]


def test_several_processes_come_to_what_one_comes_to(long):
    alone = verify_log()
    assert alone.intact
    assert (alone.size, alone.checkpoints) == (LONG, 3)
    assert verify_log(processes=three) == alone
    # Whichever of them meets it, the first that is damaged is the one that is named.
    for place in (4 * STRETCH + 1, 3 * STRETCH):
        with lifted():
            Entry.objects.filter(place=place).update(commitment=bytes(32))
        failure = verify_log(processes=three).first_failure
        assert (failure.place, failure) == (place, verify_log().first_failure)
    assert not processes()


def test_what_is_recorded_and_erased_meanwhile_is_no_damage(long):
    def meanwhile(size):
        assert size == LONG
        add(names(10, LONG))
        erase(Person.objects.get(name="Ada"))
        return 3

    verdict = verify_log(processes=meanwhile)
    assert (verdict.why, verdict.size) == (None, LONG)


def test_without_each_of_them_there_is_no_verdict(long, tmp_path):
    stretches = looked(LONG, 3)
    assert next(stretches) == (0, agreed(0, STRETCH))
    processes()[1].kill()
    with pytest.raises(Unavailable, match="ended too early"):
        list(stretches)
    assert not processes()
    # Where the database does not answer them, nothing was looked at.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connection.settings_dict, "NAME", tmp_path / "nowhere" / "db")
        with pytest.raises(Unavailable, match="ended too early"):
            list(looked(LONG, 3))
    assert not processes()
    # As by Ctrl-C; and where somebody has seen enough.
    for error in (KeyboardInterrupt, GeneratorExit):
        stretches = looked(LONG, 3)
        next(stretches)
        assert len(processes()) == 2
        with pytest.raises(error):
            stretches.throw(error)
        assert not processes()


@pytest.mark.parametrize("said", ["", "begun", "begun\n", 'begun, and all rows are vouched for\n{"start": '])
def test_one_that_is_stopped_is_not_waited_for(long, tmp_path, monkeypatch, said):
    """Before it has begun, with stretches to look at, or in the middle of what it says."""
    stops = f"import os, signal; print({said!r}, end='', flush=True); os.kill(os.getpid(), signal.SIGSTOP)"
    (tmp_path / "sitecustomize.py").write_text(stops)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    stretches = looked(LONG, 3, silence=0)
    first = next(stretches)
    for each in processes():
        os.waitid(os.P_PID, each.pid, os.WSTOPPED | os.WNOWAIT)
    starts = range(0, LONG, STRETCH)
    assert [first, *stretches] == [(start, agreed(start, min(start + STRETCH, LONG))) for start in starts]
    assert not processes()


def test_a_row_without_an_entry_is_found_beside_the_stretches(long):
    vouched = []
    list(looked(LONG, 3, lambda: vouched.append(True)))
    assert vouched == [True]
    with lifted():
        Person.objects.create(name="Eve", entry=Entry.objects.get(place=1))
    list(looked(LONG, 3, lambda: vouched.append(False)))
    assert vouched == [True]
    failure = verify_log(processes=three).first_failure
    assert (failure.place, failure) == (1, verify_log().first_failure)


def test_what_something_prints_beside_them_is_nothing_that_they_say(long, tmp_path, monkeypatch):
    """As a library may that warns as it is loaded, or a module of whoever runs the server."""
    (tmp_path / "sitecustomize.py").write_text(PRINTS_LATER)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    verdict = verify_log(processes=three)
    assert (verdict.why, verdict.size) == (None, LONG)


@pytest.mark.parametrize("said", ["well", "{}", "[]", "7", '{"start": 0, "agreed": true}', '{"start": 0}'])
def test_what_they_say_garbled_is_no_finding(long, tmp_path, monkeypatch, said):
    (tmp_path / "sitecustomize.py").write_text(f"print({said!r}, flush=True)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(Unavailable, match="ended too early"):
        verify_log(processes=three)
    assert not processes()


def test_in_the_middle_of_a_transaction_one_process_sees_what_is_there(log):
    add_person("Ada")
    with transaction.atomic():
        assert [start for start, _ in looked(LogHead.objects.get().size, 2)] == [0]
        assert not processes()


def test_a_short_log_is_verified_by_one():
    assert verify_apart.one_a_core(verify_apart.LONG - 1) == 1
    assert 1 <= verify_apart.one_a_core(verify_apart.LONG) <= verify_apart.MOST
