"""E-mail addresses (RFC 5321 in the form in which people write them, RFC 6531 letters allowed)."""

import re
from collections.abc import Iterator

from masthead.checks.personal_data.place import Kind, Place
from masthead.vocabulary import Level

_LETTER = r"[^\W_]"
_LOCAL = re.compile(r"[\w.%+'-]{1,64}\Z")
_LABEL = rf"{_LETTER}(?:[\w-]{{0,61}}{_LETTER})?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.){{1,8}}([^\W\d_]{{2,24}}|xn--[a-z0-9-]{{2,59}})(?![\w@])")
_WIDE = re.compile(r"[\u2e80-\uffff]")
"""Scripts written without spaces: what stands before an address in them is not part of it."""
_FILES = frozenset((
    "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico", "css", "js", "json", "html", "pdf", "mp4"
))  # fmt: skip
"""Endings of retina images and the like (`logo@2x.png`), none of them a top-level domain."""

ROLES = frozenset((
    "abuse", "accessibility", "accueil", "admin", "administration", "advertising", "ads", "bonjour",
    "booking", "careers", "comms", "communication", "communications", "complaints", "contact", "contacto",
    "contatti", "corrections", "courrier", "dataprotection", "desk", "dpo", "editor", "editorial",
    "editors", "enquiries", "feedback", "gdpr", "hallo", "hello", "help", "hi", "hola", "imprensa",
    "info", "information", "infos", "inquiries", "jobs", "kontakt", "legal", "letters", "lettres", "mail",
    "marketing", "media", "mediateur", "membership", "news", "newsdesk", "newsletter", "newsroom",
    "noreply", "no-reply", "office", "ombudsman", "ombud", "podcast", "post", "prensa", "presse", "press",
    "pressestelle", "privacy", "pr", "publicite", "reception", "redaccion", "redacao", "redaction",
    "redaktion", "redazione", "redactie", "registration", "sales", "secretariat", "security", "service",
    "services", "standards", "subscriptions", "support", "team", "tips", "webmaster",
))  # fmt: skip
"""Local parts that name a desk or an office and no person."""


def emails(folded: str, at: tuple[int, ...]) -> Iterator[Place]:
    """Addresses around the given @ signs. A role address is only noted: it is meant to be public."""
    last = 0
    for sign in at:
        local = _LOCAL.search(folded[max(last, sign - 64) : sign])
        domain = _DOMAIN.match(folded, sign + 1)
        if local is None or domain is None or domain[1].lower() in _FILES:
            continue
        name = _WIDE.split(local[0])[-1].lstrip(".'-")
        start = sign - len(name)
        # Before the name, another @ or a slash: a handle of the fediverse, a part of a link.
        if not name or name.endswith(".") or (start and folded[start - 1] in "@/"):
            continue
        last = domain.end()
        level = Level.NOTE if _role(name) else Level.ERROR
        yield Place(Kind.EMAIL, start, domain.end(), level, why="role" if level is Level.NOTE else "")


def _role(name: str) -> bool:
    lowered = name.lower()
    if lowered in ROLES:
        return True
    first, *rest = re.split(r"[._+-]", lowered)
    return first in ROLES and all(part in ROLES or len(part) <= 2 for part in rest)
