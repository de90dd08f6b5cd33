"""How deliveries and endpoints stand, and when the next try is."""

from datetime import timedelta
from enum import StrEnum

from masthead.language import Message


class State(StrEnum):
    """How a delivery stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given up"


class Off(StrEnum):
    """Why an endpoint is told nothing."""

    BY_HAND = "by hand"
    FAILING = "failing"
    GONE = "gone"


LABELS = {
    State.WAITING: Message("waiting"),
    State.DELIVERED: Message("delivered"),
    State.GIVEN_UP: Message("given up"),
    Off.BY_HAND: Message("turned off here"),
    Off.FAILING: Message("turned off after it failed for days"),
    Off.GONE: Message("turned off because it answered that it is gone"),
}

DELAYS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""From each failed try to the next (Standard Webhooks 1.0.0, "Deliverability and reliability"); then none."""

FAILING = timedelta(days=5)
"""How long an endpoint may fail without a single success before it is turned off."""

OVERLAP = timedelta(hours=24)
"""How long messages are signed with the secret before the last as well."""

KEPT = timedelta(days=30)
"""How long the log of deliveries goes back."""


def rest(failing: timedelta) -> timedelta:
    """How long an endpoint is left alone that has been failing for so long: a tenth of it, 5 s to 10 min.

    So a server that is down costs one waiting connection now and then, not one for each message.
    """
    return min(max(failing / 10, timedelta(seconds=5)), timedelta(minutes=10))
