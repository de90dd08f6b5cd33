"""By which names we answer: that of the address that is set, and to a monitor on this machine also its own.

Whoever can make a browser ask by a name of theirs that leads here (DNS rebinding) is no one we know; where
an address is set, this machine's own names are no exception, for a browser on it is somebody's too.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.request import split_domain_port

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""The names of this machine for itself (RFC 6761, section 6.3; RFC 4291, section 2.5.3)."""
PROBES = ("/health", "/ready")
"""What a monitor or a proxy asks for, often by number, since it stands on this machine."""


def of(address: str) -> list[str]:
    """The names that a desk at this address answers to; without an address those of this machine."""
    host = urlsplit(address).hostname
    if not host:
        return [*LOOPBACK]
    return [f"[{host}]" if ":" in host else host]


def is_probe(request: HttpRequest) -> bool:
    """Whether this asks how we are, by a name of this machine."""
    return request.path_info in PROBES and split_domain_port(request.META.get("HTTP_HOST", ""))[0] in LOOPBACK
