"""Tokens: made by who manages connections, taken by the person they act for, revoked by either."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from masthead import clock
from masthead.desk.connections.forms import NewToken
from masthead.desk.doing import done, posted
from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.accounts.access import Someone, needs, signed_in, someone
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.connections import tokens
from masthead.newsroom.connections.models import Token
from masthead.newsroom.connections.scopes import SAID, Scope
from masthead.newsroom.connections.tokens import STANDINGS, Standing, lets, standing
from masthead.newsroom.webhooks import reading

PAGE = {"here": "settings"}


@needs(Action.MANAGE_CONNECTIONS)
def connections(request: HttpRequest) -> HttpResponse:
    """Every token and every webhook."""
    listed = [_line(each) for each in tokens.every_token()]
    page = {
        **PAGE,
        "tokens": [each for each in listed if each["live"]],
        "ended": [each for each in listed if not each["live"]][:20],
        "webhooks": reading.endpoints(),
    }
    return render(request, "desk/connections/connections.html", page)


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """The tokens that act for whoever asks."""
    listed = [_line(each) for each in tokens.every_token().filter(person_id=someone(request).id)]
    return render(request, "desk/connections/mine.html", {"here": "me", "tokens": listed})


@needs(Action.MANAGE_CONNECTIONS)
def new_token(request: HttpRequest) -> HttpResponse:
    """Make a token; it waits to be taken."""
    now = datetime.now(UTC)
    form = NewToken(posted(request), today=clock.day_of(now))
    if form.is_valid():
        said = form.cleaned_data
        person = Person.objects.get(pk=said["person"])
        scopes = [Scope(scope) for scope in said["scopes"]]
        actor = someone(request).actor
        made = done(
            form, lambda: tokens.make_token(actor, said["name"], person, scopes, said["expires_on"], now=now)
        )
        if made is not None:
            return redirect("desk:token", pk=made.pk)
    return render(request, "desk/connections/new_token.html", {**PAGE, "form": form})


@signed_in
def token(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One token: what it may do, how it stands, who may take it."""
    who = someone(request)
    found = _seen(who, pk)
    taker = tokens.takes(found)
    page = {**_here(who), **_line(found), "taker": taker, "is_taker": taker.pk == who.id}
    return render(request, "desk/connections/token.html", page)


@signed_in
@never_cache
@require_POST
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the secret, this once: no redirect, since nothing keeps it for the next page."""
    who = someone(request)
    found = _seen(who, pk)
    secret = tokens.take_token(who.actor, found, now=datetime.now(UTC))
    return render(request, "desk/connections/taken.html", {**_here(who), "token": found, "secret": secret})


@signed_in
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask once, then end a token."""
    who = someone(request)
    found = _seen(who, pk)
    if request.method == "POST":
        tokens.revoke_token(who.actor, found, now=datetime.now(UTC))
        messages.success(request, str(Message("The token is revoked and opens nothing from now on.")))
        return redirect("desk:token", pk=pk)
    return render(request, "desk/connections/revoke.html", {**_here(who), "token": found})


def _here(who: Someone) -> dict[str, str]:
    return PAGE if who.may(Action.MANAGE_CONNECTIONS) else {"here": "me"}


def _seen(who: Someone, pk: UUID) -> Token:
    """A token of one's own, or any for who manages connections; others are not there."""
    found = tokens.token_called(pk)
    if found.person_id != who.id and not who.may(Action.MANAGE_CONNECTIONS):
        raise NotFound(
            Message("There is no such token."), Message("See those that act for you under “Connections”.")
        )
    return found


def _line(each: Token) -> dict[str, Any]:
    today = clock.today()
    how, let = standing(each, today), lets(each, today)
    made_for = [scope for scope in Scope if scope.value in each.scopes]
    return {
        "token": each,
        "scopes": [SAID[scope] for scope in made_for if scope in let],
        "withheld": [SAID[scope] for scope in made_for if scope not in let],
        "how": STANDINGS[how],
        "live": how not in (Standing.OVER, Standing.REVOKED),
        "waits": how is Standing.WAITING,
        "shut": how in (Standing.GONE, Standing.POWERLESS),
    }
