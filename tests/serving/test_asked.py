"""What `/ready` asks of others is kept for a while: anyone may ask us, as often as they like."""

import threading
from dataclasses import replace

import pytest
from django.conf import settings
from tests.evidence import counted_service

from masthead.newsroom.evidence import keys
from masthead.newsroom.site import health
from masthead.newsroom.site.asked import Asked


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(small, tmp_path, monkeypatch):
    """The log's key is with a service that counts its runs."""
    (small.home / keys.PRIVATE).unlink()
    monkeypatch.setenv(counted_service.COUNT, str(tmp_path / "runs"))
    named = "tests.evidence.counted_service:Service"
    monkeypatch.setattr(settings, "MASTHEAD", replace(settings.MASTHEAD, log_signer=named))
    clock = Clock()
    monkeypatch.setattr(health, "_service", Asked(health._signs, health.KEY_SERVICE_EVERY, clock))
    return clock


def key(client):
    return client.get("/ready").json()["checks"]["key"]


def test_a_key_service_is_asked_once_a_minute_however_often_we_are(clock, client):
    assert [key(client) for _ in range(5)] == [True] * 5
    assert counted_service.runs() == 1
    clock.now += health.KEY_SERVICE_EVERY - 1
    assert key(client)
    assert counted_service.runs() == 1
    clock.now += 1
    assert key(client)
    assert counted_service.runs() == 2


def test_one_that_is_away_is_not_asked_each_time_either_and_is_seen_again(clock, client, monkeypatch):
    monkeypatch.setenv(counted_service.MODE, "away")
    assert [key(client) for _ in range(3)] == [False] * 3
    assert counted_service.runs() == 1
    monkeypatch.setenv(counted_service.MODE, "well")
    assert not key(client)
    clock.now += health.KEY_SERVICE_EVERY
    assert key(client)
    assert counted_service.runs() == 2


def test_a_key_in_a_file_is_looked_at_each_time(small, client):
    assert key(client)
    path = small.home / keys.PRIVATE
    content = path.read_bytes()
    path.unlink()
    assert not key(client)
    path.write_bytes(content)
    path.chmod(0o600)
    assert key(client)


def test_while_one_asks_the_others_are_told_what_was_said_before():
    clock, asked, may = Clock(), threading.Event(), threading.Event()
    answers = iter([True, False])

    def question() -> bool:
        said = next(answers)
        if not said:
            asked.set()
            may.wait(60)
        return said

    well = Asked(question, 60, clock)
    assert well()
    clock.now += 60
    slow = threading.Thread(target=well)
    slow.start()
    assert asked.wait(60)
    assert well()  # at once, from before
    may.set()
    slow.join(60)
    assert not well()


def test_before_there_is_an_answer_all_wait_for_the_one():
    asked, may, count, found = threading.Event(), threading.Event(), [], []

    def question() -> bool:
        count.append(1)
        asked.set()
        return may.wait(60)

    well = Asked(question, 60)
    several = [threading.Thread(target=lambda: found.append(well())) for _ in range(4)]
    for each in several:
        each.start()
    assert asked.wait(60)
    may.set()
    for each in several:
        each.join(60)
    assert found == [True] * 4
    assert len(count) == 1
