"""Our witness, as logs and other witnesses speak to it (C2SP tlog-witness). Anybody may."""

import re
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from masthead.errors import MastheadError, NotFound, NotReady
from masthead.newsroom.accounts.access import public
from masthead.newsroom.public.serving.rates import spend
from masthead.newsroom.witness import alarms, answering, seen
from masthead.newsroom.witness.keys import line_of
from masthead.tlog.submission import LARGEST

PLAIN = answering.PLAIN
MOST, SECONDS = 120, 60
"""What one network may submit in a minute: a log asks once when it publishes, and again after a 409."""
OPEN = ("Access-Control-Allow-Origin", "*")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@public
def add_checkpoint(request: HttpRequest) -> HttpResponse:
    """Cosign a checkpoint, or say why not."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    said = request.META.get("CONTENT_LENGTH") or "0"
    if not said.isdecimal() or int(said) > LARGEST:
        return _plain("this is larger than a checkpoint with its proof\n", 413)
    try:
        spend(request, "witness", most=MOST, seconds=SECONDS)
    except MastheadError as error:
        return _plain(f"{error}\n", 429)
    answer = answering.add_checkpoint(request.read(LARGEST + 1))
    return _plain(answer.body, answer.status, answer.media_type)


def _fetched(give: Callable[..., str]) -> Callable[..., HttpResponse]:
    """A view of one text that anybody may fetch; 404 in a line where there is none."""

    @public
    @wraps(give)
    def view(request: HttpRequest, **route: str) -> HttpResponse:
        try:
            text = give(**route)
        except (NotFound, NotReady):
            text = ""
        except MastheadError:
            # Our own key or memory: nothing that whoever asks could mend, and nothing they need know.
            return _plain("this cannot be shown just now\n", 503)
        if not text:
            return _plain("nothing here\n", 404)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        json = request.path_info.endswith(".json")
        return _plain(text, 200, "application/json" if json else PLAIN)

    return view


@_fetched
def key() -> str:
    """The verifier-key line under which we cosign."""
    return f"{line_of()}\n"


@_fetched
def view(digest: str) -> str:
    """The head that we have seen of a log, by the SHA-256 of its origin, with our cosignature under it."""
    origin = seen.origin_of(digest) if _DIGEST.fullmatch(digest) else None
    return seen.view(origin) if origin else ""


@_fetched
def alarm(public_id: str) -> str:
    """Two heads of a log that cannot both be true, for anybody to check."""
    return alarms.evidence_of(alarms.alarm_called(public_id)).to_json()


def _plain(text: str, status: int, media_type: str = PLAIN) -> HttpResponse:
    response = HttpResponse(text, content_type=media_type, status=status)
    # Nothing for Django to warn of: logs are refused as often as they are behind.
    response._has_been_logged = True  # type: ignore[attr-defined]  # what `log_response` looks at
    for name, value in (OPEN, ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")):
        response.headers[name] = value
    return response
