"""The page about the log, with its data beside it."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.public.serving.declaring import for_one, kept
from masthead.newsroom.public.serving.kept import Body
from masthead.newsroom.public.showing import log as about
from masthead.newsroom.public.showing.site import as_json, shown


@kept
def log(asking: Asking) -> Body:
    """What the log is, how it stands, and how to hold us to it. Made anew: a head brings no entry."""
    return Body(shown("public/site/log.html", asking, about.log(asking), "log").encode())


@kept
def log_data(asking: Asking) -> Body:
    """The same as JSON."""
    return Body(as_json(about.as_data(about.log(asking), asking)), "application/json")


@for_one
def to_log(request: HttpRequest, asking: Asking) -> HttpResponse:
    """The address without its last stroke."""
    return HttpResponsePermanentRedirect(f"{asking.prefix}/log/")
