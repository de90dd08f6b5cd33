"""Addresses of the API, under `/api/v1/`."""

from django.urls import URLPattern, path, re_path

from masthead.api import pages
from masthead.api.application import api
from masthead.api.door import door

app_name = "api"


def _operations() -> list[URLPattern]:
    found = [each for each in api.urls[0] if isinstance(each, URLPattern) and each.name != "api-root"]
    return [URLPattern(each.pattern, door(each.callback), each.default_args, each.name) for each in found]


urlpatterns = [
    path("", pages.reference, name="reference"),
    path("openapi.json", pages.openapi, name="openapi"),
    *_operations(),
    re_path("^.*$", pages.nothing, name="nothing"),
]
