"""Bring a new item in: paste it, hand it in, or give its address."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from masthead.desk.item import checking
from masthead.desk.item.answering import done_once, form_page, see_other, taken
from masthead.desk.item.forms import NewItem
from masthead.desk.item.handing import fetched, file_given, sources_given, text_given
from masthead.language import Message
from masthead.newsroom.accounts.access import needs, someone
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.items.deliveries import taken_before
from masthead.newsroom.items.given import Given, not_its_own_source
from masthead.newsroom.items.models import Version


@needs(Action.WORK_ON_ITEM)
def new(request: HttpRequest) -> HttpResponse:
    """The form; what it brings in is checked at once."""
    form = NewItem(request.POST, request.FILES) if request.method == "POST" else NewItem()
    if form.is_bound and form.is_valid():
        version = _brought_in(request, form)
        if version is not None:
            checking.ask(someone(request), version)
            messages.success(request, str(_said_of(version, form)))
            return see_other("desk:item", version.item.public_id)
    return form_page(request, "desk/item/new.html", form, may_be_kept=True)


def _said_of(version: Version, form: NewItem) -> Message:
    # Sent twice from one page, the second answer is the only one seen: it is the first one's.
    if version.once in (form.cleaned_data["once"], None):
        return Message("Brought in. Now say what AI did, if it did anything.")
    return Message(
        "You had brought in exactly this already: here it is, and nothing was added. "
        "For a second one, change its title."
    )


def _brought_in(request: HttpRequest, form: NewItem) -> Version | None:
    actor = someone(request).actor

    def bring_in() -> Version | None:
        # By its mark, before what was given is fetched: sent twice, it is not fetched twice. Whether it is
        # something known under another mark is told once it was fetched: a page changes at its address.
        known = taken_before(actor, form.delivery, None, now=datetime.now(UTC))
        return known or _added(actor, form, form.cleaned_data)

    return done_once(form, bring_in)


def _added(actor: Actor, form: NewItem, said: dict[str, Any]) -> Version | None:
    given = _given(form, said)
    sources = taken(form, "addresses", lambda: sources_given(said["source_files"], said["notes"], form.lines))
    if given is None or sources is None:
        return None
    not_its_own_source(given, sources)
    return add_item(
        actor,
        given,
        sources=sources,
        title=said["title"],
        language=said["language"],
        public_interest=said["public_interest"],
        realistic=said["realistic"],
        once=form.delivery,
    )


def _given(form: NewItem, said: dict[str, Any]) -> Given | None:
    """The item itself, by whichever of the ways was taken."""
    if said["text"]:
        return text_given(said["text"])
    if said["address"]:
        return taken(form, "address", lambda: fetched(said["address"]))
    field = "file" if said["file"] else "photo"
    return taken(form, field, lambda: file_given(said[field]))
