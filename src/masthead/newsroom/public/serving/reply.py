"""A kept answer as an HTTP response: conditional, packed, and with headers that let others keep it too."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import get_conditional_response

from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.public.serving.kept import Body

SECONDS = 60
"""How long others may show an answer without asking again: a correction must not wait long."""

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
"""No script at all, and nothing of a third party."""

_NONE = re.compile(r"q\s*=\s*0(?:\.0*)?")
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH")


def takes_gzip(said: str) -> bool:
    """Whether `Accept-Encoding` names gzip with any weight but none (RFC 9110, section 12.5.3)."""
    for each in said.lower().split(","):
        name, *rest = (part.strip() for part in each.split(";"))
        if name in ("gzip", "x-gzip"):
            return not any(_NONE.fullmatch(part) for part in rest)
    return False


def reply(request: HttpRequest, asking: Asking, body: Body) -> HttpResponse:
    """The response to GET or HEAD; 405 to anything else, 304 to who has it already (RFC 9110)."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    packed = bool(body.packed) and takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    content = body.packed if packed else body.content
    response = HttpResponse(
        b"" if request.method == "HEAD" else content, content_type=body.media_type, status=body.status
    )
    # Nothing for Django to warn of: what is gone is meant to be gone.
    response._has_been_logged = True  # type: ignore[attr-defined]  # what `log_response` looks at
    headers = response.headers
    if packed:
        headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(content))
    headers["ETag"] = etag = f'"{body.etag}{"-gzip" if packed else ""}"'
    headers["Cache-Control"] = f"public, max-age={SECONDS}"
    vary = ["Accept-Encoding"] if body.packed else []
    if body.negotiated:
        headers["Content-Language"] = asking.language
        if not asking.prefix:
            vary.append("Accept-Language")
    if vary:
        headers["Vary"] = ", ".join(vary)
    headers["Content-Security-Policy"] = POLICY
    for name, value in body.headers:
        headers[name] = value
    if any(name in request.META for name in _CONDITIONS):
        return _conditional(request, etag, response)
    return response


def _conditional(request: HttpRequest, etag: str, response: HttpResponse) -> HttpResponse:
    answered = get_conditional_response(request, etag=etag, response=response)
    assert isinstance(answered, HttpResponse)  # noqa: S101 - one was handed in
    if answered is not response:
        for name in ("Vary", "Content-Security-Policy", "Access-Control-Allow-Origin"):
            if name in response.headers:
                answered.headers.setdefault(name, response.headers[name])
    return answered


def private(response: HttpResponse, asking: Asking) -> HttpResponse:
    """A response that is for the one who asked: kept by nobody, told on to nobody."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Content-Language"] = asking.language
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
