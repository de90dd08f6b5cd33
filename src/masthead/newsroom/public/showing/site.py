"""What every served page has around it: whose it is, where else to go, the other languages."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi

from masthead.clock import utc_day
from masthead.language import LANGUAGES, NAMES
from masthead.newsroom.accounts.models import Organisation
from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.said import straight

SECTIONS = ("home", "register", "corrections", "verify", "log")


def outlet() -> str:
    """The organisation's name; empty before there is one."""
    return Organisation.objects.values_list("name", flat=True).first() or ""


def around(asking: Asking, here: str = "", *, alone: bool = False) -> dict[str, Any]:
    """The context of a page: `here` is the section it belongs to, `alone` whether it has no JSON."""
    query = f"?page={asking.page}" if asking.page > 1 else ""
    return {
        "layout": "public/site/base.html",
        "outlet": outlet(),
        "language": asking.language,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "prefix": asking.prefix,
        "here": here,
        "canonical": asking.origin + asking.path + query,
        "json_address": "" if alone else f"{asking.prefix}{beside(asking.path)}{query}",
        "languages": [
            {
                "language": tag,
                "name": NAMES[tag],
                "path": f"/{tag}{asking.path}{query}",
                "url": f"{asking.origin}/{tag}{asking.path}{query}",
                "current": tag == asking.language,
            }
            for tag in LANGUAGES
        ],
    }


def beside(path: str) -> str:
    """The address of the JSON beside a page."""
    if path in ("/", "/log/"):
        return f"{path}index.json"
    return f"{path}item.json" if path.endswith("/") else f"{path}.json"


def shown(template: str, asking: Asking, told: Mapping[str, Any], here: str = "") -> str:
    """A page of ours as HTML. No context processor has a say: none of it knows who asks."""
    return straight(render_to_string(template, {**around(asking, here), **told}))


def as_json(told: Mapping[str, Any]) -> bytes:
    """What a page tells, for software."""
    return straight(json.dumps(told, ensure_ascii=False, indent=1, default=_plain)).encode() + b"\n"


def _plain(value: object) -> str:
    """A day as software has it: in UTC, and of a moment the day alone, as on the page."""
    return utc_day(value).isoformat() if isinstance(value, date) else str(value)
