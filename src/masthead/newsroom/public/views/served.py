"""The log as other software reads it: C2SP tlog-tiles under `/log`.

Nothing of this is kept in our memory, unlike pages: whoever walks through the log would drive out what
readers look at, and a tile is made by three look-ups of an index. Others may keep it as long as they like.
"""

from collections.abc import Callable
from functools import wraps
from gzip import compress
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.accounts.access import public
from masthead.newsroom.evidence import served
from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.public.serving.declaring import View, asked
from masthead.newsroom.public.serving.kept import Body
from masthead.newsroom.public.serving.reply import reply
from masthead.tlog.note import Malformed
from masthead.tlog.tiles import ENTRIES, Tile

PLAIN = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
FRESH = "public, max-age=5"
"""A checkpoint is out of date with the next one: C2SP wants it kept no longer than a few seconds."""
FOR_EVER = "public, max-age=31536000, immutable"
OPEN = ("Access-Control-Allow-Origin", "*")
"""Anybody's pages may verify the log in a browser."""


def _of_the_log(make: Callable[..., Body]) -> View:
    """A view of one file of the log: `make(**route)` gives it."""

    @public
    @wraps(make)
    def view(request: HttpRequest, **route: str) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"], headers=dict([OPEN]))
        asking = asked(request)
        try:
            # One address for one file, so that nobody keeps two: it reads alike in every language.
            return reply(request, asking, make(**route)) if not asking.prefix else _not_there(asking)
        except NotFound as error:
            return _not_there(asking, error)

    return view


@_of_the_log
def checkpoint() -> Body:
    """The newest signed head of the log, with the cosignatures there are (C2SP tlog-checkpoint)."""
    return _file(served.checkpoint(), PLAIN, FRESH)


@_of_the_log
def keys() -> Body:
    """Whose signatures on checkpoints count: verifier keys, and how one was handed over to the next."""
    return _file(served.keys(), PLAIN, FRESH)


@_of_the_log
def tile(path: str) -> Body:
    """A tile or an entry bundle, by its path (C2SP tlog-tiles)."""
    try:
        wanted = Tile.parse(f"tile/{path}")
    except Malformed as error:
        raise NotFound(
            Message("There is no page at this address."),
            Message("Check the address, or begin at the front page."),
        ) from error
    content = served.content(wanted)
    # Hashes do not become shorter; the faces of entries do, by half.
    packed = compress(content, 6, mtime=0) if wanted.level == ENTRIES else b""
    return _file(content, BYTES, FOR_EVER, packed)


def _file(content: bytes, media_type: str, kept: str, packed: bytes = b"") -> Body:
    return Body(
        content,
        media_type,
        headers=(OPEN, ("Cache-Control", kept)),
        negotiated=False,
        packed=packed,
        etag=sha256(content).hexdigest()[:32],
    )


def _not_there(asking: Asking, error: NotFound | None = None) -> HttpResponse:
    """In a line of text. Nobody may keep that: what is not there now is there with the next checkpoint."""
    what = error.what if error is not None else Message("There is no page at this address.")
    response = HttpResponse(f"{what}\n", content_type=PLAIN, status=404)
    # Nothing for Django to warn of: clients ask for a full tile beside a partial one.
    response._has_been_logged = True  # type: ignore[attr-defined]  # what `log_response` looks at
    headers = {"Cache-Control": "no-store", "Content-Language": asking.language, "Vary": "Accept-Language"}
    for name, value in (OPEN, *headers.items()):
        response.headers[name] = value
    return response
