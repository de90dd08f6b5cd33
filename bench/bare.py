"""The limit to measure beside: the served desk's own settings and middleware around an empty view."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from masthead.newsroom.accounts.access import signed_in


@signed_in
def nothing(request: HttpRequest) -> HttpResponse:
    """An empty page for somebody who is logged in."""
    return HttpResponse("<!doctype html><title>-</title>")


urlpatterns = [path("desk/nothing", nothing), path("", include("masthead.newsroom.site.urls"))]
