"""Killed at every statement that writes, around every COMMIT and step of publishing: nothing is half done.

A child of this process does the work and kills itself (SIGKILL) before its n-th step, for every n. Then the
log must be intact, what was acknowledged there once, and the next command and publication go on as ever.
"""

import fcntl
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from tests import databases
from tests.conftest import ORIGIN
from tests.evidence.desk import add_person

from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence import high_water, keys
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import locked_head, record
from masthead.newsroom.evidence.models import Checkpoint, Entry, LogHead
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.setup import setup
from masthead.newsroom.evidence.verify import verify_log

NEVER = -1


class Steps:
    """Counts what the child does to the world, and kills it before step `last`.

    What only reads is none: the world after it is as it was before. So one place before each step is enough,
    but for a COMMIT and for what is synced, renamed or locked, which have another after them.
    """

    def __init__(self, last: int) -> None:
        self.last = last
        self.done = 0

    def step(self) -> None:
        if self.done == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        self.done += 1

    def around(self, owner: Any, name: str) -> None:
        """Count calls of a function from here on. Only ever in a child: it does not outlive it."""
        call = getattr(owner, name)

        def counted(*args: Any, **kwargs: Any) -> Any:
            self.step()
            result = call(*args, **kwargs)
            self.step()
            return result

        setattr(owner, name, counted)

    @contextmanager
    def watching(self) -> Iterator[None]:
        for owner, name in (
            (os, "fsync"),
            (os, "replace"),
            (fcntl, "flock"),
            (BaseDatabaseWrapper, "_commit"),
        ):
            self.around(owner, name)

        def statement(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
            if not sql.startswith("SELECT") or "FOR UPDATE" in sql:
                self.step()
            return execute(sql, *args)

        connection.ensure_connection()
        with connection.execute_wrapper(statement):
            yield


def in_child(work: Callable[[Callable[[str], None]], None], last: int) -> tuple[int, list[str]]:
    """Do `work` in a child killed before step `last`; gives its steps (0 if killed) and what it said."""
    databases.close()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            steps = Steps(last)
            with steps.watching():
                work(lambda said: os.write(writing, f"{said}\n".encode()))
            os.write(writing, f"steps {steps.done}\n".encode())
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read().splitlines()
    _, status = os.waitpid(child, 0)
    if said and said[-1].startswith("steps "):
        return int(said.pop().split()[1]), said
    assert os.WTERMSIG(status) == signal.SIGKILL, "the child gave up by itself"
    return 0, said


def settled() -> int:
    """The size of the log once whatever the killed child had sent to the database is over."""
    with transaction.atomic():
        return locked_head().size


def test_a_kill_anywhere_leaves_no_command_half_done(log, tally):
    ada, _ = add_person("Ada")
    publish_checkpoint()
    name = "Grace"

    def work(acknowledge):
        person = Person(name=name)

        def decide(r):
            r.add(person)
            r.change(Person.objects.get(pk=ada.pk), name=f"Ada after {name}")
            return {"person": str(person.id), "office": False, "roles": [], "through": "terminal"}

        acknowledge(f"place {record(Kind.PERSON_ADDED, actor=None, decide=decide).place}")
        acknowledge(f"published {publish_checkpoint().size}")

    steps, said = in_child(work, NEVER)
    assert said == ["place 1", "published 2"]
    assert steps > 20
    for last in range(steps):
        name = f"Person {last}"
        before = LogHead.objects.get().size
        _, said = in_child(work, last)
        size = settled()
        assert verify_log().intact, last
        recorded = size == before + 1
        assert size in (before, before + 1)
        assert Person.objects.filter(name=name).exists() == recorded
        assert Person.objects.filter(pk=ada.pk, name=f"Ada after {name}").exists() == recorded
        for what, number in (line.split() for line in said):
            if what == "place":
                assert (recorded, int(number)) == (True, before)
                assert Entry.objects.filter(place=before).count() == 1
            else:
                assert Checkpoint.objects.filter(size=int(number)).exists()
        add_person(f"After {last}")
        assert publish_checkpoint().size == size + 1
    assert verify_log().intact
    tally(f"{steps:5} kills in a command and the publication of its head: nothing half done")


def test_a_kill_anywhere_in_setting_up_is_completed_by_setting_up_again(log, tally):
    def work(acknowledge):
        setup(log, ORIGIN)
        acknowledge("ready")

    def begin_anew():
        with lifted():
            LogHead.objects.all().delete()
        for path in (log / high_water.FILE, log / keys.PRIVATE, log / keys.PUBLIC):
            path.unlink(missing_ok=True)

    begin_anew()
    steps, said = in_child(work, NEVER)
    assert said == ["ready"]
    assert steps > 10
    for last in range(steps):
        begin_anew()
        in_child(work, last)
        before = (log / keys.PRIVATE).read_bytes() if (log / keys.PRIVATE).exists() else None
        setup(log, ORIGIN)
        assert before in (None, (log / keys.PRIVATE).read_bytes())
        assert LogHead.objects.get().size == 0
        publish_checkpoint()
        with lifted():
            Checkpoint.objects.all().delete()
    tally(f"{steps:5} kills in setting up: completed by setting up again")
