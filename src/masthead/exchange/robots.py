"""What a site asks of programs: its robots.txt (RFC 9309)."""

from collections.abc import Callable
from dataclasses import replace

from protego import Protego

from masthead.errors import Unavailable
from masthead.exchange.place import Place

LARGEST = 512_000
"""Bytes of a robots.txt that are read; RFC 9309 section 2.5 asks for at least 500 KiB."""
_REDIRECTS = 5

type Read = Callable[[Place, bool], tuple[int, str, bytes, bool]]
"""Status, Location, body and whether it is public, of a place reached from a public one or not."""


def welcome(place: Place, agent: str, public: bool, read: Read) -> bool:
    """Whether the site lets `agent` ask for `place`.

    No robots.txt (4xx) lets everyone in, one that cannot be had (5xx, no answer) nobody (section 2.3.1).
    """
    at = replace(place, target="/robots.txt")
    for _ in range(_REDIRECTS + 1):
        try:
            status, location, body, public = read(at, public)
        except Unavailable:
            return False
        if location:
            at = at.redirected(location)
        elif 200 <= status < 300:
            said = Protego.parse(body.decode("utf-8", "replace"))
            return bool(said.can_fetch(place.url, agent))
        else:
            return status < 500
    return True
