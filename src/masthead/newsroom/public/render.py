"""The public page as one HTML file that needs nothing else.

Its style stands in it, it runs no script and asks no third party, and its Content Security Policy says so.
`masthead publish` writes it into a folder; the desk serves the same.
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from urllib.parse import quote, urlsplit

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from masthead.clock import day_of, utc_day
from masthead.labels.dates import spoken, spoken_utc
from masthead.labels.line import opening
from masthead.language import Message, using
from masthead.newsroom.public.page import Page, Proof, PublicChange, Who
from masthead.newsroom.said import counted, straight
from masthead.vocabulary import Medium

STYLE = Path(__file__).parent / "static" / "public" / "masthead.css"
CLOSED = ("base-uri 'none'", "form-action 'none'")
LINKS = frozenset({"", "http", "https", "mailto"})
"""Schemes that a link on the page may have; the empty one is a file in the same folder."""

HOW = {
    Medium.TEXT: Message("How this story was made"),
    Medium.IMAGE: Message("How this picture was made"),
}


def render(page: Page, around: Mapping[str, object] | None = None) -> str:
    """The page as HTML. Pure but for reading our own templates and style; everything given is escaped.

    `around` is what a served page has besides: another layout, with the way to the other pages.
    """
    with using(page.language), translation.override(page.language):
        return straight(render_to_string("public/item.html", _context(page) | dict(around or {})))


def _context(page: Page) -> dict[str, object]:
    css, policy = _style()
    changes = sorted(page.changes, key=lambda change: change.on)
    return {
        "layout": "public/base.html",
        "page": page,
        "css": css,
        "policy": policy,
        "title": page.title or str(Message("Untitled")),
        "kicker": HOW[Medium.IMAGE if page.picture else page.medium],
        "dates": _dates(page),
        "item_url": followed(page.item_url),
        "picture": page.picture
        and {"url": quote(page.picture.file), "alternative": page.picture.alternative},
        "facts": _grouped(page.disclosure.details),
        "steps": [
            {"machine": s.who is Who.MACHINE, "role": opening(str(s.role)), "on": _utc(s.on), "what": s.what}
            for s in page.steps
        ],
        "changes": [_shown(change) for change in changes if change.difference],
        "passages": any(change.difference.passages for change in changes),
        "left_out": sum(change.difference.left_out for change in changes),
        "latest": _shown(changes[-1]) if changes else None,
        "withdrawn": _shown(page.withdrawn) if page.withdrawn else None,
        "proof": page.proof and _proof(page.proof),
        "files": [{"name": f.name, "url": quote(f.name), "what": f.what} for f in page.files],
        "editions": [e for e in page.editions if followed(e.url)],
        "questions": [
            {"on": _time(q.on), "asked": q.asked, "answer": q.answer, "by": q.by, "id": q.id}
            for q in page.questions
        ],
        "contact": followed(page.contact),
        "json_ld": _script(page.json_ld) if page.json_ld else None,
    }


@cache
def _style() -> tuple[SafeString, str]:
    """Our style sheet, and the policy that lets this very sheet in and nothing else."""
    css = STYLE.read_text(encoding="utf-8")
    digest = b64encode(sha256(css.encode()).digest()).decode()
    rules = ("default-src 'none'", f"style-src 'sha256-{digest}'", "img-src 'self'", *CLOSED)
    return mark_safe(css), "; ".join(rules)  # noqa: S308  # our own file


def _time(day: date) -> SafeString:
    return _marked(day_of(day), spoken(day))


def _utc(day: date) -> SafeString:
    """The day in UTC, as the data beside the page tells it: two days would narrow the hour of a step."""
    return _marked(utc_day(day), spoken(utc_day(day)))


def _marked(day: date, said: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), said)


def _dates(page: Page) -> str:
    """`Published 12 November 2026 · corrected 13 November 2026`."""
    told = []
    if page.published_on:
        told.append(Message("Published %(date)s", {"date": spoken(page.published_on)}))
    if page.changes:
        last = max(change.on for change in page.changes)
        told.append(Message("corrected %(date)s", {"date": spoken(last)}))
    if page.withdrawn:
        told.append(Message("withdrawn %(date)s", {"date": spoken(page.withdrawn.on)}))
    return " · ".join(str(each) for each in told)


def _grouped(details: Sequence[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Each term once, with all that is said under it."""
    return [(term, [said for _, said in pairs]) for term, pairs in groupby(details, key=lambda pair: pair[0])]


def _shown(change: PublicChange) -> dict[str, object]:
    own = isinstance(change.note, str)
    return {"on": _time(change.on), "note": change.note, "own": own, "difference": change.difference}


def _proof(proof: Proof) -> dict[str, object]:
    return {
        "origin": proof.origin,
        "place": str(proof.place),
        "size": str(proof.size),
        "root": proof.root,
        "key": proof.key,
        "by": _marked(utc_day(proof.by), spoken_utc(proof.by)),
        "witnesses": [
            {
                "name": each.name,
                "on": _marked(utc_day(each.on), spoken_utc(each.on)),
                "n": each.size,
                "size": counted(each.size),
            }
            for each in proof.witnesses
        ],
        "opened": [
            {"place": str(each.place), "what": opening(str(each.what)), "fields": each.fields}
            for each in proof.opened
        ],
    }


def followed(url: str | None) -> str | None:
    """`url` where it is safe to follow, else None."""
    try:
        return url if url and urlsplit(url.strip()).scheme.lower() in LINKS else None
    except ValueError:
        return None


def _script(data: Mapping[str, object]) -> SafeString:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)  # noqa: S308  # every sign that HTML could read is escaped
