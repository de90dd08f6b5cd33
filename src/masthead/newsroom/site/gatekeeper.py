"""Nobody comes through a route that does not say who may: the one place where the table of access is held."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from masthead import clock
from masthead.errors import NotAllowed, NotReady
from masthead.labels.dates import spoken
from masthead.language import Message
from masthead.newsroom.accounts.access import Access, Someone, access_of
from masthead.newsroom.accounts.actor import Actor, refusal, roles
from masthead.newsroom.accounts.models import Account
from masthead.newsroom.accounts.permissions import allowed
from masthead.newsroom.site.refusals import refused
from masthead.newsroom.site.routes import OTHERS
from masthead.newsroom.site.setup_code import needed
from masthead.newsroom.site.untaken import ours, untaken


class Gatekeeper:
    """Middleware. Sets `request.someone` on every route that asks for a login."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; the route is known only in `process_view`. Nobody keeps what is not for everybody."""
        answer = self.get_response(request)
        if getattr(request, "for_few", False):
            answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        """Let through, send to the login, or refuse; what declares nothing is refused."""
        access = access_of(view) or _of_another(request)
        request.for_few = access is None or not access.open  # type: ignore[attr-defined]
        if access is None:
            return refused(
                request,
                NotAllowed(
                    Message("This page does not say who may see it, so nobody may."),
                    Message("Tell whoever runs this desk."),
                ),
            )
        if access.open or access.by_token:
            return None
        if not isinstance(request.user, Account):
            return _to_login(request)
        return _for(request, request.user, access)


def _to_login(request: HttpRequest) -> HttpResponse:
    if needed():
        return redirect("setup")
    return untaken(request) if ours(request) else redirect_to_login(request.get_full_path())


def _of_another(request: HttpRequest) -> Access | None:
    match = request.resolver_match
    return OTHERS.get(match.view_name) if match else None


def _for(request: HttpRequest, account: Account, access: Access) -> HttpResponse | None:
    person = account.person
    if person is None:
        return refused(
            request,
            NotReady(
                Message("This login belongs to nobody who works here."),
                Message("Ask a steward to invite you."),
            ),
        )
    today = clock.today()
    if person.ends_on and person.ends_on < today:
        return refused(
            request,
            NotAllowed(
                Message("Your last day here was %(day)s.", {"day": spoken(person.ends_on)}),
                Message("Ask a steward if you are to go on. What you did stays on record as yours."),
            ),
        )
    held = roles(person.id, on=today)
    request.someone = Someone(Actor(person.id, "desk"), account, person.name, held)  # type: ignore[attr-defined]
    if access.actions and not any(allowed(held, action) for action in access.actions):
        return refused(request, refusal(*access.actions))
    return None
