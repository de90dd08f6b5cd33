"""What other software is told of, and what never."""

import json
from datetime import datetime

import pytest
from django.db import connection
from tests.newsroom.at_once import at_once
from tests.newsroom.desk import approved, ready, size

from masthead.newsroom.evidence.kinds import FIELDS, Opens
from masthead.newsroom.items import commands as items
from masthead.newsroom.public import commands as public
from masthead.newsroom.register.commands import decide_on
from masthead.newsroom.remedies import commands as remedies
from masthead.newsroom.webhooks.events import LABELS, SUBSCRIBABLE, TOLD, Event
from masthead.newsroom.webhooks.following import follow
from masthead.newsroom.webhooks.models import Delivery, Follower
from masthead.vocabulary import SystemStatus


def told() -> list[tuple[str, dict[str, str]]]:
    """Each message that was made, in the order of the log."""
    bodies = Delivery.objects.order_by("place").values_list("body", flat=True)
    return [(said["type"], said["data"]) for said in map(json.loads, bodies)]


def test_the_way_of_an_item_is_told_in_order(telling):
    desk = telling.desk
    telling.add()
    version = ready(desk)
    item = version.item
    folder = desk.home / "public" / item.public_id
    public.publish(desk.author, version, folder)
    remedies.ask(item, "Who wrote this?", language="en")
    public.withdraw(desk.editor, item, "It was not so.", folder)
    assert follow() == 4
    (signed, asked_of), (published, out), (asked, question), (withdrawn, gone) = told()
    assert (signed, published, asked, withdrawn) == (
        "item.signed_off",
        "item.published",
        "question.asked",
        "item.withdrawn",
    )
    assert asked_of == {"item": item.public_id, "canonical_sha256": version.canonical_sha256}
    assert out["published_sha256"] == version.publication.content_sha256
    assert question.keys() == {"item", "question"}
    assert gone == {"item": item.public_id}


def test_a_message_says_when_it_happened_and_names_nobody(telling):
    desk = telling.desk
    telling.add()
    public.publish(desk.author, ready(desk, words="The mayor of Haarlem spoke."), desk.home / "out")
    follow()
    for body in Delivery.objects.values_list("body", flat=True):
        said = json.loads(body)
        assert said.keys() == {"type", "timestamp", "data"}
        assert datetime.fromisoformat(said["timestamp"]).utcoffset() is not None
        for secret in ("Ann", "Ed Editor", "River", "mayor", "Haarlem", str(desk.author.person_id)):
            assert secret not in body


def test_a_system_is_told_by_its_id(telling):
    desk = telling.desk
    telling.add(Event.SYSTEM_APPROVED, Event.SYSTEM_PAUSED)
    system = approved(desk, "Ink")
    decide_on(desk.editor, system, SystemStatus.PAUSED, reason="It made up a quotation.")
    follow()
    assert told() == [(event, {"system": str(system.id)}) for event in ("system.approved", "system.paused")]


def test_only_what_was_asked_for_is_told(telling):
    telling.add(Event.ITEM_WITHDRAWN)
    public.publish(telling.desk.author, ready(telling.desk), telling.desk.home / "out")
    assert follow() == 0


def test_what_happened_before_an_endpoint_was_made_is_not_told(telling):
    ready(telling.desk)
    telling.add()
    assert follow() == 0
    ready(telling.desk)
    assert follow() == 1


def test_a_protected_item_is_never_told_of(telling):
    desk = telling.desk
    telling.add()
    version = ready(desk)
    items.protect(desk.author, version.item, protected=True)
    assert follow() == 0
    assert Follower.objects.get().place == size()


def test_each_entry_is_told_once_however_often_and_by_however_many_it_is_read(telling):
    telling.add()
    telling.add()
    for _ in range(3):
        ready(telling.desk)
    made = at_once(*[follow] * 4)
    assert sum(made) == 6
    assert Delivery.objects.count() == 6
    assert follow() == 0


@pytest.mark.parametrize("sign", ["webhooks_delivery", "UPDATE"])
def test_a_crash_at_any_point_loses_none_and_doubles_none(telling, sign):
    telling.add()
    ready(telling.desk)

    class Crash(Exception):
        pass

    def crash(execute, sql, params, many, context):
        if sign in sql and "SELECT" not in sql[:6]:
            raise Crash
        return execute(sql, params, many, context)

    with connection.execute_wrapper(crash), pytest.raises(Crash):
        follow()
    assert follow() == 1
    assert Delivery.objects.count() == 1


def test_a_long_log_is_read_in_pieces(telling, monkeypatch):
    monkeypatch.setattr("masthead.newsroom.webhooks.following.AT_ONCE", 3)
    telling.add()
    for _ in range(2):
        ready(telling.desk)
    assert follow() == 2
    assert Follower.objects.get().place == size()


def test_the_table_says_only_what_its_kinds_have_and_nothing_that_names_someone():
    for kind, each in TOLD.items():
        assert set(each.fields) <= FIELDS[kind].opens.keys()
        for name in each.fields:
            assert FIELDS[kind].opens[name] is not Opens.NEVER or name in ("question", "item")
    assert {each.event for each in TOLD.values()} == set(SUBSCRIBABLE)
    assert LABELS.keys() == set(Event)
