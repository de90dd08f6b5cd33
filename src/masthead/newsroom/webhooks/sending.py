"""Send what is due to one endpoint, and put down how each try went."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction

from masthead.errors import MastheadError
from masthead.exchange import send
from masthead.language import Message
from masthead.newsroom.outside import allowed
from masthead.newsroom.webhooks.following import untellable
from masthead.newsroom.webhooks.models import Delivery, Endpoint, Try
from masthead.newsroom.webhooks.sealing import headers
from masthead.newsroom.webhooks.states import DELAYS, FAILING, Off, State, rest

AT_ONCE = 20
"""Messages that are sent to one endpoint before another has its turn."""
GONE = 410


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one try went: a status, or what went wrong before there was one."""

    status: int | None = None
    trouble: Message | None = None
    retry_after: int = 0

    @property
    def delivered(self) -> bool:
        """Whether the other side has it: any status from 200 to 299."""
        return self.status is not None and 200 <= self.status < 300


def due(now: datetime) -> list[UUID]:
    """The endpoints to which something is to be sent now."""
    rested = Endpoint.objects.filter(active=True).exclude(rests_until__gt=now)
    waiting = Delivery.objects.filter(endpoint__in=rested, state=State.WAITING, next_at__lte=now)
    return list(waiting.order_by().values_list("endpoint", flat=True).distinct())


def send_due(endpoint_id: UUID) -> int:
    """Send what is due to an endpoint, oldest first, until one fails; gives how many were tried.

    Killed between sending and the note of it, the same message is sent again with the same id: who receives
    it knows it by that.
    """
    tried = 0
    for _ in range(AT_ONCE):
        now = datetime.now(UTC)
        if endpoint_id not in due(now):
            break
        waiting = Delivery.objects.filter(endpoint=endpoint_id, state=State.WAITING, next_at__lte=now)
        delivery = waiting.order_by("place", "made_at").first()
        if delivery is None or not _one(delivery, now):
            break
        tried += 1
    return tried


def _one(delivery: Delivery, now: datetime) -> bool:
    """Try one delivery; gives whether to go on with the next."""
    if untellable(delivery):
        Delivery.objects.filter(pk=delivery.pk).update(state=State.GIVEN_UP)
        return True
    outcome = _try(delivery, now)
    with transaction.atomic():
        endpoint = Endpoint.objects.select_for_update().filter(pk=delivery.endpoint_id).first()
        if endpoint is None:  # removed meanwhile
            return False
        Try.objects.create(
            delivery=delivery,
            tried_at=now,
            status=outcome.status,
            trouble=outcome.trouble.to_json() if outcome.trouble else None,
        )
        _note(delivery, outcome, now)
        _judge(endpoint, outcome, now)
    return outcome.delivered


def _try(delivery: Delivery, now: datetime) -> Outcome:
    endpoint = delivery.endpoint
    try:
        signed = headers(endpoint, delivery, now)
        sent = send(endpoint.url, delivery.body.encode(), signed, allow=allowed())
    except MastheadError as error:
        return Outcome(trouble=error.what)
    return Outcome(sent.status, retry_after=sent.retry_after or 0)


def _note(delivery: Delivery, outcome: Outcome, now: datetime) -> None:
    """Put down how a delivery stands, unless it was sent again by hand meanwhile."""
    tries = delivery.tries + 1
    same = Delivery.objects.filter(pk=delivery.pk, tries=delivery.tries, state=State.WAITING)
    if outcome.delivered:
        same.update(state=State.DELIVERED, tries=tries)
    elif tries > len(DELAYS):
        same.update(state=State.GIVEN_UP, tries=tries)
    else:
        # Up to a tenth later, by chance, so that many that failed together do not come back together.
        delay = DELAYS[tries - 1] * random.uniform(1.0, 1.1)  # noqa: S311 - no secret
        same.update(tries=tries, next_at=now + max(delay, _asked(outcome)))


def _judge(endpoint: Endpoint, outcome: Outcome, now: datetime) -> None:
    """Put down how an endpoint stands: well, resting, or turned off."""
    if outcome.delivered:
        endpoint.failing_since = endpoint.rests_until = None
    else:
        endpoint.failing_since = endpoint.failing_since or now
        failing = now - endpoint.failing_since
        endpoint.rests_until = now + max(rest(failing), _asked(outcome))
        if outcome.status == GONE or failing > FAILING:
            turn_off(endpoint, Off.GONE if outcome.status == GONE else Off.FAILING)
    endpoint.save(update_fields=["failing_since", "rests_until", "active", "off"])


def turn_off(endpoint: Endpoint, why: Off) -> None:
    """Tell an endpoint nothing more, and give up what waits for it. The caller saves it."""
    if endpoint.active:
        endpoint.active, endpoint.off = False, why
    endpoint.deliveries.filter(state=State.WAITING).update(state=State.GIVEN_UP)


def _asked(outcome: Outcome) -> timedelta:
    """How long the other side asks us to wait, at most a day."""
    return timedelta(seconds=min(outcome.retry_after, 86_400))
