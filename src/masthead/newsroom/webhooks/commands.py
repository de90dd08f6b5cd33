"""What a person does about webhooks. Each asks for `Action.MANAGE_CONNECTIONS`; none touches the record."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from django.db import transaction

from masthead.errors import NotFound, Refused
from masthead.exchange import checked
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.outside import allowed
from masthead.newsroom.webhooks.events import SUBSCRIBABLE, Event
from masthead.newsroom.webhooks.following import body, untellable
from masthead.newsroom.webhooks.models import Delivery, Endpoint
from masthead.newsroom.webhooks.sealing import new_secret, sealed
from masthead.newsroom.webhooks.sending import turn_off
from masthead.newsroom.webhooks.states import OVERLAP, Off, State

MOST = 20
"""Endpoints that one organisation may have."""


@dataclass(frozen=True, slots=True)
class Made:
    """An endpoint with a new secret (`whsec_…`), to be shown now and never again."""

    endpoint: Endpoint
    secret: str


def add_endpoint(actor: Actor, url: str, events: Collection[Event]) -> Made:
    """Tell the software at `url` of `events` from now on.

    Raises `BadAddress` for what is no https address (http only on the organisation's own network),
    `AddressRefused` for a private one, `Refused` without events or beyond `MOST` endpoints, `NotAllowed`.
    The address is not tried: send a test.
    """
    now = _allowed(actor)
    kept = checked(url.strip(), allowed(), encrypted=True)
    chosen = _chosen(events)
    secret, pk = new_secret(), uuid4()
    with transaction.atomic():
        if Endpoint.objects.count() >= MOST:
            raise Refused(
                Message("There are %(most)s webhooks, as many as there may be.", {"most": MOST}),
                Message("Remove one that is no longer needed."),
            )
        endpoint = Endpoint.objects.create(
            id=pk,
            url=kept,
            events=chosen,
            secret=sealed(secret, pk),
            made_by_id=actor.person_id,
            made_at=now,
            from_place=LogHead.objects.values_list("size", flat=True).first() or 0,
        )
    return Made(endpoint, secret)


def change_endpoint(
    actor: Actor, endpoint: Endpoint, *, url: str | None = None, events: Collection[Event] | None = None
) -> Endpoint:
    """Change where and of what an endpoint is told; what is left out stays. Raises as `add_endpoint`."""
    _allowed(actor)
    with transaction.atomic():
        endpoint = _locked(endpoint.pk)
        if url is not None:
            endpoint.url = checked(url.strip(), allowed(), encrypted=True)
        if events is not None:
            endpoint.events = _chosen(events)
        endpoint.save(update_fields=["url", "events"])
    return endpoint


def rotate_secret(actor: Actor, endpoint: Endpoint) -> Made:
    """Give an endpoint a new secret. For 24 hours messages are signed with the old one too."""
    now = _allowed(actor)
    secret = new_secret()
    with transaction.atomic():
        endpoint = _locked(endpoint.pk)
        endpoint.previous, endpoint.previous_until = endpoint.secret, now + OVERLAP
        endpoint.secret = sealed(secret, endpoint.id)
        endpoint.save(update_fields=["secret", "previous", "previous_until"])
    return Made(endpoint, secret)


def turn(actor: Actor, endpoint: Endpoint, *, on: bool) -> Endpoint:
    """Turn an endpoint on or off. Off, what waits is given up; on, it is told of what happens from now on.

    What was given up stays in the list of deliveries and can be sent again by hand.
    """
    _allowed(actor)
    with transaction.atomic():
        endpoint = _locked(endpoint.pk)
        if not on:
            turn_off(endpoint, Off.BY_HAND)
        elif not endpoint.active:
            endpoint.active, endpoint.off = True, ""
            endpoint.failing_since = endpoint.rests_until = None
            endpoint.from_place = LogHead.objects.values_list("size", flat=True).first() or 0
        endpoint.save(update_fields=["active", "off", "failing_since", "rests_until", "from_place"])
    return endpoint


def remove_endpoint(actor: Actor, endpoint: Endpoint) -> None:
    """Remove an endpoint with its secret and its deliveries."""
    _allowed(actor)
    with transaction.atomic():
        _locked(endpoint.pk).delete()


def send_test(actor: Actor, endpoint: Endpoint) -> Delivery:
    """Send an endpoint a test, soon; its delivery tells how it went. `Refused` where it is turned off."""
    now = _allowed(actor)
    with transaction.atomic():
        endpoint = _active(_locked(endpoint.pk))
        return Delivery.objects.create(
            endpoint=endpoint,
            event=Event.TEST,
            body=body(Event.TEST, now, {"endpoint": str(endpoint.id)}),
            next_at=now,
            made_at=now,
        )


def redeliver(actor: Actor, delivery: Delivery) -> Delivery:
    """Send a delivery again, soon, with the same id and all its tries; whether or not it arrived before.

    Raises `NotFound` for one that is not there (any more), `Refused` where the endpoint is turned off or the
    item has become protected.
    """
    now = _allowed(actor)
    with transaction.atomic():
        found = Delivery.objects.select_for_update().filter(pk=delivery.pk).first()
        if found is None:
            raise NotFound(
                Message("There is no such delivery."), Message("Look at the list again: old ones are let go.")
            )
        endpoint = _active(_locked(found.endpoint_id))
        if untellable(found):
            raise Refused(
                Message("Nothing is told of this item."), Message("It is protected; leave it as it is.")
            )
        found.state, found.tries, found.next_at = State.WAITING, 0, now
        found.save(update_fields=["state", "tries", "next_at"])
        Endpoint.objects.filter(pk=endpoint.pk).update(rests_until=None)
    return found


def _allowed(actor: Actor) -> datetime:
    now = datetime.now(UTC)
    require(actor, Action.MANAGE_CONNECTIONS, now=now)
    return now


def _chosen(events: Collection[Event]) -> list[str]:
    chosen = [event.value for event in SUBSCRIBABLE if event in events]
    if not chosen:
        raise Refused(Message("A webhook is told of something."), Message("Choose at least one event."))
    return chosen


def _locked(pk: UUID) -> Endpoint:
    found = Endpoint.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise NotFound(Message("There is no such webhook."), Message("Look at the list of webhooks again."))
    return found


def _active(endpoint: Endpoint) -> Endpoint:
    if not endpoint.active:
        raise Refused(Message("This webhook is turned off."), Message("Turn it on first."))
    return endpoint
