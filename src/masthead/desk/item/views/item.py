"""The page of an item."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from masthead import labels
from masthead.desk.item.forms import TIERS, AddUse
from masthead.desk.item.notes import SHOWS
from masthead.desk.item.page import page_of
from masthead.desk.item.passages import copy_of
from masthead.desk.item.reading import words_of
from masthead.desk.items import about_item
from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.accounts.access import someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.items.models import Item
from masthead.newsroom.items.sight import may_see_drafts
from masthead.newsroom.register.commands import names_in_use
from masthead.newsroom.review.standing import publications, withdrawal
from masthead.newsroom.review.telling import as_published


@about_item(drafts=False)
def item(request: HttpRequest, item: Item) -> HttpResponse:
    """All there is to see of an item, for those who see drafts; for an auditor, what is out."""
    who = someone(request)
    if not may_see_drafts(item, who.id, who.roles):
        return _what_is_out(request, item)
    chosen = request.GET.get("show", "all")
    page = page_of(item, chosen if chosen in SHOWS else "all", who, now=datetime.now(UTC))
    use = AddUse(systems=names_in_use(), auto_id="bar-%s") if who.may(Action.WORK_ON_ITEM) else None
    part = request.headers.get("HX-Target", "").endswith("#work")
    template = "desk/item/part/work.html" if part else "desk/item/item.html"
    return render(request, template, {"page": page, "item": item, "use_form": use, "tiers": TIERS})


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
        "copy": None if gone else copy_of(words_of(newest.version), ()),
    }
    return render(request, "desk/item/out.html", shown)
