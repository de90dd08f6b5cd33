"""What the API gives of webhooks and what was sent to them."""

from ninja import Schema

from masthead.newsroom.webhooks.events import Event
from masthead.newsroom.webhooks.states import State


class WebhookOut(Schema):
    """An address that is told; `off` says why it is not."""

    id: str
    url: str
    events: list[Event]
    active: bool
    off: str | None
    made_at: str
    failing_since: str | None


class WebhookSecretOut(WebhookOut):
    """A webhook with its new secret, shown this once."""

    secret: str


class WebhooksOut(Schema):
    """Every webhook, the oldest first."""

    webhooks: list[WebhookOut]


class TryOut(Schema):
    """One try: the status that came back, or what went wrong instead."""

    at: str
    status: int | None
    trouble: str | None


class DeliveryOut(Schema):
    """One message to one webhook; `message` is its `webhook-id`."""

    id: str
    webhook: str
    message: str
    event: Event
    item: str | None
    state: State
    made_at: str
    next_at: str | None
    tries: list[TryOut]


class DeliveriesOut(Schema):
    """Deliveries, the newest first."""

    deliveries: list[DeliveryOut]
