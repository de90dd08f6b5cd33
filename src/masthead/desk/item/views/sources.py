"""Add what an item was made from."""

from hashlib import sha256

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from masthead.desk.doing import done
from masthead.desk.item import checking
from masthead.desk.item.answering import form_page, see_other, taken
from masthead.desk.item.before_them import current, looked_at
from masthead.desk.item.forms import AddSource
from masthead.desk.item.handing import sources_given
from masthead.desk.items import about_item
from masthead.language import Message
from masthead.newsroom.accounts.access import someone
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.items.commands import add_source, newest
from masthead.newsroom.items.given import Given
from masthead.newsroom.items.models import Item, Version


@about_item(Action.WORK_ON_ITEM)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, item: Item) -> HttpResponse:
    """The form; each source is an entry of its own, and the checks run anew."""
    version, who = newest(item), someone(request)
    form = AddSource(request.POST, request.FILES) if request.method == "POST" else AddSource()
    if form.is_bound and form.is_valid() and current(form, looked_at(request, item, version)):
        said = form.cleaned_data
        given = taken(
            form, "addresses", lambda: sources_given(said["source_files"], said["notes"], form.lines)
        )
        if given is not None:
            added = done(form, lambda: _added(who.actor, version, given))
            if added is not None:
                checking.ask(who, version)
                messages.success(
                    request,
                    str(Message("%(n)d source added.", {"n": added}, "%(n)d sources added.")),
                )
                return see_other("desk:item", item.public_id, at="sources")
    return form_page(request, "desk/item/add_source.html", form, item=item, version=version)


def _added(actor: Actor, version: Version, given: list[Given]) -> int:
    """How many of the sources were new; refused where none was."""
    known = set(version.sources.values_list("sha256", flat=True))
    digests = {sha256(each.content).hexdigest(): each for each in given}
    fresh = {digest: each for digest, each in digests.items() if digest not in known}
    for each in fresh.values() or given[:1]:
        add_source(actor, version, each)
    return len(fresh)
