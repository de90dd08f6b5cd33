"""The front: public addresses are answered here, before anything that knows a session or a cookie."""

from collections.abc import Callable
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils import translation

from masthead.language import LANGUAGES, using
from masthead.newsroom.accounts.access import access_of
from masthead.newsroom.public.serving.asking import Asking, asking_of
from masthead.newsroom.public.serving.declaring import TooLarge
from masthead.newsroom.public.serving.kept import store
from masthead.newsroom.public.serving.reply import reply
from masthead.newsroom.public.views.failing import refused
from masthead.newsroom.site.names import is_probe
from masthead.newsroom.site.refusals import in_words, status_of
from masthead.newsroom.site.speaking import OF_PEOPLE, asked

ELSEWHERE = (*OF_PEOPLE, "/api/", "/static/", "/health", "/ready")
"""Whatever begins so is none of the public pages."""


class Front:
    """Middleware. What is kept is sent at once; the rest goes to the view, and nowhere near a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer what is public; let the rest go on."""
        if is_probe(request):
            return self._of_machine(request)
        named, path = _language(request.path_info)
        if path.startswith(ELSEWHERE):
            return _plain(request, path) if named else self.get_response(request)
        if f"{path}/" in OF_PEOPLE:
            return HttpResponseRedirect(f"{path}/")
        language = named or asked(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
        asking = asking_of(request, path, language, named=bool(named))
        body = store.fresh(asking) if request.method in ("GET", "HEAD") else None
        if body is not None:
            return reply(request, asking, body)
        with using(language), translation.override(language):
            return self._answer(request, asking)

    def _of_machine(self, request: HttpRequest) -> HttpResponse:
        """How we are, said before anyone looks at the name we were asked by."""
        match = request.resolver_match = resolve(request.path_info)
        answered: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return answered

    def _answer(self, request: HttpRequest, asking: Asking) -> HttpResponse:
        request.asking = asking  # type: ignore[attr-defined]  # read by `serving.declaring`
        request.language = asking.language  # type: ignore[attr-defined]
        try:
            match = resolve(asking.path)
        except Resolver404:
            meant = _without_stroke(request, asking)
            return HttpResponsePermanentRedirect(meant) if meant else refused(asking, 404)
        request.resolver_match = match
        access = access_of(match.func)
        if match.namespace != "public" or access is None or not access.open:
            return self.get_response(request)
        try:
            answered: HttpResponse = match.func(request, *match.args, **match.kwargs)
        except Exception as error:
            told = in_words(error)
            if told is None:
                raise
            return refused(asking, 413 if isinstance(told, TooLarge) else status_of(told), told)
        return answered


def _plain(request: HttpRequest, path: str) -> HttpResponse:
    """Lead to the one address of what is not public: its language is the person's choice, not the address's.

    What was sent goes along (status 307), so that whoever had such an address open loses nothing.
    """
    asked_for = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(
        f"{quote(path)}?{asked_for}" if asked_for else quote(path),
        preserve_request=request.method not in ("GET", "HEAD"),
    )


def _without_stroke(request: HttpRequest, asking: Asking) -> str:
    """The path of the public page meant by an address with a stroke too many at its end; else empty."""
    path = asking.path.removesuffix("/")
    if request.method not in ("GET", "HEAD") or path in ("", asking.path):
        return ""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    return quote(f"{asking.prefix}{path}") if match.namespace == "public" else ""


def _language(path: str) -> tuple[str, str]:
    """The language at the front of an address, empty where there is none, and the rest of it."""
    first, _, rest = path.removeprefix("/").partition("/")
    return (first, f"/{rest}") if first in LANGUAGES else ("", path)
