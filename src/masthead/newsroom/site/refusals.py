"""What a person reads when something is refused: the same words as at the terminal, on a page."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from masthead.errors import (
    CannotRead,
    Damaged,
    MastheadError,
    NotAllowed,
    NotFound,
    NotReady,
    ReadOnly,
    Refused,
    Stale,
)
from masthead.newsroom.evidence import trouble
from masthead.newsroom.site import lines
from masthead.newsroom.site.untaken import ours, untaken

logger = logging.getLogger("masthead.requests")

STATUS: tuple[tuple[type[MastheadError], int], ...] = (
    (NotAllowed, 403),
    (Stale, 409),
    (Refused, 409),
    (NotFound, 404),
    (CannotRead, 422),
    (ReadOnly, 503),
    (Damaged, 500),
    (NotReady, 503),
    (MastheadError, 503),
)
"""The HTTP status of each kind of error, the most particular first (RFC 9110, section 15)."""


def status_of(error: MastheadError) -> int:
    """The HTTP status that says what kind of refusal this is."""
    return next(status for kind, status in STATUS if isinstance(error, kind))


def refused(request: HttpRequest, error: MastheadError) -> HttpResponse:
    """A page with what happened and what to do; with what was sent, where the record is read-only."""
    if isinstance(error, ReadOnly) and ours(request):
        return untaken(request, status_of(error), error)
    template = "desk/part/refusal.html" if request.headers.get("HX-Request") else "desk/refusal.html"
    return render(request, template, {"error": error}, status=status_of(error))


class Refusals:
    """Middleware: what a command refuses and no form has shown becomes a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page for errors of ours and where the database gave up; anything else is a fault and raised."""
        told = in_words(error)
        return refused(request, told) if told is not None else None


def in_words(error: Exception) -> MastheadError | None:
    """An error of ours, or what a database that gave up says, which is a line in the log; else None."""
    if isinstance(error, MastheadError):
        return error
    told = trouble.in_words(error)
    if told is not None:
        logger.error("the database gave up", extra={"told": lines.error(type(error), error.__traceback__)})
    return told
