"""Verify a file, an address or a pasted text: a plain verdict first, then what it rests on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from threading import BoundedSemaphore
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse

from masthead import exchange
from masthead.errors import CannotRead, MastheadError, Unavailable
from masthead.language import Message
from masthead.newsroom.public import verifying
from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.public.serving.declaring import by_method, for_one, kept
from masthead.newsroom.public.serving.freshness import rests
from masthead.newsroom.public.serving.kept import Body
from masthead.newsroom.public.serving.rates import spend
from masthead.newsroom.public.serving.uploads import take
from masthead.newsroom.public.showing.site import shown

LONGEST_TEXT = 200_000
FETCH = exchange.Limits(size=10_000_000, seconds=8.0, redirects=3)
AT_ONCE = 2
"""How many may be looked at at a time: the other threads go on showing pages."""
MOST, SECONDS = 20, 600
_places = BoundedSemaphore(AT_ONCE)


@kept
def _form(asking: Asking) -> Body:
    told = {"json_address": ""}
    return Body(shown("public/site/verify.html", asking, told, "verify").encode(), rests=rests())


@for_one
def _judged(request: HttpRequest, asking: Asking) -> HttpResponse:
    """The verdict; nothing of what was brought is kept."""
    told: dict[str, object] = {"json_address": "", "canonical": ""}
    status = 200
    try:
        spend(request, "verify", most=MOST, seconds=SECONDS)
        take(request)
        told["text"], told["url"] = request.POST.get("text", ""), request.POST.get("url", "")
        with _place():
            told["answer"] = _judge(request)
    except MastheadError as error:
        told["error"], status = error, 429 if isinstance(error, Unavailable) else 422
    return HttpResponse(shown("public/site/verify.html", asking, told, "verify"), status=status)


verify = by_method(_form, _judged, largest=None)


def _judge(request: HttpRequest) -> verifying.Answer:
    file = request.FILES.get("file")
    if file is not None:
        return verifying.of_file(_filled(file.read()), file.name or "")
    url = request.POST.get("url", "").strip()
    if url:
        got = exchange.fetch(url[:2000], limits=FETCH)
        name = PurePosixPath(urlsplit(got.url).path).name
        return verifying.of_file(_filled(got.content), name, got.media_type)
    text = request.POST.get("text", "").replace("\r\n", "\n")
    if len(text) > LONGEST_TEXT:
        raise CannotRead(
            Message("That is more text than can be looked at here."),
            Message("Bring it as a file, or verify it at a terminal."),
        )
    return verifying.of_text(_filled(text.encode()).decode())


def _filled(content: bytes) -> bytes:
    if not content.strip():
        raise CannotRead(
            Message("There is nothing to verify."),
            Message("Choose a file, give an address, or paste a text."),
        )
    return content


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(blocking=False):
        raise Unavailable(
            Message("Others are verifying something just now."), Message("Try again in a moment.")
        )
    try:
        yield
    finally:
        _places.release()
