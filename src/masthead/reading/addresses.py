"""Which addresses may go out: those that name a place or a person, and run nothing."""

import re

LINKED = frozenset({"http", "https", "mailto", "tel", "sms", "ftp"})
SHOWN = frozenset({"http", "https"})

_SCHEME = re.compile(r"([^/?#:]*):")


def linked(address: str) -> bool:
    """Whether a link may lead there: a known scheme, or an address relative to the page."""
    return _known(address, LINKED)


def shown(address: str) -> bool:
    """Whether a picture may be fetched from there."""
    return _known(address, SHOWN)


def _known(address: str, schemes: frozenset[str]) -> bool:
    scheme = _SCHEME.match(address)
    return scheme is None or scheme[1].lower() in schemes
