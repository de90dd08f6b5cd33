"""What is said to whoever looks after the desk."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from tests.newsroom.desk import Desk

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
