"""What software asks for first: where everything is, and whose key signs."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from django.conf import settings
from django.db.models import Max

from masthead import __version__
from masthead.errors import NotReady
from masthead.language import LANGUAGES
from masthead.newsroom.accounts.models import Organisation
from masthead.newsroom.evidence.key_ring import ring
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.public.showing.feeds import written
from masthead.newsroom.review.models import Publication
from masthead.newsroom.witness.keys import line_of

FORM = 1
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
EACH = 5000
"""Items in one part of the site map; the protocol allows ten times as many addresses."""
PAGES = ("/", "/register", "/corrections", "/verify", "/log/")


def well_known(asking: Asking) -> dict[str, Any]:
    """`/.well-known/masthead.json`; its form is documented in docs/reference/well-known.md."""
    house, origin = Organisation.objects.first(), asking.origin
    return {
        "masthead": FORM,
        "software": {"name": "Masthead", "version": __version__},
        "outlet": house.name if house else None,
        "publisher": house.publisher if house else None,
        "home": f"{origin}/",
        "languages": list(LANGUAGES),
        "register": f"{origin}/register.json",
        "corrections": f"{origin}/corrections.json",
        "item": f"{origin}/items/{{item}}/item.json",
        "verify": f"{origin}/verify",
        "feeds": {
            name: {form: f"{origin}/feeds/{name}.{form}" for form in ("atom", "json")}
            for name in ("items", "corrections")
        },
        "log": {
            "origin": LogHead.objects.values_list("origin", flat=True).first(),
            "key": _key(),
            "prefix": f"{origin}/log",
            "checkpoint": f"{origin}/log/checkpoint",
            "keys": f"{origin}/log/keys",
            "all_keys": _all_keys(),
            "witness": {"key": _witness_key(), "prefix": f"{origin}/log/witness"},
        },
    }


def _key() -> str | None:
    try:
        return str(ring(Path(settings.MASTHEAD_HOME)).current)
    except NotReady:
        return None


def _witness_key() -> str | None:
    try:
        return line_of()
    except NotReady:
        return None


def _all_keys() -> list[dict[str, Any]]:
    """Every key of the log and how it stands, oldest first; what proves it is at `log.keys`."""
    try:
        known = ring(Path(settings.MASTHEAD_HOME)).list
    except NotReady:
        return []
    return [
        {
            "key": str(each.key),
            "state": each.state.value,
            "from_size": each.size,
            "revoked_from_size": each.revoked_from,
            "reason": each.ground.value if each.ground else None,
            "since": each.since.isoformat() if each.since else None,
        }
        for each in known.keys
    ]


def parts() -> int:
    """How many parts the site map has."""
    items: int = _items().count()
    return max(1, -(-items // EACH))


def _items() -> Any:
    """Items that are out or were withdrawn, each with when it last changed in public."""
    return (
        Publication.objects.values("item__public_id", "item__withdrawal__withdrawn_at")
        .annotate(at=Max("published_at"), first=Max("entry__place"))
        .order_by("first")
    )


def site_map(asking: Asking, part: int) -> bytes:
    """One part of the site map, each page with its addresses in every language."""
    root = Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    for path, changed in [*((each, None) for each in PAGES if part == 1), *_changed(part)]:
        url = SubElement(root, "url")
        SubElement(url, "loc").text = asking.origin + path
        if changed is not None:
            SubElement(url, "lastmod").text = changed.date().isoformat()
        for language in LANGUAGES:
            href = f"{asking.origin}/{language}{path}"
            attributes = {"rel": "alternate", "hreflang": language, "href": href}
            SubElement(url, "xhtml:link", attributes)
    return written(root)


def _changed(part: int) -> list[tuple[str, datetime]]:
    """The pages of items in one part, each with when it last changed in public."""
    rows = _items()[(part - 1) * EACH : part * EACH]
    return [
        (
            f"/items/{row['item__public_id']}/",
            max(filter(None, (row["at"], row["item__withdrawal__withdrawn_at"]))),
        )
        for row in rows
    ]


def site_maps(asking: Asking, count: int) -> bytes:
    """The list of the parts, where there are several."""
    root = Element("sitemapindex", {"xmlns": SITEMAP})
    for part in range(1, count + 1):
        each = SubElement(root, "sitemap")
        SubElement(each, "loc").text = f"{asking.origin}/sitemap-{part}.xml"
    return written(root)


def robots(asking: Asking) -> str:
    """`robots.txt` (RFC 9309): public pages for everybody, nothing else for anybody."""
    closed = ("/desk/", "/account/", "/api/", "/questions/", "/setup")
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        "",
        f"Sitemap: {asking.origin}/sitemap.xml",
    ]
    return "\n".join(lines) + "\n"


def security(asking: Asking, contact: str) -> str:
    """`security.txt` (RFC 9116); it expires half a year after the day it is asked for."""
    expires = datetime.combine(asking.today + timedelta(days=180), time.min, UTC)
    where = contact if ":" in contact else f"mailto:{contact}"
    lines = (
        f"Contact: {where}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
        f"Canonical: {asking.origin}/.well-known/security.txt",
    )
    return "\n".join(lines) + "\n"
