"""Verify."""

from django.http import HttpRequest, HttpResponse

from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.public.serving.declaring import for_one


@for_one
def verify(request: HttpRequest, asking: Asking) -> HttpResponse:
    """A file, an address or a pasted text."""
    return HttpResponse("soon")
