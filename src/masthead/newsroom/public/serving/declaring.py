"""How a public view is declared: what makes an answer, or what answers one person."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from masthead.errors import CannotRead
from masthead.language import Message
from masthead.newsroom.accounts.access import public
from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.public.serving.kept import Body, ready, store
from masthead.newsroom.public.serving.reply import private, reply


class TooLarge(CannotRead):
    """What was sent is larger than a page takes."""


type View = Callable[..., HttpResponse]


def asked(request: HttpRequest) -> Asking:
    """What a request asks for; the front has found it out."""
    found = getattr(request, "asking", None)
    if not isinstance(found, Asking):
        raise TypeError("a public page is asked for through the front")
    return found


def kept(make: Callable[..., Body]) -> View:
    """A view of a page that is the same for everybody: `make(asking, **route)` gives its answer."""

    @public
    @wraps(make)
    def view(request: HttpRequest, **route: Any) -> HttpResponse:
        asking = asked(request)
        return reply(request, asking, store.get(asking, lambda: ready(make(asking, **route))))

    return view


LARGEST_FORM = 100_000
"""Bytes of a form that a stranger sends: many times the longest question."""


def by_method(get: View, post: View, *, largest: int | None = LARGEST_FORM) -> View:
    """A view that is `get` for GET and HEAD, and `post` for POST, whose body has at most `largest` bytes.

    None where `post` looks itself, before it reads.
    """

    @public
    @wraps(get)
    def view(request: HttpRequest, **route: Any) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            return get(request, **route)
        if request.method == "POST":
            if largest is not None:
                _fits(request, largest)
            return post(request, **route)
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])

    return view


def _fits(request: HttpRequest, largest: int) -> None:
    """Refuse what is too large before a byte of it is read. A body whose length is not said is not read."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    if not said.isdecimal() or int(said) > largest:
        raise TooLarge(
            Message("What was sent is larger than this page takes, so nothing of it was kept."),
            Message("Send less."),
        )


def for_one(answer: Callable[..., HttpResponse]) -> View:
    """A view for one person: `answer(request, asking, **route)`. Nobody keeps what it says."""

    @public
    @wraps(answer)
    def view(request: HttpRequest, **route: Any) -> HttpResponse:
        asking = asked(request)
        return private(answer(request, asking, **route), asking)

    return view
