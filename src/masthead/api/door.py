"""What every response of an operation goes through: problems for all that ninja answers in its own words."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from masthead.api import problems
from masthead.api.tags import known
from masthead.language import Message
from masthead.newsroom.accounts.access import BY_TOKEN

log = logging.getLogger(__name__)


def door(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view of an operation as it is served: by token, without a cookie, so that CSRF has no object."""

    @csrf_exempt
    @wraps(view)
    def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except RequestDataTooBig:
            response = problems.refused(problems.too_large())
        except Exception as error:  # noqa: BLE001 - whatever it is, its words stay here
            # The kind alone: the text of an error may hold a value of the request.
            log.error("An operation broke: %s", type(error).__qualname__)
            response = problems.broken()
        if response.status_code == 405:
            response = _wrong_method(response)
        for name, value in getattr(request, "api_headers", {}).items():
            response.headers[name] = value
        response = _unless_known(request, response)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    served.access = BY_TOKEN  # type: ignore[attr-defined]  # read by the gatekeeper
    return served


def _unless_known(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The response; 304 to who asks about a state of an item and has it already."""
    tag = response.headers.get("ETag", "")
    if request.method != "GET" or not tag or not known(request.headers.get("If-None-Match", ""), tag):
        return response
    again = HttpResponse(status=304)
    for name, value in response.headers.items():
        if name not in ("Content-Type", "Content-Length"):
            again.headers[name] = value
    return again


def _wrong_method(response: HttpResponseBase) -> HttpResponse:
    allowed = ", ".join(sorted(response.headers.get("Allow", "").split(", ")))
    said = problems.refused(
        problems.WrongMethod(
            Message("That method is not known at this address."),
            Message("Use one of these: %(methods)s.", {"methods": allowed}),
        )
    )
    said.headers["Allow"] = allowed
    return said
