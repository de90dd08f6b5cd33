"""Refuse what is larger than anything the desk takes, before a byte of it is read or kept."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from masthead.language import Message

SEVERAL = 4
"""An item and its sources may come in one form: so many times the largest file in all."""


class Sized:
    """Middleware, before anything that reads what was sent. A body whose length is not said is not read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._most = SEVERAL * settings.MASTHEAD.max_upload + settings.FILE_UPLOAD_MAX_MEMORY_SIZE

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on, or say that it is too much."""
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isdecimal() and int(said) > self._most:
            told = {
                "what": Message("What was sent is larger than this desk takes, so nothing of it was kept."),
                "remedy": Message("Send fewer or smaller files."),
            }
            return render(request, "desk/failing.html", told, status=413)
        return self.get_response(request)
