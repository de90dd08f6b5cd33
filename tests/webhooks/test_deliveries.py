"""A message arrives signed, is tried again where it does not, and stays the same."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from tests.exchange.sites import says
from tests.newsroom.desk import ready

from masthead.newsroom import jobs
from masthead.newsroom.items import commands as items
from masthead.newsroom.jobs.claiming import Watch
from masthead.newsroom.jobs.models import Ticket
from masthead.newsroom.webhooks import commands, reading
from masthead.newsroom.webhooks.events import Event
from masthead.newsroom.webhooks.jobs import forget, look
from masthead.newsroom.webhooks.models import Delivery, Endpoint, Try
from masthead.newsroom.webhooks.states import DELAYS, FAILING, Off, State, rest


def tell() -> int:
    """What a worker does in one round."""
    look()
    return jobs.work_off()


def let_pass(time: timedelta) -> None:
    """Let time pass for what waits."""
    for delivery in Delivery.objects.filter(state=State.WAITING):
        Delivery.objects.filter(pk=delivery.pk).update(next_at=delivery.next_at - time)
    for endpoint in Endpoint.objects.all():
        times = {
            name: getattr(endpoint, name) and getattr(endpoint, name) - time
            for name in ("failing_since", "rests_until", "previous_until")
        }
        Endpoint.objects.filter(pk=endpoint.pk).update(**times)


def test_a_message_arrives_and_its_signature_holds(telling):
    made = telling.add()
    ready(telling.desk)
    tell()
    [asked] = telling.there.asked
    assert asked.line == "POST /hook HTTP/1.1"
    said = Webhook(made.secret).verify(asked.body, dict(asked.headers))
    assert said["type"] == "item.signed_off"
    delivery = Delivery.objects.get()
    assert asked.headers["webhook-id"] == delivery.message_id
    assert asked.headers["content-type"] == "application/json"
    assert delivery.state == State.DELIVERED
    assert [each.status for each in delivery.attempts.all()] == [204]
    with pytest.raises(WebhookVerificationError):
        Webhook(made.secret).verify(asked.body.replace(b"signed", b"Signed"), dict(asked.headers))


def test_after_a_rotation_both_secrets_hold_for_a_day(telling):
    old = telling.add()
    new = commands.rotate_secret(telling.desk.steward, old.endpoint)
    assert new.secret != old.secret
    commands.send_test(telling.desk.steward, old.endpoint)
    tell()
    let_pass(timedelta(hours=25))
    commands.send_test(telling.desk.steward, old.endpoint)
    tell()
    overlap, after = telling.there.asked
    for secret in (old.secret, new.secret):
        Webhook(secret).verify(overlap.body, dict(overlap.headers))
    Webhook(new.secret).verify(after.body, dict(after.headers))
    with pytest.raises(WebhookVerificationError):
        Webhook(old.secret).verify(after.body, dict(after.headers))


def test_secrets_stand_nowhere_in_the_database(telling):
    made = telling.add()
    row = Endpoint.objects.values().get()
    assert made.secret.removeprefix("whsec_") not in str(row)
    assert made.secret.encode() not in bytes(row["secret"])
    key = telling.desk.home / "keys" / "webhooks.key"
    assert key.stat().st_mode & 0o777 == 0o600
    key.write_bytes(bytes(32))
    commands.send_test(telling.desk.steward, made.endpoint)
    tell()
    assert "webhooks.key" not in telling.there.asked
    assert "key that seals" in str(Try.objects.get().said)


def test_what_fails_is_tried_on_the_schedule_with_the_same_id_and_body_and_then_given_up(telling):
    telling.add()
    telling.there.answers["/hook"] = says(b"", "500 X")
    ready(telling.desk)
    for number, delay in enumerate(DELAYS, start=1):
        tell()
        delivery = Delivery.objects.get()
        assert (delivery.tries, delivery.state) == (number, State.WAITING)
        assert delay <= delivery.next_at - delivery.attempts.last().tried_at <= delay * 1.1
        look()
        assert jobs.work_off() == 0
        # Time for the endpoint stands still here: how long it may fail is another test's.
        Delivery.objects.update(next_at=datetime.now(UTC))
        Endpoint.objects.update(rests_until=None)
    tell()
    assert Delivery.objects.get().state == State.GIVEN_UP
    assert len(telling.there.asked) == len(DELAYS) + 1
    assert len({(asked.headers["webhook-id"], asked.body) for asked in telling.there.asked}) == 1


def test_one_that_recovers_gets_what_it_missed_in_order(telling):
    telling.add()
    telling.there.answers["/hook"] = says(b"", "503 X")
    versions = [ready(telling.desk) for _ in range(3)]
    tell()
    assert len(telling.there.asked) == 1  # a server that is down is not asked for each message
    telling.there.answers["/hook"] = says(b"", "200 OK")
    let_pass(timedelta(minutes=6))
    tell()
    items_told = [json.loads(asked.body)["data"]["item"] for asked in telling.there.asked[1:]]
    assert items_told == [version.item.public_id for version in versions]
    assert Endpoint.objects.get().failing_since is None


def test_a_server_that_asks_for_time_gets_it(telling):
    telling.add()
    telling.there.answers["/hook"] = says(b"", "429 X", Retry_After="3600")
    ready(telling.desk)
    tell()
    delivery, endpoint = Delivery.objects.get(), Endpoint.objects.get()
    tried_at = delivery.attempts.get().tried_at
    assert delivery.next_at == endpoint.rests_until == tried_at + timedelta(hours=1)


@pytest.mark.parametrize("answer", [says(b"", "302 X", Location="/other"), says(b"", "404 X")])
def test_anything_but_200_to_299_is_a_failure(telling, answer):
    telling.add()
    telling.there.answers["/hook"] = answer
    telling.there.answers["/other"] = says(b"")
    ready(telling.desk)
    tell()
    assert Delivery.objects.get().state == State.WAITING
    assert len(telling.there.asked) == 1


def test_one_that_says_it_is_gone_is_told_nothing_more(telling):
    telling.add()
    telling.there.answers["/hook"] = says(b"", "410 Gone")
    ready(telling.desk)
    ready(telling.desk)
    tell()
    endpoint = Endpoint.objects.get()
    assert (endpoint.active, endpoint.off) == (False, Off.GONE)
    assert {each.state for each in Delivery.objects.all()} == {State.GIVEN_UP}
    ready(telling.desk)
    assert tell() == 0


def test_one_that_fails_for_days_is_turned_off(telling):
    telling.add()
    telling.there.answers["/hook"] = says(b"", "500 X")
    ready(telling.desk)
    tell()
    let_pass(FAILING)
    tell()
    assert Endpoint.objects.get().off == Off.FAILING


def test_one_that_is_turned_on_again_is_told_of_what_comes(telling):
    made = telling.add()
    commands.turn(telling.desk.steward, made.endpoint, on=False)
    ready(telling.desk)
    tell()
    commands.turn(telling.desk.steward, made.endpoint, on=True)
    ready(telling.desk)
    tell()
    assert len(telling.there.asked) == 1


def test_no_private_address_is_told_even_if_it_was_allowed_when_it_was_added(telling, monkeypatch):
    from dataclasses import replace

    from django.conf import settings

    telling.add()
    monkeypatch.setattr(settings, "MASTHEAD", replace(settings.MASTHEAD, own_network=(), own_ports=()))
    ready(telling.desk)
    tell()
    assert telling.there.asked == []
    assert "public internet" in str(Try.objects.get().said)


def test_an_item_that_becomes_protected_before_it_is_sent_is_not_told_of(telling):
    telling.add()
    version = ready(telling.desk)
    look()
    items.protect(telling.desk.author, version.item, protected=True)
    assert jobs.work_off() == 1
    assert telling.there.asked == []
    assert Delivery.objects.get().state == State.GIVEN_UP


def test_a_delivery_is_sent_again_by_hand_with_its_id(telling):
    telling.add()
    ready(telling.desk)
    tell()
    commands.redeliver(telling.desk.steward, Delivery.objects.get())
    tell()
    first, second = telling.there.asked
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    delivery = reading.delivery(Delivery.objects.get().pk)
    assert [each.status for each in delivery.attempts.all()] == [204, 204]


def test_a_test_is_told_to_one_that_subscribed_to_nothing_of_the_kind(telling):
    made = telling.add(Event.ITEM_WITHDRAWN)
    delivery = commands.send_test(telling.desk.steward, made.endpoint)
    tell()
    [asked] = telling.there.asked
    assert json.loads(asked.body)["type"] == "endpoint.test"
    assert reading.deliveries(made.endpoint, state=State.DELIVERED) == [delivery]


def test_an_endpoint_that_is_removed_while_it_is_told_leaves_nothing_behind(telling):
    made = telling.add()
    began, go = threading.Event(), threading.Event()

    def slowly(line, asked):
        began.set()
        go.wait(60)
        says(b"")(line, asked)

    telling.there.answers["/hook"] = slowly
    ready(telling.desk)
    look()

    def remove() -> None:
        began.wait(60)
        commands.remove_endpoint(telling.desk.steward, made.endpoint)
        go.set()

    from tests.newsroom.at_once import at_once

    assert at_once(jobs.work_off, remove) == [1, None]
    assert not Delivery.objects.exists()
    assert not jobs.dead()


def test_a_worker_tells_without_being_asked(telling):
    telling.add()
    ready(telling.desk)
    stop, arrived = threading.Event(), threading.Event()

    def take(line, asked):
        arrived.set()
        says(b"")(line, asked)

    telling.there.answers["/hook"] = take
    thread = threading.Thread(target=jobs.work, args=(stop,))
    thread.start()
    assert arrived.wait(60)
    stop.set()
    thread.join()
    assert Delivery.objects.get().state == State.DELIVERED


def test_a_crash_before_a_try_is_put_down_sends_the_same_message_again(telling):
    telling.add()
    ready(telling.desk)

    def crash(execute, sql, params, many, context):
        if sql.startswith("INSERT") and "webhooks_try" in sql:
            raise SystemExit
        return execute(sql, params, many, context)

    look()
    with connection.execute_wrapper(crash), pytest.raises(SystemExit):
        jobs.work_off()
    jobs.reap(Watch(lease=0.0))
    Ticket.objects.update(due_at=datetime.now(UTC))
    jobs.work_off()
    first, second = telling.there.asked
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert Delivery.objects.get().state == State.DELIVERED


def test_old_deliveries_are_let_go(telling):
    telling.add()
    ready(telling.desk)
    ready(telling.desk)
    tell()
    old = Delivery.objects.first()
    Delivery.objects.filter(pk=old.pk).update(made_at=old.made_at - timedelta(days=31))
    forget()
    assert Delivery.objects.count() == 1


def test_one_that_is_down_rests_longer_the_longer_it_is(telling):
    rests = [rest(timedelta(seconds=each)) for each in (0, 60, 600, 86_400)]
    assert [each.total_seconds() for each in rests] == [5, 6, 60, 600]
