"""Take a published item back: never gated, asked twice."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from masthead.desk.decide.addresses import page_of
from masthead.desk.decide.forms import Withdraw
from masthead.desk.decide.pending import drop, pending, put
from masthead.desk.decide.told import told
from masthead.desk.decide.unreached import say_unreached
from masthead.desk.doing import did
from masthead.desk.item.answering import see_other
from masthead.desk.items import about_item
from masthead.language import Message
from masthead.newsroom.accounts.access import someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.items.models import Item
from masthead.newsroom.public import commands
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.review.foreseeing import given_away, told_if_withdrawn
from masthead.newsroom.review.models import Publication
from masthead.newsroom.review.standing import publications, withdrawal

STEP = "withdraw"


@about_item(Action.WITHDRAW)
def withdraw(request: HttpRequest, item: Item) -> HttpResponse:
    """The reason, then a second page that says what follows, then it is gone."""
    out = next(iter(publications(item)[-1:]), None)
    form = Withdraw(request.POST or None)
    if form.is_bound and out is not None and form.is_valid():
        who, reason = someone(request), form.cleaned_data["reason"]
        if not form.cleaned_data["sure"]:
            put(request, STEP, item, {"reason": reason})
            return see_other("desk:withdraw", item.public_id, query="look")
        # Asked again for the same reason it finishes what was cut off, and says so once more.
        if did(form, lambda: commands.withdraw(who.actor, item, reason, site_folder(item))):
            drop(request, STEP, item)
            messages.success(request, str(Message("Withdrawn. Take it down wherever else it stands.")))
            say_unreached(request, item)
            return see_other("desk:item", item.public_id)
    gone = withdrawal(item)
    if out is None or gone is not None:
        # With what is wrong where it was withdrawn just now, and its files could not be written.
        told = {"item": item, "gone": gone, "form": form}
        return render(request, "desk/decide/nothing_out.html", told, status=409)
    out.item = out.version.item = item
    said = pending(request, STEP, item)
    if not form.is_bound and said and "look" in request.GET:
        form = Withdraw(said)
    elif not form.is_bound and "change" in request.GET:
        form = Withdraw(initial=said)
    return _page(request, out, form)


def _page(request: HttpRequest, out: Publication, form: Withdraw) -> HttpResponse:
    confirm = form.is_bound and form.is_valid()
    reason = form.cleaned_data["reason"] if confirm else ""
    page = {
        "item": out.item,
        "out": out,
        "form": form,
        "confirm": confirm,
        "address": page_of(request, out.item),
        "told": told(told_if_withdrawn(out, reason, now=datetime.now(UTC))) if confirm else (),
        "given_away": given_away(reason, out.version.language) if confirm else (),
    }
    return render(request, "desk/decide/withdraw.html", page, status=422 if form.errors else 200)
