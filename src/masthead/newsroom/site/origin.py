"""What a log is called for ever: an origin, which is a domain and a path without a scheme."""

from ipaddress import ip_address
from secrets import token_hex
from urllib.parse import urlsplit

import idna

from masthead.errors import Refused
from masthead.language import Message
from masthead.newsroom.evidence.models import LogHead
from masthead.tlog.note import Malformed, check_name

NOBODYS = "masthead.invalid"
_USUAL = {"http": 80, "https": 443}


def origin_of(address: str) -> str:
    """What the log of a desk at `address` is called; a random name that is nobody's where it has no domain.

    A name or number that means this machine on every machine would name the logs of many.
    """
    parts = urlsplit(address)
    try:
        host = idna.encode((parts.hostname or "").rstrip("."), uts46=True).decode()
    except idna.IDNAError:
        host = ""
    if "." not in host or _is_number(host):
        return f"{NOBODYS}/{token_hex(8)}"
    port = f":{parts.port}" if parts.port not in (None, _USUAL.get(parts.scheme)) else ""
    return f"{host}{port}/log"


def refuse(origin: str) -> None:
    """Refuse what is said to name the log and cannot, or names another than the one that is there."""
    try:
        check_name(origin)
    except Malformed:
        wrong = True
    else:
        wrong = "://" in origin
    if wrong:
        raise Refused(
            Message("A log cannot have this origin."),
            Message("Give a domain and a path without white space or https://, such as example.org/log."),
        )
    head = LogHead.objects.first()
    if head is not None and head.origin != origin:
        raise Refused(
            Message("The log here is called %(origin)s, and that is for ever.", {"origin": head.origin}),
            Message("Leave --origin out, or begin another record in another folder with MASTHEAD_HOME."),
        )


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
