"""How often something was tried, counted by several processes, kept past a restart, and naming nobody."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from tests.newsroom.desk import Desk

from masthead.newsroom.accounts.models import Account
from masthead.newsroom.site.counts import FILE, Counts

IN_ANOTHER = """
import json, sys
import django
django.setup()
from django.core.cache import cache
print(json.dumps(eval(sys.argv[1])))
"""


def elsewhere(said: str) -> object:
    """What `said` comes to in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER, said], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "masthead.newsroom.site.web")
    keys = home / "keys"
    keys.mkdir(exist_ok=True)
    from django.conf import settings

    (keys / "django.key").write_text(settings.SECRET_KEY)


def kept(home: Path) -> str:
    """All that is stored of the counts, as it lies there."""
    if connection.vendor == "sqlite":
        return b"".join(each.read_bytes() for each in home.glob(f"{FILE}*")).decode("latin1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, said FROM masthead_count")
        return repr(cursor.fetchall())


def test_a_count_is_one_for_all_processes(home: Path) -> None:
    assert cache.add("tries", 0, 60)
    assert elsewhere("cache.incr('tries')") == 1
    assert cache.incr("tries") == 2
    assert elsewhere("[cache.add('tries', 0, 60), cache.get('tries')]") == [False, 2]
    assert cache.delete("tries")
    assert elsewhere("cache.get('tries', 'none')") == "none"


def test_what_ran_out_is_not_there_and_is_taken_away(home: Path) -> None:
    cache.set("old", [1.5, 2.5], 60)
    cache.set("new", True, 60)
    assert cache.get("old") == [1.5, 2.5]
    cache.set("old", [1.5], -1)
    assert cache.get("old") is None
    with pytest.raises(ValueError, match="nothing is counted"):
        cache.incr("old")
    assert Counts("", {}).forget() == 1
    assert Counts("", {}).forget() == 0
    assert cache.add("old", 7, 60)
    assert (cache.get("old"), cache.get("new")) == (7, True)
    cache.clear()
    assert cache.get("new") is None


def test_many_at_once_are_all_counted(home: Path) -> None:
    cache.add("tries", 0, 60)

    def count(_: int) -> int:
        try:
            return cache.incr("tries")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        seen = sorted(threads.map(count, range(40)))
    assert seen == list(range(1, 41))


def test_one_of_many_at_once_is_the_first(home: Path) -> None:
    def first(_: int) -> bool:
        try:
            return cache.add("code", "used", 60)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(first, range(24))) == 1


def test_guessing_names_nobody_in_what_is_kept(small: Desk, home: Path) -> None:
    account = Account.objects.create(email="guessed.at@example.org")
    for attempt in range(6):
        client = Client(REMOTE_ADDR="192.0.2.77")
        page = client.post("/account/login/", {"login": account.email, "password": f"wrong {attempt}"})
    assert page.status_code == 429
    everything = kept(home)
    assert everything
    for named in ("192.0.2.77", "guessed.at", "example.org", "login", "allauth"):
        assert named not in everything


def test_guessing_goes_on_nowhere_after_a_restart(small: Desk) -> None:
    tries = (
        "[__import__('django.test').test.Client(headers={'host': 'localhost'}).post('/account/login/',"
        " {'login': 'nobody@example.org', 'password': 'wrong'}).status_code == 429"
        " for _ in range(3)]"
    )
    assert elsewhere(tries) == [False] * 3
    assert elsewhere(tries) == [False, False, True]


def test_counting_waits_for_nobody_who_writes_to_the_record(small: Desk) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has one write lock")
    with connection.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        try:
            assert elsewhere("cache.add('tries', 1, 60)") is True
        finally:
            cursor.execute("ROLLBACK")


def test_a_file_that_a_loss_of_power_broke_is_begun_anew(home: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL empties the table itself")
    cache.set("tries", 1, 60)
    (home / FILE).write_bytes(b"not a database" * 1000)
    assert cache.get("tries") is None
    assert cache.add("tries", 1, 60)


def test_where_nothing_can_be_counted_nobody_guesses_freely(home: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the record itself is away then")
    (home / FILE).mkdir()
    with pytest.raises(OperationalError):
        cache.add("tries", 1, 60)
