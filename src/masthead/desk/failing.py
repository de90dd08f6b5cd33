"""Pages for when something goes wrong outside any form; each says what happened and what to do."""

import sys

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from masthead.language import Message
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.public.showing.site import outlet
from masthead.newsroom.public.views.failing import REFUSED
from masthead.newsroom.site.refusals import in_words, status_of
from masthead.newsroom.site.speaking import OF_PEOPLE
from masthead.newsroom.site.untaken import ours, untaken


def _page(
    request: HttpRequest, status: int, what: Message, remedy: Message, *, number: str = ""
) -> HttpResponse:
    said = {
        "what": what,
        "remedy": remedy,
        "number": number,
        "at_desk": request.path_info.startswith("/desk/"),
    }
    if status < 500 and not isinstance(getattr(request, "someone", None), Someone):
        # At an address that is no page nobody was asked who they are; whose desk it is may be told.
        said["outlet"] = outlet()
    return render(request, "desk/failing.html", said, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _page(
        request,
        404,
        Message("There is no page at this address."),
        Message("Check the address, or begin at the front page."),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _page(
        request,
        403,
        Message("This page is not for you."),
        Message("Ask a steward if you think it should be."),
    )


def bad(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 where a form holds more words than are read at once (RFC 9110, section 15.5.14)."""
    if isinstance(exception, RequestDataTooBig):
        return _page(
            request,
            413,
            Message("What was sent is more than this desk reads at once, so nothing of it was read."),
            Message("Go back and bring it in parts: the text is still where you copied it from."),
        )
    return _page(
        request,
        400,
        Message("Your browser sent something that cannot be read."),
        Message("Go back, load the page again and send it once more."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours, or a database that gave up. Nothing of the request is repeated."""
    error = sys.exc_info()[1]
    told = in_words(error) if isinstance(error, Exception) else None
    if told is not None:
        # Without what pages are told besides: that is in the database.
        ours = request.path_info.startswith(OF_PEOPLE)
        what, remedy = (told.what, told.remedy) if ours else REFUSED
        said = {"what": what, "remedy": remedy, "number": getattr(request, "id", "")}
        return HttpResponse(render_to_string("desk/failing.html", said), status=status_of(told))
    return _page(
        request,
        500,
        Message("Something broke here, and it is our fault. What was recorded before stands."),
        Message("Go back and try again; if it goes on, tell whoever runs this desk when it happened."),
        number=getattr(request, "id", ""),
    )


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from a session that ended: what a page of the desk sent is shown again, to be sent once more."""
    if ours(request):
        return untaken(request)
    if request.path.startswith("/desk/") and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return _page(
        request,
        403,
        Message("This form was opened in a session that has ended, so nothing was recorded."),
        Message("Go back, load the page again and send it once more: your browser has kept what you typed."),
    )
