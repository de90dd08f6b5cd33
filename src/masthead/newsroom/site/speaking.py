"""In which language a page speaks: as the address says, as the person chose, as their browser asks.

Public pages negotiate and may be asked for in a language by address (`/fr/…`); they touch no session. The
desk speaks the language its person chose.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from masthead.language import LANGUAGES, using

OF_PEOPLE = ("/desk/", "/account/", "/setup")
"""Where people with a login work: there and nowhere else a session is looked at."""


class Speaking:
    """Middleware. Sets `request.language`; takes a language off the front of a public address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language chosen."""
        named = _named(request)
        language = named or _chosen(request) or asked(request.headers.get("Accept-Language", ""))
        request.language = language  # type: ignore[attr-defined]
        with using(language), translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if not named:
            patch_vary_headers(response, ["Accept-Language"])
        return response


def _named(request: HttpRequest) -> str:
    """The language at the front of the address, taken off it; empty where there is none."""
    first, _, rest = request.path_info.removeprefix("/").partition("/")
    if first not in LANGUAGES:
        return ""
    request.path_info = f"/{rest}"
    return first


def _chosen(request: HttpRequest) -> str:
    if not request.path_info.startswith(OF_PEOPLE):
        return ""
    return str(getattr(request.user, "language", ""))


def asked(header: str) -> str:
    """The language of ours that an Accept-Language header (RFC 9110, section 12.5.4) likes best."""
    for tag, _ in parse_accept_lang_header(header.lower()):
        if tag == "*":
            break
        try:
            found = get_supported_language_variant(tag)
        except LookupError:
            continue
        if found in LANGUAGES:
            return found
    return LANGUAGES[0]
