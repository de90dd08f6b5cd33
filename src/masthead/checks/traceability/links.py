"""The links of a text, and the form in which two links are the same."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from masthead.checks.traceability.tokens import URL, Tokens
from masthead.reading.document import Document

_PORTS = {"http": 80, "https": 443, "ftp": 21}
_TRACKERS = frozenset(("fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "yclid"))
_LONGEST = 8_000


@dataclass(frozen=True, slots=True)
class TextLink:
    """A link, its place in code points, and its target's normal form."""

    start: int
    end: int
    target: str
    normal: str


def links(document: Document, tokens: Tokens) -> list[TextLink]:
    """The links of a document and the addresses written out in its text, once each place.

    A link within the page, and one that runs a script, has nothing to be looked for.
    """
    found = {
        (link.start, link.end): TextLink(link.start, link.end, link.target, normal(link.target))
        for link in document.links
        if (target := link.target.strip()) and not target.lower().startswith(("#", "javascript:", "data:"))
    }
    covered = sorted(found)
    place = 0
    for index, kind in enumerate(tokens.kinds):
        if kind != URL:
            continue
        start, end = tokens.starts[index], tokens.ends[index]
        while place < len(covered) and covered[place][1] <= start:
            place += 1
        if place == len(covered) or covered[place][0] >= end:
            target = tokens.surface(index)
            found[start, end] = TextLink(start, end, target, normal(target))
    return sorted(found.values(), key=lambda link: (link.start, link.end))


def normal(target: str) -> str:
    """The form two addresses of one page share.

    Scheme, user, default port, `www.`, fragment, trailing slash, letter case of the host, percent-encoding,
    order of parameters and trackers are dropped or evened out (after RFC 3986, section 6.2.2 and 6.2.3).
    """
    target = target.strip()[:_LONGEST]
    if target.lower().startswith("www."):
        target = "https://" + target
    try:
        parts = urlsplit(target)
        port = parts.port
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return target
    if parts.scheme not in _PORTS or not host:
        return unquote(target).casefold()
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        host = host.casefold()
    where = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    path = quote(unquote(parts.path).rstrip("/"), safe="/")
    kept = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(k))
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{where}{path}{query}"


def host(normalised: str) -> str:
    """The host of a normal form."""
    return normalised.partition("/")[0].partition("?")[0]


def _tracks(parameter: str) -> bool:
    return parameter.lower() in _TRACKERS or parameter.lower().startswith("utm_")
