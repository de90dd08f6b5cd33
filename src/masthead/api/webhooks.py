"""Webhooks: the addresses of other software that are told what happens (Standard Webhooks).

None of it takes an idempotency key: an answer that shows a secret is kept nowhere.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Query

from masthead.api.bearer import caller_of
from masthead.api.giving.webhooks import DeliveriesOut, DeliveryOut, WebhookOut, WebhookSecretOut, WebhooksOut
from masthead.api.operation import Answer, operation
from masthead.api.showing import time_json
from masthead.api.taking import WebhookChangeIn, WebhookIn
from masthead.newsroom.connections.scopes import Scope
from masthead.newsroom.webhooks import commands, reading
from masthead.newsroom.webhooks.commands import Made
from masthead.newsroom.webhooks.models import Delivery, Endpoint
from masthead.newsroom.webhooks.states import State

router = Router(tags=["Webhooks"])
ALL = Scope.WEBHOOKS
ONE = "/webhooks/{webhook_id}"


@operation(router, "GET", "/webhooks", ALL, {200: WebhooksOut}, summary="List the webhooks")
def list_webhooks(request: HttpRequest) -> Answer:
    """Every address that is told, and of what. Secrets are shown only when they are made."""
    return Answer({"webhooks": [_webhook(each) for each in reading.endpoints()]})


@operation(
    router,
    "POST",
    "/webhooks",
    ALL,
    {201: WebhookSecretOut},
    summary="Add a webhook",
    problems=(404, 409),
)
def add_webhook(request: HttpRequest, body: WebhookIn) -> Answer:
    """Its `secret` is shown this once. Send it a test to see that it arrives."""
    return _made(commands.add_endpoint(caller_of(request).actor, body.url, body.events))


@operation(router, "GET", ONE, ALL, {200: WebhookOut}, summary="Read a webhook", problems=(404,))
def read_webhook(request: HttpRequest, webhook_id: UUID) -> Answer:
    """One address that is told, and how it stands."""
    return Answer(_webhook(reading.endpoint(webhook_id)))


@operation(router, "PUT", ONE, ALL, {200: WebhookOut}, summary="Change a webhook", problems=(404, 409))
def change_webhook(request: HttpRequest, webhook_id: UUID, body: WebhookChangeIn) -> Answer:
    """Its address, its events, whether it is told; what is left out stays."""
    actor, endpoint = caller_of(request).actor, reading.endpoint(webhook_id)
    commands.change_endpoint(actor, endpoint, url=body.url, events=body.events)
    if body.active is not None:
        commands.turn(actor, endpoint, on=body.active)
    return Answer(_webhook(reading.endpoint(webhook_id)))


@operation(router, "DELETE", ONE, ALL, {204: None}, summary="Remove a webhook", problems=(404,))
def remove_webhook(request: HttpRequest, webhook_id: UUID) -> Answer:
    """With its secret and its deliveries."""
    commands.remove_endpoint(caller_of(request).actor, reading.endpoint(webhook_id))
    return Answer(None, 204)


@operation(
    router,
    "POST",
    f"{ONE}/secret",
    ALL,
    {201: WebhookSecretOut},
    summary="Give a webhook a new secret",
    problems=(404,),
)
def rotate_webhook_secret(request: HttpRequest, webhook_id: UUID) -> Answer:
    """For 24 hours messages are signed with the old one too."""
    return _made(commands.rotate_secret(caller_of(request).actor, reading.endpoint(webhook_id)))


@operation(
    router,
    "POST",
    f"{ONE}/test",
    ALL,
    {201: DeliveryOut},
    summary="Send a webhook a test",
    problems=(404, 409),
)
def test_webhook(request: HttpRequest, webhook_id: UUID) -> Answer:
    """Soon; its delivery tells how it went."""
    made = commands.send_test(caller_of(request).actor, reading.endpoint(webhook_id))
    return Answer(_delivery(reading.delivery(made.pk)), 201)


@operation(
    router,
    "GET",
    f"{ONE}/deliveries",
    ALL,
    {200: DeliveriesOut},
    summary="List the deliveries of a webhook",
    problems=(404,),
)
def list_deliveries(
    request: HttpRequest,
    webhook_id: UUID,
    state: State | None = None,
    start: int = Query(0, ge=0, le=1_000_000),
    limit: int = Query(50, ge=1, le=100),
) -> Answer:
    """Those of the last 30 days, the newest first, each with its tries."""
    found = reading.deliveries(reading.endpoint(webhook_id), state=state, start=start, limit=limit)
    return Answer({"deliveries": [_delivery(each) for each in found]})


@operation(
    router,
    "POST",
    "/deliveries/{delivery_id}/again",
    ALL,
    {201: DeliveryOut},
    summary="Send a delivery again",
    problems=(404, 409),
)
def redeliver(request: HttpRequest, delivery_id: UUID) -> Answer:
    """Under the same `webhook-id`, so that what was received already can be told."""
    again = commands.redeliver(caller_of(request).actor, reading.delivery(delivery_id))
    return Answer(_delivery(reading.delivery(again.pk)), 201)


def _made(made: Made) -> Answer:
    return Answer({**_webhook(made.endpoint), "secret": made.secret}, 201)


def _webhook(endpoint: Endpoint) -> dict[str, Any]:
    """An address that is told, without its secret."""
    failing = endpoint.failing_since
    return {
        "id": str(endpoint.pk),
        "url": endpoint.url,
        "events": list(endpoint.events),
        "active": endpoint.active,
        "off": endpoint.off or None,
        "made_at": time_json(endpoint.made_at),
        "failing_since": time_json(failing) if failing else None,
    }


def _delivery(delivery: Delivery) -> dict[str, Any]:
    """One message and its tries."""
    return {
        "id": str(delivery.pk),
        "webhook": str(delivery.endpoint_id),
        "message": delivery.message_id,
        "event": delivery.event,
        "item": delivery.item or None,
        "state": delivery.state,
        "made_at": time_json(delivery.made_at),
        "next_at": time_json(delivery.next_at) if delivery.state == State.WAITING else None,
        "tries": [
            {
                "at": time_json(each.tried_at),
                "status": each.status,
                "trouble": str(each.said) if each.said else None,
            }
            for each in delivery.attempts.all()
        ],
    }
