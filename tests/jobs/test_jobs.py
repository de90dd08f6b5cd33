"""A job is done once for each time it is asked for, whatever happens to its workers."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult
from tests import databases
from tests.jobs import tasks
from tests.newsroom.at_once import at_once

from masthead.errors import NotFound
from masthead.newsroom import jobs
from masthead.newsroom.jobs.claiming import Watch, beat, claim, done, failed
from masthead.newsroom.jobs.models import State, Ticket, Worker

ROOT = Path(__file__).parents[2]
PATIENCE = 60


def until(holds: Callable[[], Any]) -> None:
    """Wait for what another process or thread is to do; its time is never asserted."""
    pause = threading.Event()
    for _ in range(PATIENCE * 50):
        if holds():
            return
        pause.wait(0.02)
    raise AssertionError("it never happened")


@contextmanager
def working(lease: float = 30.0, **options: Any) -> Iterator[None]:
    """A worker in this process."""
    stop = threading.Event()

    def work() -> None:
        try:
            jobs.work(stop, lease=lease, **options)
        finally:
            databases.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        tasks.GO.set()
        thread.join()
        tasks.GO.clear()


def process(lease: float) -> "subprocess.Popen[bytes]":
    """A worker in a process of its own."""
    command = [sys.executable, "-m", "tests.jobs.a_worker", str(lease)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE)


def quiet() -> bool:
    return not Ticket.objects.exclude(state=State.DEAD).exists()


def make_due() -> None:
    """Let the time pass that jobs wait after an attempt."""
    Ticket.objects.filter(state=State.WAITING).update(due_at=datetime.now(UTC))


def test_a_worker_does_what_is_asked_for_and_leaves_no_trace(home):
    with working():
        jobs.enqueue(tasks.note, key="a", which=1)
        until(quiet)
    assert tasks.said() == ["begin 1", "end 1"]
    assert not DBTaskResult.objects.exists()
    assert not Worker.objects.exists()
    assert jobs.standing("a") is jobs.Standing.NONE


def test_a_job_is_asked_for_with_the_change_or_not_at_all(home):
    with transaction.atomic():
        jobs.enqueue(tasks.note, key="a", which=1)
        transaction.set_rollback(True)
    assert jobs.work_off() == 0


def test_asking_again_while_one_waits_adds_none(home):
    for which in (1, 2):
        jobs.enqueue(tasks.note, key="a", which=which)
    assert jobs.work_off() == 1
    assert tasks.said() == ["begin 1", "end 1"]


def test_asking_at_the_same_moment_adds_one(home):
    outcomes = at_once(*[lambda: jobs.enqueue(tasks.note, key="a", which=1)] * 8)
    assert outcomes == [None] * 8
    assert Ticket.objects.count() == DBTaskResult.objects.count() == 1


def test_what_is_asked_for_while_one_runs_is_done_after_it(home):
    with working():
        jobs.enqueue(tasks.wait_for_go, key="a", which=1)
        until(lambda: jobs.standing("a") is jobs.Standing.RUNNING)
        jobs.enqueue(tasks.note, key="a", which=2)
        jobs.enqueue(tasks.post, key="b", which=3)
        until(lambda: "post 3" in tasks.said())
        assert tasks.said() == ["begin 1", "post 3"]
        tasks.GO.set()
        until(quiet)
    assert tasks.said() == ["begin 1", "post 3", "end 1", "begin 2", "end 2"]


def test_no_one_else_gets_a_key_that_runs(home):
    me, other = (Worker.objects.create(pk=jobs_id, seen_at=datetime.now(UTC)).pk for jobs_id in IDS)
    jobs.enqueue(tasks.note, key="a", which=1)
    held = claim(me, jobs.Lane.DESK)
    assert held is not None
    jobs.enqueue(tasks.note, key="a", which=2)
    assert claim(other, jobs.Lane.DESK) is None
    assert done(held)
    assert claim(other, jobs.Lane.DESK) is not None


IDS = ("01890000-0000-7000-8000-000000000001", "01890000-0000-7000-8000-000000000002")


def test_one_that_waits_is_not_begun_before_the_transaction_that_asked_for_it_again_ends(home):
    jobs.enqueue(tasks.note, key="a", which=1)
    with transaction.atomic():
        jobs.enqueue(tasks.note, key="a", which=1)
        # On SQLite the other would wait for its turn to write; PostgreSQL passes by what is locked.
        if databases.connections["default"].vendor == "postgresql":
            assert at_once(jobs.work_off) == [0]
    assert jobs.work_off() == 1


def test_a_job_waits_until_it_is_due(home):
    jobs.enqueue(tasks.note, key="a", after=datetime.now(UTC) + timedelta(hours=1), which=1)
    assert jobs.work_off() == 0
    assert jobs.health().waiting == 0
    jobs.enqueue(tasks.note, key="a", which=1)
    assert jobs.work_off() == 1


def test_many_workers_do_each_job_once(home):
    for which in range(40):
        jobs.enqueue(tasks.note, key=f"k{which}", which=which)
    at_once(*[jobs.work_off] * 6)
    assert sorted(tasks.said()) == sorted(f"{word} {n}" for n in range(40) for word in ("begin", "end"))


def test_processes_do_each_job_once(home):
    workers = [process(30.0) for _ in range(2)]
    for which in range(30):
        jobs.enqueue(tasks.note, key=f"k{which}", which=which)
    until(quiet)
    for each in workers:
        each.communicate()
        assert each.returncode == 0
    assert sorted(tasks.said()) == sorted(f"{word} {n}" for n in range(30) for word in ("begin", "end"))


def test_a_job_whose_worker_was_killed_is_done_by_another(home):
    jobs.enqueue(tasks.hang, key="a", which=1)
    killed = process(30.0)
    until(tasks.said)
    killed.kill()
    killed.communicate()
    assert jobs.standing("a") is jobs.Standing.RUNNING
    with working(lease=0.3):
        until(lambda: jobs.standing("a") is jobs.Standing.WAITING)
        make_due()
        until(quiet)
    assert tasks.said() == ["begin 1", "begin 1", "end 1"]
    assert not Worker.objects.exists()


def test_a_job_that_kills_its_workers_is_given_up(home):
    jobs.enqueue(tasks.die, key="a", which=1)
    for _ in range(2):
        killed = process(30.0)
        assert killed.wait() == -9
        killed.communicate()
        watch = Watch(lease=0.0)
        assert jobs.reap(watch) == 1
        make_due()
    [given_up] = jobs.dead()
    assert (given_up.name, given_up.attempts) == ("die", 2)
    assert given_up.why.endswith("WorkerKilled")


def test_a_job_whose_end_could_not_be_noted_is_done_again(home):
    with working(lease=0.3):
        jobs.enqueue(tasks.lose_the_database, key="a", which=1)
        until(lambda: jobs.standing("a") is jobs.Standing.WAITING and len(tasks.said()) == 1)
        make_due()
        until(quiet)
    assert tasks.said() == ["begin 1", "begin 1"]


class Crash(Exception):
    """The process ends here."""


def test_a_crash_at_any_statement_loses_no_job(home):
    for number in range(1, 40):
        jobs.enqueue(tasks.note, key=f"k{number}", which=number)
        left = number

        def crash(execute, sql, params, many, context):
            nonlocal left
            left -= 1
            if left == 0:
                raise Crash
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(crash):
                jobs.work_off()
        except Crash:
            jobs.reap(Watch(lease=0.0))
            make_due()
            jobs.work_off()
        assert f"end {number}" in tasks.said()
        assert not Ticket.objects.exists()
        if left > 0:
            return
    raise AssertionError("there were more statements than were tried")


def test_a_worker_that_still_says_it_is_there_keeps_its_job(home):
    beat(IDS[0])
    jobs.enqueue(tasks.note, key="a", which=1)
    assert claim(IDS[0], jobs.Lane.DESK)
    assert jobs.reap(Watch(lease=3600)) == 0
    watch = Watch(lease=0.0)
    [silent] = watch.silent()
    beat(IDS[0])
    from masthead.newsroom.jobs.claiming import _bury

    assert _bury(silent) == 0
    assert jobs.standing("a") is jobs.Standing.RUNNING


def test_a_worker_that_comes_back_too_late_changes_nothing(home):
    for end in (done, lambda held: failed(held, RuntimeError(), tasks.note)):
        beat(IDS[0])
        jobs.enqueue(tasks.note, key="a", which=1)
        held = claim(IDS[0], jobs.Lane.DESK)
        assert held
        assert jobs.reap(Watch(lease=0.0)) == 1
        assert end(held) is False
        assert jobs.standing("a") is jobs.Standing.WAITING
        make_due()
        assert jobs.work_off() == 1


def test_what_fails_is_tried_again_later_and_later(home):
    jobs.enqueue(tasks.stumble, key="a", which=1)
    for attempt in (1, 2, 3):
        assert jobs.work_off() == 1
        if attempt < 3:
            assert jobs.standing("a") is jobs.Standing.WAITING
            assert jobs.work_off() == 0
            make_due()
    assert jobs.standing("a") is jobs.Standing.NONE


def test_what_fails_every_time_is_given_up_and_stays_on_show_without_what_it_said(home):
    jobs.enqueue(tasks.fall, key="a", which=1)
    for _ in range(3):
        jobs.work_off()
        make_due()
    [given_up] = jobs.dead()
    assert (given_up.name, given_up.key, given_up.attempts, given_up.why) == (
        "fall",
        "a",
        3,
        "builtins.RuntimeError",
    )
    assert jobs.standing("a") is jobs.Standing.DEAD
    kept = DBTaskResult.objects.get()
    assert "tasks.py" in kept.traceback
    assert "Ada Lovelace" not in kept.traceback.replace('raise RuntimeError("about Ada Lovelace")', "")


def test_a_refusal_is_not_asked_for_twice(home):
    jobs.enqueue(tasks.refuse, key="a", which=1)
    assert jobs.work_off() == 1
    [given_up] = jobs.dead()
    assert given_up.attempts == 1


def test_what_was_given_up_can_be_tried_again_by_hand(home):
    jobs.enqueue(tasks.refuse, key="a", which=1)
    jobs.work_off()
    jobs.again(jobs.dead()[0].id)
    assert jobs.dead() == []
    assert jobs.work_off() == 1
    [given_up] = jobs.dead()
    jobs.enqueue(tasks.note, key="a", which=2)
    jobs.work_off()
    assert jobs.dead() == []
    with pytest.raises(NotFound):
        jobs.again(given_up.id)


def test_what_was_given_up_can_be_taken_off_the_list(home):
    jobs.enqueue(tasks.refuse, key="a", which=1)
    jobs.work_off()
    for _ in range(2):
        jobs.dismiss(jobs.dead()[0].id if jobs.dead() else Worker(pk=IDS[0]).pk)
    assert jobs.dead() == []
    assert not DBTaskResult.objects.exists()


def test_a_retry_stands_back_for_one_that_was_asked_for_meanwhile(home):
    beat(IDS[0])
    jobs.enqueue(tasks.note, key="a", which=1)
    held = claim(IDS[0], jobs.Lane.DESK)
    assert held
    jobs.enqueue(tasks.note, key="a", which=2)
    assert failed(held, RuntimeError(), tasks.note)
    assert jobs.work_off() == 1
    assert tasks.said() == ["begin 2", "end 2"]
    assert not DBTaskResult.objects.exists()


def test_a_job_that_no_longer_exists_is_given_up(home):
    jobs.enqueue(tasks.note, key="a", which=1)
    DBTaskResult.objects.update(task_path="tests.jobs.tasks.gone")
    assert jobs.work_off() == 1
    assert [each.name for each in jobs.dead()] == ["gone"]


def test_a_payload_holds_ids_only(home):
    for value in ("Ada Lovelace", "ada@example.org", "x" * 200):
        with pytest.raises(ValueError, match="ids only"):
            jobs.enqueue(tasks.note, key="a", which=value)
    with pytest.raises(TypeError):
        tasks.note.enqueue(which=1)


def test_health_says_how_the_queue_stands(home):
    assert jobs.health() == jobs.Health(0, None, 0, 0, None)
    beat(IDS[0])
    for which in range(3):
        jobs.enqueue(tasks.note, key=f"k{which}", which=which)
    assert claim(IDS[0], jobs.Lane.DESK)
    health = jobs.health()
    assert (health.waiting, health.running, health.dead) == (2, 1, 0)
    assert health.waiting_since == Ticket.objects.filter(state=State.WAITING).earliest("due_at").due_at
    assert health.last_beat == Worker.objects.get().seen_at


def test_a_run_that_lasts_too_long_is_reported(home):
    stuck = threading.Event()
    told: list[str] = []
    with working(lease=0.3, stuck=lambda name: (told.append(name), stuck.set())):
        jobs.enqueue(tasks.too_long, key="a", which=1)
        assert stuck.wait(PATIENCE)
        tasks.GO.set()
        until(quiet)
    assert told == ["too_long"]
