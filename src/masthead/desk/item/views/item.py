"""The page of an item."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from masthead import labels
from masthead.desk.item.forms import TIERS, AddUse, Systems
from masthead.desk.item.kept import TOKEN, Asked, Work, pages, rests_on
from masthead.desk.item.left import left_of
from masthead.desk.item.notes import SHOWS
from masthead.desk.item.page import Page, page_of
from masthead.desk.item.passages import copy_of
from masthead.desk.item.reading import words_of
from masthead.desk.items import about_item
from masthead.errors import NotFound
from masthead.language import Message, active
from masthead.newsroom.accounts.access import Someone, someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.items.commands import newest
from masthead.newsroom.items.erased import is_erased
from masthead.newsroom.items.models import Item
from masthead.newsroom.items.sight import may_see_drafts
from masthead.newsroom.register.commands import in_use
from masthead.newsroom.review.standing import publications, withdrawal
from masthead.newsroom.review.telling import as_published


@about_item(drafts=False)
def item(request: HttpRequest, item: Item) -> HttpResponse:
    """All there is to see of an item, for those who see drafts; for an auditor, what is out."""
    who = someone(request)
    if not may_see_drafts(item, who.id, who.roles):
        return _what_is_out(request, item)
    if is_erased(newest(item).sha256):
        shown = {"item": item, "left": left_of(item, part=asked_part(request))}
        return render(request, "desk/item/left.html", shown)
    wanted = request.GET.get("show", "all")
    show, part = wanted if wanted in SHOWS else "all", asked_part(request)
    if request.headers.get("HX-Request"):
        # Messages stand in it; and whoever waits for findings is not shown what was kept.
        part = request.headers.get("HX-Target", "").endswith("#work")
        template = "desk/item/part/work.html" if part else "desk/item/item.html"
        return render(request, template, {**_shown(item, show, part, who), "at": request.GET.get("at", "")})
    asked = Asked(item.public_id, who.id, who.roles, active(), show, part, datetime.now(UTC).date())
    work = pages.get(asked, lambda: _made(request, item, asked, who))
    shown = {"item": item, "title": work.title, "work": work.shown(request)}
    return render(request, "desk/item/item.html", shown)


def asked_part(request: HttpRequest) -> int:
    """The part of the text that `?part=` names; the first where it names none."""
    said = request.GET.get("part", "")[:5]
    return int(said) if said.isascii() and said.isdecimal() else 1


def _made(request: HttpRequest, item: Item, asked: Asked, who: Someone) -> Work:
    shown = _shown(item, asked.show, asked.part, who)
    page: Page = shown["page"]
    html = render_to_string("desk/item/part/work.html", {**shown, "csrf_token": TOKEN}, request)
    # How the checks go is told by the jobs, not by the record.
    lasts = page.run is not None and not page.item.protected
    return Work(page.title, html, rests_on(page.item.public_id) if lasts else None)


def _shown(item: Item, show: str, part: int, who: Someone) -> dict[str, Any]:
    page = page_of(item, show, who, now=datetime.now(UTC), part=part)
    bar = _bar(in_use(), active()) if who.may(Action.WORK_ON_ITEM) else ""
    return {"page": page, "title": page.title, "item": page.item, "bar": bar}


@lru_cache(maxsize=16)
def _bar(systems: Systems, language: str) -> SafeString:
    """The fields in the bar under selected words: empty, and the same for every item."""
    form = AddUse(systems=systems, auto_id="bar-%s")
    return render_to_string("desk/item/part/bar_fields.html", {"use_form": form, "tiers": TIERS})


def _what_is_out(request: HttpRequest, item: Item) -> HttpResponse:
    out = publications(item)
    if not out:
        raise NotFound(
            Message("There is no such item, or it is not yours to see."),
            Message("Look for it among your work."),
        )
    newest, gone = out[-1], withdrawal(item)
    shown = {
        "item": item,
        "out": newest,
        "first": out[0],
        "gone": gone,
        "disclosure": labels.disclose(as_published(newest, today=datetime.now(UTC).date())),
        "copy": None if gone else copy_of(words_of(newest.version), (), part=asked_part(request)),
    }
    return render(request, "desk/item/out.html", shown)
