"""Where a URL leads: read strictly, so that no two programs read it in two ways."""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address
from typing import Self
from urllib.parse import quote, urljoin, urlsplit

import idna

from masthead.exchange.addresses import PUBLIC_ONLY, WEB, Allow, is_public
from masthead.exchange.errors import bad_address, not_encrypted, refused

_PORTS = {"http": 80, "https": 443}
_LONGEST = 8000
_NO_URL = re.compile(r"[\x00-\x20\x7f-\xa0\\\ud800-\udfff]")
"""What browsers drop, change or read as something else, each in its own way."""
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")


@dataclass(frozen=True, slots=True)
class Place:
    """Scheme, host (lower case, ASCII, no final dot, an IPv6 address without brackets), port and the rest."""

    scheme: str
    host: str
    port: int
    target: str
    """Path and query, in ASCII, as the request line has them."""

    @classmethod
    def read(cls, url: str) -> Self:
        """The place that `url` names.

        Raises `BadAddress`, or `AddressRefused` for a host that is a number in an odd spelling.
        """
        if len(url) > _LONGEST or _NO_URL.search(url):
            raise bad_address()
        try:
            parts = urlsplit(url)
            port, host = parts.port, parts.hostname or ""
        except ValueError as error:
            raise bad_address() from error
        scheme = parts.scheme.lower()
        if scheme not in _PORTS or "@" in parts.netloc or port == 0:
            raise bad_address()
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._[]")
        query = f"?{quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]")}" if parts.query else ""
        return cls(scheme, _host(host, parts.netloc), port or _PORTS[scheme], path + query)

    @property
    def url(self) -> str:
        """The URL in one spelling."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.target}"

    def redirected(self, location: str) -> Self:
        """The place to which an answer from here leads."""
        try:
            # What http.client read as Latin-1 is UTF-8 where it is not ASCII.
            location = location.encode("latin-1").decode("utf-8", "replace")
            return type(self).read(urljoin(self.url, location.strip()))
        except ValueError as error:
            raise bad_address() from error


def checked(url: str, allow: Allow = PUBLIC_ONLY, *, encrypted: bool = False) -> str:
    """`url` in one spelling, without its fragment; nothing is looked up yet.

    With `encrypted`, http is taken at addresses that `allow` names alone. Raises `BadAddress` for what is no
    address of the web, `AddressRefused` for a number that is not public or a port that is not the web's.
    """
    place = Place.read(url)
    try:
        address = ip_address(place.host)
    except ValueError:
        named, inside = False, False
    else:
        named, inside = allow.names(address), not is_public(address)
    if (inside and not named) or place.port not in (*WEB, *allow.ports):
        raise refused()
    if encrypted and place.scheme != "https" and not named:
        raise not_encrypted()
    return place.url


def _host(host: str, netloc: str) -> str:
    if netloc.startswith("["):
        try:
            if "%" in host:
                raise bad_address()
            return str(IPv6Address(host))
        except AddressValueError as error:
            raise bad_address() from error
    host = _ascii(host)
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        # WHATWG URL, "ends in a number": such a host is an IPv4 address or nothing. One spelling will do.
        try:
            return str(IPv4Address(host))
        except AddressValueError as error:
            raise refused() from error
    if len(host) > 253 or not _NAME.fullmatch(host):
        raise bad_address()
    return host


def _ascii(host: str) -> str:
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise bad_address() from error
    return host.lower().removesuffix(".")
