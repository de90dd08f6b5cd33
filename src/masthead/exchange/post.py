"""Fetch what stands at an address, and send something to one."""

import re
import ssl
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message as Headers
from hashlib import sha256
from http.client import HTTPException, HTTPResponse

from masthead import __version__
from masthead.errors import NotFound, Unavailable
from masthead.exchange import robots as rules
from masthead.exchange.addresses import PUBLIC_ONLY, WEB, Allow, Resolve, is_public, looked_up, system
from masthead.exchange.body import ACCEPTED, content
from masthead.exchange.errors import (
    NotWanted,
    RobotsRefuse,
    not_http,
    not_shown,
    refused,
    too_slow,
    unreachable,
)
from masthead.exchange.limits import Limits
from masthead.exchange.line import Deadline, Line
from masthead.exchange.place import Place
from masthead.language import Message

AGENT = f"Masthead/{__version__}"
_REDIRECTS = (301, 302, 303, 307, 308)
_LONGEST_TYPE = 1000
_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+", re.ASCII)
_OF_IT = re.compile(r";\s*([\w!#$&^.+*-]+)\s*=\s*(\"(?:[^\"\\]|\\.)*\"|[^;\"\s]*)", re.ASCII)
_CHARSET = re.compile(r"[\w.:+-]{1,40}", re.ASCII)
_LONGEST_WAIT = 9
"""Digits of how long the other side asks to be left alone: thirty years."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood at an address, and when. The hash is of `content`: the bytes, unpacked."""

    url: str
    """Where it was, after redirects."""
    asked_url: str
    status: int
    media_type: str
    """Lower case, without parameters; `application/octet-stream` where the answer names none."""
    charset: str
    """As the answer names it, lower case; empty where it does not."""
    content: bytes
    sha256: str
    fetched_at: datetime
    redirects: tuple[str, ...]
    """The addresses on the way, from the second to `url`; empty where there was no redirect."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How the other side answered. `retry_after` is in seconds; None where it named none."""

    status: int
    retry_after: int | None

    @property
    def taken(self) -> bool:
        """Whether the other side says that it has it."""
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Answered:
    """What the other side answered to what was sent."""

    status: int
    media_type: str
    """Lower case, without parameters; `application/octet-stream` where the answer names none."""
    content: bytes


@dataclass(frozen=True, slots=True)
class _Way:
    """What stays the same from the first request to the last."""

    limits: Limits
    deadline: Deadline
    allow: Allow
    resolve: Resolve


def fetch(
    url: str,
    *,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    allow: Allow = PUBLIC_ONLY,
    accept_types: Collection[str] = (),
    any_status: bool = False,
    robots: bool = False,
    resolve: Resolve = system,
    deadline: Deadline | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Fetched:
    """What stands at `url`, following redirects, each looked at as the first was.

    `accept_types` are media types (`text/html`, `image/*`) of which it must be one; left out, any will do. An
    answer other than 2xx raises, unless `any_status`. With `robots`, robots.txt is kept to (RFC 9309).
    A `deadline`, shared with other fetches, stands for the seconds of `limits`.

    Raises `BadAddress`, `AddressRefused`, `RobotsRefuse`, `Unreachable`, `TooLarge`, `NotWanted`; `NotFound`
    for 404 and 410, `Unavailable` for 429 and 5xx. Nothing was kept then.
    """
    way = _Way(limits, deadline or Deadline(limits.seconds), allow, resolve)
    place, came, public = Place.read(url), [], False
    for _ in range(limits.redirects + 1):
        if robots:
            _ask_robots(way, place, public)
        with _asked(way, place, "GET", {"Accept": ", ".join(accept_types) or "*/*"}, public=public) as asked:
            answer, public = asked
            location = answer.headers.get("Location", "")
            if answer.status in _REDIRECTS and location:
                place = place.redirected(location)
                came.append(place.url)
                continue
            if not any_status:
                _must_be_there(answer.status, place.host)
            media_type, charset = _type(answer.headers, accept_types, place.host)
            body = content(answer, place.host, limits.size)
        digest = sha256(body).hexdigest()
        return Fetched(place.url, url, answer.status, media_type, charset, body, digest, now(), tuple(came))
    raise NotWanted(
        Message("%(host)s sends from one address to the next without end.", {"host": place.host}),
        Message("Give the address at which a browser ends up."),
    )


def send(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    limits: Limits = Limits(size=0, seconds=15.0, redirects=0),  # noqa: B008 - frozen
    allow: Allow = PUBLIC_ONLY,
    resolve: Resolve = system,
) -> Sent:
    """POST `body` to `url` and give the status. A redirect is not followed, what comes back is not read.

    Raises `BadAddress`, `AddressRefused`, `Unreachable`, `NotWanted` for an answer that is no HTTP.
    """
    way = _Way(limits, Deadline(limits.seconds), allow, resolve)
    with _asked(way, Place.read(url), "POST", headers, body) as (answer, _):
        after = answer.headers.get("Retry-After", "")
        wait = int(after[:_LONGEST_WAIT]) if after.isascii() and after.isdecimal() else None
        return Sent(answer.status, wait)


def ask(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    limits: Limits = Limits(size=100_000, seconds=15.0, redirects=0),  # noqa: B008 - frozen
    allow: Allow = PUBLIC_ONLY,
    resolve: Resolve = system,
) -> Answered:
    """POST `body` to `url` and give what is answered, whatever its status. A redirect is not followed.

    Raises `BadAddress`, `AddressRefused`, `Unreachable`, `TooLarge`, and `NotWanted` where it is no HTTP.
    """
    place = Place.read(url)
    way = _Way(limits, Deadline(limits.seconds), allow, resolve)
    with _asked(way, place, "POST", headers, body) as (answer, _):
        media_type, _ = _type(answer.headers, (), place.host)
        return Answered(answer.status, media_type, content(answer, place.host, limits.size))


@contextmanager
def _asked(
    way: _Way,
    place: Place,
    method: str,
    headers: Mapping[str, str],
    body: bytes | None = None,
    *,
    public: bool = False,
) -> Iterator[tuple[HTTPResponse, bool]]:
    """The answer of `place`, its body unread, and whether it came from a public address."""
    if place.port not in (*WEB, *way.allow.ports):
        raise refused()
    with _told(place.host):
        found = looked_up(place.host, place.port, way.deadline.left(), way.resolve, way.allow, public=public)
        line = Line(place, found, way.deadline, way.allow.roots)
        try:
            own = {"User-Agent": AGENT, "Accept-Encoding": ACCEPTED, "Connection": "close"}
            line.request(method, place.target, body, {**headers, **own})
            # Closed by name: a connection that ends with its answer belongs to the answer, and would stay
            # open after a deadline until somebody collects it.
            with line.getresponse() as answer:
                yield answer, all(is_public(each) for each in found)
        finally:
            line.close()


@contextmanager
def _told(host: str) -> Iterator[None]:
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise not_shown(host) from error
    except TimeoutError as error:
        raise too_slow(host) from error
    except OSError as error:
        raise unreachable(host) from error
    except HTTPException as error:
        raise not_http(host) from error


def _must_be_there(status: int, host: str) -> None:
    if 200 <= status < 300:
        return
    if status in (404, 410):
        raise NotFound(
            Message("%(host)s has nothing at that address.", {"host": host}),
            Message("Check the address in a browser."),
        )
    if status == 429 or status >= 500:
        raise Unavailable(
            Message("%(host)s cannot answer now (%(status)s).", {"host": host, "status": status}),
            Message("Try again later."),
        )
    raise NotWanted(
        Message("%(host)s does not give that out (%(status)s).", {"host": host, "status": status}),
        Message(
            "Where a login or a subscription is asked for, save the page yourself and bring in the file."
        ),
    )


def _type(headers: Headers, accepted: Collection[str], host: str) -> tuple[str, str]:
    # Read here: the parser of mail, which would do it, raises what it likes of what no mail says.
    said = headers.get("Content-Type", "")[:_LONGEST_TYPE].lower()
    found = _TYPE.match(said)
    media_type = found[0] if found else "application/octet-stream"
    family = f"{media_type.partition('/')[0]}/*"
    if accepted and media_type not in accepted and family not in accepted:
        raise NotWanted(
            Message(
                "What %(host)s has there is of another type (%(type)s).", {"host": host, "type": media_type}
            ),
            Message("Give the address of the page or file itself."),
        )
    named = {each[1]: each[2].strip('"') for each in _OF_IT.finditer(said)}
    charset = named.get("charset", "") if found else ""
    return media_type, charset if _CHARSET.fullmatch(charset) else ""


def _ask_robots(way: _Way, place: Place, public: bool) -> None:
    """Raise `RobotsRefuse` where the robots.txt of `place` asks programs to stay away from it."""

    def read(at: Place, came_public: bool) -> tuple[int, str, bytes, bool]:
        with _asked(way, at, "GET", {"Accept": "text/plain"}, public=came_public) as (answer, is_out):
            location = answer.headers.get("Location", "") if answer.status in _REDIRECTS else ""
            body = b"" if location else content(answer, at.host, rules.LARGEST)
            return answer.status, location, body, is_out

    if not rules.welcome(place, AGENT, public, read):
        raise RobotsRefuse(
            Message("%(host)s asks programs to stay away from that page.", {"host": place.host}),
            Message("Look at it yourself in a browser, or ask the site's owner."),
        )
