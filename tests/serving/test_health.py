"""What is said to whoever looks after the desk."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from tests.newsroom.desk import Desk

from masthead.language import Message
from masthead.newsroom.evidence import damage
from masthead.newsroom.jobs.models import Worker
from masthead.newsroom.site import health


def ready() -> tuple[int, dict[str, bool]]:
    answer = Client().get("/ready")
    assert answer["Cache-Control"].count("no-store") == 1
    return answer.status_code, json.loads(answer.content)["checks"]


@pytest.fixture
def worker() -> Worker:
    """A worker that has just said that it is at work."""
    return Worker.objects.create(pk=uuid4(), seen_at=datetime.now(UTC))


def test_the_process_answers_whatever_else_is_wrong() -> None:
    answer = Client().get("/health")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert not answer.cookies
    assert Client().post("/health").status_code == 405


def test_a_desk_at_work_is_ready(small: Desk, worker: Worker) -> None:
    status, checks = ready()
    assert status == 200
    assert checks == dict.fromkeys(health.CHECKS, True)


def test_an_empty_desk_can_be_set_up(home: Path, worker: Worker) -> None:
    assert ready()[0] == 200


def test_a_worker_that_says_nothing_is_not_at_work(small: Desk) -> None:
    assert ready() == (503, dict.fromkeys(health.CHECKS, True) | {"worker": False})
    Worker.objects.create(pk=uuid4(), seen_at=datetime.now(UTC) - timedelta(minutes=5))
    assert not ready()[1]["worker"]


def test_a_full_disk_is_told(small: Desk, worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "ROOM", 10**18)
    assert ready() == (503, dict.fromkeys(health.CHECKS, True) | {"disk": False})


def test_a_clock_that_went_back_is_told(small: Desk, worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "SKEW", -timedelta(days=1))
    assert ready() == (503, dict.fromkeys(health.CHECKS, True) | {"clock": False})


def test_a_database_without_its_tables_is_told_and_nothing_of_it(
    small: Desk, worker: Worker, capsys: pytest.CaptureFixture[str]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE jobs_worker RENAME TO elsewhere")
    status, checks = ready()
    assert (status, checks["worker"], checks["database"]) == (503, False, True)
    assert "elsewhere" not in capsys.readouterr().err


def test_of_a_damaged_record_each_thing_is_told_as_it_is(
    small: Desk, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_applied", set())
    damage.note(small.home, damage.Found(Message("a row of x is not as it wrote it"), 3, "start"))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    # As where it was damaged before it was first served: logins have no tables until a person has looked.
    behind = dict.fromkeys(health.CHECKS, True) | {"log": False, "migrations": False}
    assert ready() == (503, behind)
    call_command("migrate", "sessions", fake=True, verbosity=0)
    assert ready() == (503, behind | {"migrations": True})
