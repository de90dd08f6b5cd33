"""A line in the log for each request, by the name of its route: never its address, which may name an item."""

import logging
import sys
from collections.abc import Callable
from secrets import token_hex
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse

from masthead.newsroom.site import lines

logger = logging.getLogger("masthead.requests")

HEADER = "X-Request-Id"


class Logged:
    """Middleware, the outermost. Gives each request a random id, that its answer carries too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        got_request_exception.connect(_broke, dispatch_uid=__name__)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on, and tell how it went."""
        request.id = token_hex(8)  # type: ignore[attr-defined]  # read by `_broke`, and by the page for a fault
        begun = perf_counter()
        response = self.get_response(request)
        response.headers[HEADER] = request.id  # type: ignore[attr-defined]
        told: dict[str, Any] = {
            "request": request.id,  # type: ignore[attr-defined]
            "method": _method(request),
            "route": _route(request),
            "status": response.status_code,
            "milliseconds": round((perf_counter() - begun) * 1000, 1),
        }
        if not response.streaming:
            told["bytes"] = len(response.content)
        logger.info("answered", extra={"told": told})
        return response


def _method(request: HttpRequest) -> str:
    """One of the methods of HTTP (RFC 9110, section 9): what else was sent is anyone's text."""
    said = request.method or ""
    return said if said in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS") else "other"


def _route(request: HttpRequest) -> str:
    if request.resolver_match:
        return request.resolver_match.view_name or "unnamed"
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"


def _broke(sender: object, request: HttpRequest | None = None, **more: object) -> None:
    """A fault of ours: its kind and place, so that it can be mended; what it says may name someone."""
    if request is not None:
        if hasattr(request, "broke"):
            return  # told already, further in
        request.broke = True  # type: ignore[attr-defined]
    kind, _, through = sys.exc_info()
    told = {"request": getattr(request, "id", ""), "route": _route(request) if request else "none"}
    if kind is not None:
        told |= lines.error(kind, through)
    logger.error("broke", extra={"told": told})
