"""How often a token may ask: so many requests a minute, counted in this process.

It keeps software that runs wild from keeping others out, and stops no guessing: a token has 256 random bits.
So it is worth no write for each request.

The headers are those of draft-ietf-httpapi-ratelimit-headers: the policy, and what is left of it.
"""

from datetime import datetime

from django.core.cache import caches

from masthead.newsroom.connections.models import Token

A_MINUTE = 600
"""Requests a minute for one token, in each process that serves."""

WINDOW = 60


def counted(token: Token, *, now: datetime) -> tuple[bool, dict[str, str]]:
    """Whether one more request is within the limit, and the headers that say how it stands."""
    minute, second = divmod(int(now.timestamp()), WINDOW)
    key = f"api:{token.pk}:{minute}"
    cache = caches["memory"]
    cache.add(key, 0, timeout=2 * WINDOW)
    try:
        asked = cache.incr(key)
    except ValueError:  # it ran out between the two lines
        asked = 1
    left = max(0, A_MINUTE - asked)
    return asked <= A_MINUTE, {
        "RateLimit-Policy": f'"token";q={A_MINUTE};w={WINDOW}',
        "RateLimit": f'"token";r={left};t={WINDOW - second}',
    }
