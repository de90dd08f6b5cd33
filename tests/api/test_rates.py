"""A token's requests are counted by all processes that serve together."""

import pytest
from django.core.cache import caches
from django.db import connection
from tests.api.software import cms
from tests.newsroom.desk import Desk

from masthead.api import limits


@pytest.fixture(autouse=True)
def _no_more_than_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "A_MINUTE", 2)
    monkeypatch.setattr(limits, "WINDOW", 10**9)


@pytest.mark.database
def test_a_process_counts_what_others_were_asked(small: Desk):
    if connection.vendor != "postgresql":
        pytest.skip("one process serves alone")
    software = cms(small, small.author)
    codes = []
    for _ in range(4):
        codes.append(software("GET", "/items").status_code)
        caches["memory"].clear()  # what another process has of this one's memory
    assert codes == [200, 200, 429, 429]
    assert cms(small, small.author)("GET", "/items").status_code == 200


def test_who_asks_first_is_counted_as_one(small: Desk):
    software = cms(small, small.author)
    assert [software("GET", "/items")["RateLimit"].split(";")[1] for _ in range(3)] == ["r=1", "r=0", "r=0"]
