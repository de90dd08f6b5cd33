"""Publish a cleared version, and copy what the audience is told to where the item stands."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from masthead.desk.decide.addresses import page_of
from masthead.desk.decide.forms import Shown
from masthead.desk.decide.outlook import outlook
from masthead.desk.decide.pasting import pasted
from masthead.desk.decide.unreached import say_unreached
from masthead.desk.item.answering import see_other
from masthead.desk.items import about_item
from masthead.errors import MastheadError, NotAllowed, Stale
from masthead.language import LANGUAGES, NAMES, Message, active
from masthead.newsroom.accounts.access import someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.items.models import Item
from masthead.newsroom.public import commands
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.review.standing import publications
from masthead.newsroom.witness.telling import about_ours


@about_item(Action.PUBLISH)
def publish(request: HttpRequest, item: Item) -> HttpResponse:
    """Clear: what will happen, and the button. Not clear: what is in the way."""
    if request.method != "POST":
        return _page(request, item)
    shown = Shown(request.POST)
    shown.is_valid()
    number = shown.cleaned_data.get("version")
    version = item.versions.filter(number=number).first() if number else None
    if version is None:
        return _page(request, item, _nothing_shown())
    version.item = item
    try:
        commands.publish(someone(request).actor, version, site_folder(item))
    except NotAllowed:
        raise
    except MastheadError as error:
        return _page(request, item, error)
    messages.success(request, str(Message("Version %(n)d is out.", {"n": version.number})))
    say_unreached(request, item)
    return see_other("desk:disclosure", item.public_id)


@about_item(drafts=False)
def disclosure(request: HttpRequest, item: Item) -> HttpResponse:
    """What to paste where the item stands, place by place, in one language at a time."""
    asked = request.GET.get("in", "")
    language = asked if asked in LANGUAGES else active()
    out = publications(item)
    page = {
        "item": item,
        "out": out[-1] if out else None,
        "language": language,
        "languages": [(each, NAMES[each]) for each in LANGUAGES],
        "address": page_of(request, item),
        "forms": pasted(out[-1], page_of(request, item, language), language) if out else (),
    }
    return render(request, "desk/decide/disclosure.html", page)


def _page(request: HttpRequest, item: Item, refused: MastheadError | None = None) -> HttpResponse:
    page = {
        "item": item,
        "refused": refused,
        "outlook": outlook(item, someone(request), now=datetime.now(UTC)),
        "address": page_of(request, item),
        "alarm": about_ours(),
    }
    return render(request, "desk/decide/publish.html", page, status=409 if refused else 200)


def _nothing_shown() -> Stale:
    return Stale(
        Message("It was not clear which version you had before you, so nothing was published."),
        Message("Look at this one, then publish."),
    )
