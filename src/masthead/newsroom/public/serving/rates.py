"""How often one network address may ask for something costly, without keeping the address."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import cache
from django.http import HttpRequest

from masthead.errors import Unavailable
from masthead.language import Message


def spend(request: HttpRequest, what: str, *, most: int, seconds: int) -> None:
    """Count one more; `Unavailable` where that network had `most` in the last `seconds` already."""
    key = f"public.{what}.{network(request)}"
    cache.add(key, 0, seconds)
    try:
        so_far = cache.incr(key)
    except ValueError:  # It ran out between the two lines.
        return
    if so_far > most:
        raise Unavailable(
            Message("That was asked too often from your network."),
            Message("Wait a while, then try again; nothing is lost."),
        )


def network(request: HttpRequest) -> str:
    """The network that asks: an address in IPv4, a household's /64 in IPv6. A cache keeps it hashed only."""
    try:
        found = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return ""
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else str(found)
