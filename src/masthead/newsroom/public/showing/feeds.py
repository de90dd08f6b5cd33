"""What happened in public, as Atom (RFC 4287) and as JSON Feed 1.1."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from masthead.language import Message
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.public.showing.news import CHANGES, EVERYTHING, WORDS, News
from masthead.newsroom.public.showing.site import outlet
from masthead.newsroom.said import straight

ATOM = "http://www.w3.org/2005/Atom"
LINES = 50
FEEDS = {"items": EVERYTHING, "corrections": CHANGES}
TITLES = {
    "items": Message("%(outlet)s: published, corrected, answered"),
    "corrections": Message("%(outlet)s: corrections"),
}


def title(name: str) -> str:
    """What a feed is called."""
    return str(Message(TITLES[name].template, {"outlet": outlet()}))


def _id(each: News | None, name: str = "") -> str:
    """A name that lasts (RFC 4151), under the log's origin, whatever the address of these pages becomes."""
    origin = LogHead.objects.values_list("origin", flat=True).first() or "masthead.invalid"
    authority, _, rest = origin.partition("/")
    about = f"items/{each.item}/{each.place}" if each else f"feeds/{name}"
    return f"tag:{authority},2026:{rest}/{about}" if rest else f"tag:{authority},2026:{about}"


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _headline(each: News) -> str:
    values = {"what": WORDS[each.what], "title": each.title or Message("Untitled")}
    return str(Message("%(what)s: %(title)s", values))


def _address(each: News, asking: Asking) -> str:
    return asking.whole(f"/items/{each.item}/")


def atom(name: str, lines: Sequence[News], asking: Asking) -> bytes:
    """The feed of that name in Atom."""
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": asking.language})
    _add(feed, "id", _id(None, name))
    _add(feed, "title", title(name))
    _add(feed, "updated", _time(lines[0].at if lines else datetime.fromtimestamp(0, UTC)))
    _add(feed, "link", rel="self", href=asking.whole(asking.path), type="application/atom+xml")
    _add(feed, "link", rel="alternate", href=asking.whole("/"), type="text/html")
    _add(_add(feed, "author"), "name", outlet() or "Masthead")
    for each in lines:
        entry = _add(feed, "entry")
        _add(entry, "id", _id(each))
        _add(entry, "title", _headline(each))
        _add(entry, "updated", _time(each.at))
        _add(entry, "published", _time(each.at))
        _add(entry, "link", rel="alternate", href=_address(each, asking), type="text/html")
        _add(entry, "category", term=each.what.value)
        _add(entry, "summary", each.note or _headline(each))
    return written(feed)


def written(root: Element) -> bytes:
    """XML as a file."""
    written = straight(tostring(root, encoding="unicode"))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'.encode()


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    element = SubElement(parent, name, attributes)
    element.text = "".join(sign for sign in text if _in_xml(sign)) or None
    return element


def _in_xml(sign: str) -> bool:
    """Whether XML 1.0 can hold a character (section 2.2)."""
    return sign in "\t\n\r" or " " <= sign <= "\ud7ff" or "\ue000" <= sign <= "\ufffd" or sign > "\uffff"


def json_feed(name: str, lines: Sequence[News], asking: Asking) -> bytes:
    """The feed of that name as JSON Feed 1.1."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title(name),
        "home_page_url": asking.whole("/"),
        "feed_url": asking.whole(asking.path),
        "language": asking.language,
        "authors": [{"name": outlet() or "Masthead", "url": asking.whole("/")}],
        "items": [
            {
                "id": _id(each),
                "url": _address(each, asking),
                "title": _headline(each),
                "content_text": each.note or _headline(each),
                "date_published": _time(each.at),
                "tags": [each.what.value],
            }
            for each in lines
        ],
    }
    return straight(json.dumps(feed, ensure_ascii=False, indent=1)).encode() + b"\n"
