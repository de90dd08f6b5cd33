"""Who may connect other software, and to where."""

import pytest
from django.db import IntegrityError, transaction

from masthead.errors import NotAllowed, NotFound, Refused
from masthead.exchange import AddressRefused, BadAddress
from masthead.newsroom.webhooks import commands, reading
from masthead.newsroom.webhooks.events import SUBSCRIBABLE, Event
from masthead.newsroom.webhooks.models import Delivery, Endpoint
from masthead.newsroom.webhooks.states import Off


def test_only_who_manages_connections_may_do_anything(telling):
    made = telling.add()
    delivery = commands.send_test(telling.desk.steward, made.endpoint)
    for actor in (telling.desk.author, telling.desk.editor):
        for call in (
            lambda by: commands.add_endpoint(by, telling.there.url("/hook"), SUBSCRIBABLE),
            lambda by: commands.change_endpoint(by, made.endpoint, events=[Event.ITEM_PUBLISHED]),
            lambda by: commands.rotate_secret(by, made.endpoint),
            lambda by: commands.turn(by, made.endpoint, on=False),
            lambda by: commands.send_test(by, made.endpoint),
            lambda by: commands.redeliver(by, delivery),
            lambda by: commands.remove_endpoint(by, made.endpoint),
        ):
            with pytest.raises(NotAllowed):
                call(actor)
    assert Delivery.objects.count() == Endpoint.objects.count() == 1


def test_an_endpoint_is_an_https_address_of_the_public_web(telling):
    made = telling.add()
    for url, error in {
        "": BadAddress,
        "herald.example": BadAddress,
        "http://herald.example/hook": BadAddress,
        "https://user:pw@herald.example/": BadAddress,
        "https://10.0.0.1/": AddressRefused,
        "https://[::1]/": AddressRefused,
        "https://herald.example:22/": AddressRefused,
        "https://2130706433/": AddressRefused,
    }.items():
        with pytest.raises(error):
            commands.add_endpoint(telling.desk.steward, url, SUBSCRIBABLE)
        with pytest.raises(error):
            commands.change_endpoint(telling.desk.steward, made.endpoint, url=url)


def test_an_endpoint_is_told_of_something(telling):
    for events in ((), (Event.TEST,)):
        with pytest.raises(Refused):
            commands.add_endpoint(telling.desk.steward, "https://herald.example/", events)


def test_there_are_not_more_than_some(telling, monkeypatch):
    monkeypatch.setattr(commands, "MOST", 1)
    telling.add()
    with pytest.raises(Refused):
        telling.add()


def test_an_endpoint_can_be_changed_looked_at_and_removed(telling):
    made = telling.add()
    changed = commands.change_endpoint(
        telling.desk.steward,
        made.endpoint,
        url=" https://Herald.example/hook ",
        events=[Event.ITEM_CORRECTED],
    )
    assert (changed.url, changed.events) == ("https://herald.example/hook", ["item.corrected"])
    assert reading.endpoints() == [changed]
    assert reading.endpoint(changed.pk).made_by_id == telling.desk.steward.person_id
    commands.remove_endpoint(telling.desk.steward, changed)
    for call in (
        lambda: reading.endpoint(changed.pk),
        lambda: reading.delivery(changed.pk),
        lambda: commands.send_test(telling.desk.steward, changed),
        lambda: commands.rotate_secret(telling.desk.steward, changed),
    ):
        with pytest.raises(NotFound):
            call()


def test_one_that_is_turned_off_takes_no_test_and_nothing_again(telling):
    made = telling.add()
    delivery = commands.send_test(telling.desk.steward, made.endpoint)
    off = commands.turn(telling.desk.steward, made.endpoint, on=False)
    assert (off.active, off.off) == (False, Off.BY_HAND)
    with pytest.raises(Refused):
        commands.send_test(telling.desk.steward, made.endpoint)
    with pytest.raises(Refused):
        commands.redeliver(telling.desk.steward, delivery)


def test_the_database_holds_no_endpoint_that_is_off_for_no_reason(telling):
    made = telling.add()
    with pytest.raises(IntegrityError), transaction.atomic():
        Endpoint.objects.filter(pk=made.endpoint.pk).update(active=False)
