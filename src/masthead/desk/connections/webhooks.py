"""Webhooks: which addresses are told what happens, and how it went."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from masthead.desk.connections.forms import Webhook
from masthead.desk.doing import did, done, posted
from masthead.errors import NotAllowed, NotFound, Refused
from masthead.language import Message
from masthead.newsroom.accounts.access import needs, someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.webhooks import commands, reading
from masthead.newsroom.webhooks.events import LABELS, Event
from masthead.newsroom.webhooks.models import Delivery
from masthead.newsroom.webhooks.states import LABELS as STATES
from masthead.newsroom.webhooks.states import Off, State

PAGE = {"here": "settings"}
EACH = 25


@needs(Action.MANAGE_CONNECTIONS)
@never_cache
def new_webhook(request: HttpRequest) -> HttpResponse:
    """Add an address; its secret is shown this once."""
    form = Webhook(posted(request))
    if form.is_valid():
        said, actor = form.cleaned_data, someone(request).actor
        events = [Event(event) for event in said["events"]]
        made = done(form, lambda: commands.add_endpoint(actor, said["url"], events))
        if made is not None:
            return render(request, "desk/connections/secret.html", {**PAGE, "made": made})
    return render(request, "desk/connections/new_webhook.html", {**PAGE, "form": form})


@needs(Action.MANAGE_CONNECTIONS)
def webhook(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One address: what it is told, and its deliveries."""
    endpoint = reading.endpoint(pk)
    said = request.GET.get("from", "0")
    start = min(int(said), 10**6) if said.isascii() and said.isdecimal() else 0
    found = reading.deliveries(endpoint, start=start, limit=EACH + 1)
    page = {
        **PAGE,
        "endpoint": endpoint,
        "events": [LABELS[Event(event)] for event in endpoint.events],
        "off": STATES[Off(endpoint.off)] if endpoint.off else "",
        "deliveries": [_line(each) for each in found[:EACH]],
        "newer": max(0, start - EACH) if start else None,
        "older": start + EACH if len(found) > EACH else None,
    }
    return render(request, "desk/connections/webhook.html", page)


@needs(Action.MANAGE_CONNECTIONS)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change where and of what it is told."""
    endpoint = reading.endpoint(pk)
    form = Webhook(posted(request), initial={"url": endpoint.url, "events": endpoint.events})
    if form.is_valid():
        said, actor = form.cleaned_data, someone(request).actor
        events = [Event(event) for event in said["events"]]
        if did(form, lambda: commands.change_endpoint(actor, endpoint, url=said["url"], events=events)):
            messages.success(request, str(Message("Changed.")))
            return redirect("desk:webhook", pk=pk)
    return render(
        request, "desk/connections/change_webhook.html", {**PAGE, "form": form, "endpoint": endpoint}
    )


@needs(Action.MANAGE_CONNECTIONS)
@never_cache
def new_secret(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask once, then give a new secret and show it this once."""
    endpoint = reading.endpoint(pk)
    if request.method == "POST":
        made = commands.rotate_secret(someone(request).actor, endpoint)
        return render(request, "desk/connections/secret.html", {**PAGE, "made": made, "rotated": True})
    return render(request, "desk/connections/new_secret.html", {**PAGE, "endpoint": endpoint})


@needs(Action.MANAGE_CONNECTIONS)
@require_POST
def test(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a test."""
    try:
        commands.send_test(someone(request).actor, reading.endpoint(pk))
    except (NotAllowed, NotFound):
        raise
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, str(Message("A test is on its way. Load this page again to see how it went."))
        )
    return redirect("desk:webhook", pk=pk)


@needs(Action.MANAGE_CONNECTIONS)
@require_POST
def turn(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Turn it on or off."""
    on = request.POST.get("on") == "yes"
    commands.turn(someone(request).actor, reading.endpoint(pk), on=on)
    said = Message("It is told from now on.") if on else Message("It is told nothing from now on.")
    messages.success(request, str(said))
    return redirect("desk:webhook", pk=pk)


@needs(Action.MANAGE_CONNECTIONS)
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask once, then remove it."""
    endpoint = reading.endpoint(pk)
    if request.method == "POST":
        commands.remove_endpoint(someone(request).actor, endpoint)
        messages.success(request, str(Message("The webhook is removed.")))
        return redirect("desk:connections")
    return render(request, "desk/connections/remove_webhook.html", {**PAGE, "endpoint": endpoint})


@needs(Action.MANAGE_CONNECTIONS)
@require_POST
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a delivery again."""
    delivery = reading.delivery(pk)
    try:
        commands.redeliver(someone(request).actor, delivery)
    except (NotAllowed, NotFound):
        raise
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, str(Message("It is on its way again.")))
    return redirect("desk:webhook", pk=delivery.endpoint_id)


def _line(each: Delivery) -> dict[str, object]:
    return {
        "delivery": each,
        "event": LABELS[Event(each.event)],
        "state": STATES[State(each.state)],
        "tone": {State.DELIVERED: "clear", State.GIVEN_UP: "stop"}.get(State(each.state), "mind"),
        "tries": [(one.tried_at, one.status, one.said) for one in each.attempts.all()],
    }
