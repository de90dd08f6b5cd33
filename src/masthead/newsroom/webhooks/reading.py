"""How webhooks stand, for pages and the API. The caller has asked for `Action.MANAGE_CONNECTIONS`."""

from collections.abc import Sequence
from uuid import UUID

from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.webhooks.models import Delivery, Endpoint
from masthead.newsroom.webhooks.states import State


def endpoints() -> list[Endpoint]:
    """All endpoints, oldest first, each with its `made_by`. Their secrets are sealed: never show a column."""
    return list(Endpoint.objects.select_related("made_by"))


def endpoint(pk: UUID) -> Endpoint:
    """One endpoint, with its `made_by`; `NotFound` where there is none."""
    found = Endpoint.objects.select_related("made_by").filter(pk=pk).first()
    if found is None:
        raise NotFound(Message("There is no such webhook."), Message("Look at the list of webhooks again."))
    return found


def deliveries(
    of: Endpoint, *, state: State | None = None, start: int = 0, limit: int = 50
) -> Sequence[Delivery]:
    """The deliveries of an endpoint, newest first, from the `start`-th; each with `attempts` at hand."""
    found = Delivery.objects.filter(endpoint=of).prefetch_related("attempts")
    if state is not None:
        found = found.filter(state=state)
    return list(found[start : start + limit])


def delivery(pk: UUID) -> Delivery:
    """One delivery with its `endpoint` and `attempts`; `NotFound` where there is none (any more)."""
    found = Delivery.objects.select_related("endpoint").prefetch_related("attempts").filter(pk=pk).first()
    if found is None:
        raise NotFound(
            Message("There is no such delivery."), Message("Look at the list again: old ones are let go.")
        )
    return found
