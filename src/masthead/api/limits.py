"""How often a token may ask: so many requests a minute, of all processes that serve together.

It keeps software that runs wild from keeping others out, and stops no guessing: a token has 256 random bits.
Where the record is in PostgreSQL several processes may serve, and they count in the table of `site.counts`;
where it is an SQLite file one serves alone, and its memory is enough.

The headers are those of draft-ietf-httpapi-ratelimit-headers: the policy, and what is left of it.
"""

from datetime import datetime

from django.core.cache import caches
from django.db import connection

from masthead.newsroom.connections.models import Token

A_MINUTE = 600
"""Requests a minute for one token."""

WINDOW = 60


def counted(token: Token, *, now: datetime) -> tuple[bool, dict[str, str]]:
    """Whether one more request is within the limit, and the headers that say how it stands."""
    minute, second = divmod(int(now.timestamp()), WINDOW)
    key = f"api:{token.pk}:{minute}"
    cache = caches["default" if connection.vendor == "postgresql" else "memory"]
    try:
        asked = cache.incr(key)
    except ValueError:  # the first of this minute, or beside another that was the first
        asked = 1 if cache.add(key, 1, timeout=2 * WINDOW) else cache.incr(key)
    left = max(0, A_MINUTE - asked)
    return asked <= A_MINUTE, {
        "RateLimit-Policy": f'"token";q={A_MINUTE};w={WINDOW}',
        "RateLimit": f'"token";r={left};t={WINDOW - second}',
    }
