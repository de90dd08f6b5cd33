"""Verify a file, an address or a pasted text: a plain verdict first, then what it rests on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from threading import BoundedSemaphore, Lock
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
from masthead.newsroom.public.serving.rates import network, spend
from masthead.newsroom.public.serving.uploads import take
from masthead.newsroom.public.showing.site import shown

LONGEST_TEXT = 200_000
FETCH = exchange.Limits(size=10_000_000, seconds=8.0, redirects=3)
AT_ONCE = 2
"""How many may be looked at at a time: the other threads go on showing pages."""
FETCHED_AT_ONCE = 2
"""How many addresses may be fetched at a time, which is most of it waiting for others."""
MOST, SECONDS = 20, 600
_places = BoundedSemaphore(AT_ONCE)
_fetches = BoundedSemaphore(FETCHED_AT_ONCE)
_fetching: set[str] = set()
"""The networks that wait for an address just now."""
_one_by_one = Lock()


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
        told["answer"] = _judge(request)
    except MastheadError as error:
        told["error"], status = error, 429 if isinstance(error, Unavailable) else 422
    return HttpResponse(shown("public/site/verify.html", asking, told, "verify"), status=status)


verify = by_method(_form, _judged, largest=None)


def _judge(request: HttpRequest) -> verifying.Answer:
    """The verdict. What is fetched waits in places of its own, and keeps no file and no text out."""
    file = request.FILES.get("file")
    url = request.POST.get("url", "").strip()
    if file is None and url:
        with _alone(network(request)), _place(_fetches):
            got = exchange.fetch(url[:2000], limits=FETCH)
        name = PurePosixPath(urlsplit(got.url).path).name
        with _place(_places):
            return verifying.of_file(_filled(got.content), name, got.media_type)
    with _place(_places):
        if file is not None:
            return verifying.of_file(_filled(file.read()), file.name or "")
        return _of_text(request)


def _of_text(request: HttpRequest) -> verifying.Answer:
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
def _place(places: BoundedSemaphore) -> Iterator[None]:
    if not places.acquire(blocking=False):
        raise Unavailable(
            Message("Others are verifying something just now."), Message("Try again in a moment.")
        )
    try:
        yield
    finally:
        places.release()


@contextmanager
def _alone(asks: str) -> Iterator[None]:
    """One address at a time for one network, so that nobody alone holds all places with slow ones."""
    with _one_by_one:
        if asks in _fetching:
            raise Unavailable(
                Message("Your network waits for an address already."),
                Message("Try again once that is answered, or bring the file."),
            )
        _fetching.add(asks)
    try:
        yield
    finally:
        _fetching.discard(asks)
