"""Two real `masthead serve`, each with a home folder of its own, on one PostgreSQL; one of them is killed."""

import os
import shutil
import signal
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from itertools import pairwise
from json import dumps

import pytest
from django.conf import settings
from django.db import connection
from tests.api.software import token
from tests.serving.served import Served, alive

from masthead.newsroom.evidence import high_water, keys, tree
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Checkpoint, Entry, LogHead
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items.models import Item
from masthead.tlog.proofs import verify_consistency

AT_ONCE = 4
"""Items that are sent to each host in a row, while the other gets as many."""


@pytest.fixture
def homes(small, tmp_path):
    """Two folders as the decision on several hosts describes them: keys and mark copied, blobs shared."""
    if connection.vendor != "postgresql":
        pytest.skip("an SQLite file belongs to one home folder")
    publish_checkpoint()
    (small.home / "blobs").mkdir(exist_ok=True)
    other = tmp_path / "other host" / "home"
    other.mkdir(parents=True, mode=0o700)
    shutil.copytree(small.home / keys.FOLDER, other / keys.FOLDER)
    shutil.copy(small.home / high_water.FILE, other / high_water.FILE)
    (other / "blobs").symlink_to(small.home / "blobs")
    return small.home, other


def record(host, secret, name):
    """Send an item; gives its name where the host said that it is on record."""
    body = dumps({"content": {"name": "story.md", "text": f"The river rose. {name}"}, "title": name})
    try:
        answer = host.ask(
            "/api/v1/items",
            method="POST",
            body=body.encode(),
            Authorization=f"Bearer {secret}",
            Content_Type="application/json",
        )
    except (OSError, HTTPException):
        return None
    return name if answer.status == 201 else None


def send(host, secret, prefix):
    return [record(host, secret, f"{prefix} {number}") for number in range(AT_ONCE)]


def published_up_to_now():
    return Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() == (
        LogHead.objects.get().size
    )


@pytest.mark.long
def test_both_record_at_once_one_is_killed_and_the_other_publishes(small, homes, monkeypatch):
    secret = token(small, small.author)
    one = Served(homes[0], MASTHEAD_PUBLISH_EVERY="1", MASTHEAD_WORKERS="1")
    other = None
    try:
        # The first publishes, as nobody else is there to.
        assert record(one, secret, "first")
        one.until(published_up_to_now)
        shutil.copytree(homes[0] / "static", homes[1] / "static")
        other = Served(homes[1], MASTHEAD_PUBLISH_EVERY="2", MASTHEAD_WORKERS="1")
        with ThreadPoolExecutor(2) as both:
            sent = [both.submit(send, host, secret, name) for host, name in ((one, "A"), (other, "B"))]
            acknowledged = ["first", *(name for each in sent for name in each.result())]
        assert None not in acknowledged
        parts = one.parts().values()
        with ThreadPoolExecutor(2) as both:
            sent = [both.submit(send, host, secret, name) for host, name in ((one, "C"), (other, "D"))]
            os.kill(one.process.pid, signal.SIGKILL)
            cut_off, gone_on = (each.result() for each in sent)
        assert None not in gone_on
        acknowledged += [*filter(None, cut_off), *gone_on]
        one.process.wait(60)
        other.until(lambda: not any(map(alive, parts)))
        before = Checkpoint.objects.count()
        assert record(other, secret, "last")
        other.until(published_up_to_now)
        assert Checkpoint.objects.count() > before
        assert other.ask("/log/checkpoint").body.decode().split("\n")[1] == str(LogHead.objects.get().size)
    finally:
        for each in filter(None, (one, other)):
            each.end()
    there = [item.title for item in Item.objects.all()]
    assert sorted(set(there)) == sorted(there)
    assert {*acknowledged, "last"} <= set(there)
    assert Entry.objects.filter(kind=Kind.ITEM_ADDED).count() == len(there)
    one_line_of_checkpoints()
    for home in homes:
        monkeypatch.setattr(settings, "MASTHEAD_HOME", home)
        assert verify_log().intact


def one_line_of_checkpoints():
    """Each is the beginning of the one after it."""
    rows = list(Checkpoint.objects.order_by("size"))
    assert len(rows) > 2
    for older, newer in pairwise(rows):
        proof = tree.consistency(older.size, newer.size)
        assert verify_consistency(older.size, newer.size, bytes(older.root), bytes(newer.root), proof)
