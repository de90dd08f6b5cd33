"""Who knocks: a token, for what it was made, and what its person may do today. Cookies are not looked at."""

from datetime import UTC, datetime
from typing import cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from masthead.api import limits
from masthead.api.problems import TooMany, no_token, out_of_scope
from masthead.language import Message
from masthead.newsroom.accounts.actor import refusal
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.connections.scopes import ASKS, Scope
from masthead.newsroom.connections.tokens import Caller, caller


class Token(HttpBearer):
    """What an operation asks of a token: a scope, and a role of its person that allows one of `actions`."""

    openapi_description = "A token made at the desk under “Connections”."
    openapi_bearerFormat = "mh_"  # noqa: N815 - OpenAPI's own name

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope
        self.actions: tuple[Action, ...] = ASKS[scope]

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """The caller; raises `Unauthorized`, `TooMany`, `OutOfScope` or `NotAllowed`."""
        now = datetime.now(UTC)
        known = caller(token.strip(), now=now)
        if known is None:
            raise no_token()
        within, headers = limits.counted(known.token, now=now)
        request.api_headers = headers  # type: ignore[attr-defined]  # read where the response is sent
        if not within:
            raise TooMany(
                Message("This token asked too often within a minute."),
                Message("Wait until the minute is over, then go on more slowly."),
            )
        if not known.has(self.scope):
            raise out_of_scope(self.scope)
        if not known.may(*self.actions):
            raise refusal(*self.actions)
        return known


class Nobody(HttpBearer):
    """What an operation asks that forgot to say: nobody comes in."""

    def authenticate(self, request: HttpRequest, token: str) -> None:
        """None."""


def caller_of(request: HttpRequest) -> Caller:
    """Who asks, in an operation."""
    return cast(Caller, request.auth)  # type: ignore[attr-defined]  # set by ninja
