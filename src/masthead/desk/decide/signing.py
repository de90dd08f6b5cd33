"""Sign a version off, or send it back to who made it."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from masthead.desk.decide.content import unshown
from masthead.desk.decide.forms import SendBack, Shown
from masthead.desk.decide.statement import statement
from masthead.desk.doing import did
from masthead.desk.item.answering import see_other
from masthead.desk.items import about_item
from masthead.errors import MastheadError, Refused, Stale
from masthead.language import Message
from masthead.newsroom.accounts.access import someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.items.commands import newest
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.public import commands as public
from masthead.newsroom.review import commands
from masthead.newsroom.review.standing import withdrawal


@about_item(Action.SIGN_OFF)
def sign_off(request: HttpRequest, item: Item) -> HttpResponse:
    """What is signed in plain words, and the button. What was not on the page is not signed."""
    if request.method != "POST":
        return _page(request, item, SendBack())
    shown = Shown(request.POST)
    shown.is_valid()
    number, said = shown.cleaned_data.get("version"), shown.cleaned_data.get("said")
    version = item.versions.filter(number=number).first() if number else None
    if request.POST.get("decision") == "back":
        return _sent_back(request, item, version or newest(item))
    if version is None or not said:
        return _page(request, item, SendBack(), refused=_nothing_shown())
    if unshown(version) and request.POST.get("read") != "yes":
        return _page(request, item, SendBack(), refused=_unread())
    return _signed(request, item, version, said)


def _signed(request: HttpRequest, item: Item, version: Version, said: str) -> HttpResponse:
    who = someone(request)
    try:
        public.sign_off(who.actor, version, shown=said)
    except Stale as error:
        return _page(request, item, SendBack(), refused=error, looked_at=version)
    except Refused as error:
        if not version.sign_offs.filter(person_id=who.id, said_sha256=said).exists():
            return _page(request, item, SendBack(), refused=error)
        # The button was pressed twice: once is what was meant.
        messages.info(
            request, str(Message("You had signed off version %(n)d already.", {"n": version.number}))
        )
    else:
        messages.success(request, str(Message("You signed off version %(n)d.", {"n": version.number})))
    return see_other("desk:publish" if who.may(Action.PUBLISH) else "desk:item", item.public_id)


def _sent_back(request: HttpRequest, item: Item, version: Version) -> HttpResponse:
    form = SendBack(request.POST)
    if form.is_valid():
        who, note = someone(request), form.cleaned_data["note"]
        if did(form, lambda: commands.send_back(who.actor, version, note)):
            messages.success(request, str(Message("Sent back to its author, with your note.")))
            return see_other("desk:item", item.public_id)
    return _page(request, item, form)


def _page(
    request: HttpRequest,
    item: Item,
    form: SendBack,
    *,
    refused: MastheadError | None = None,
    looked_at: Version | None = None,
) -> HttpResponse:
    """The page; `looked_at` is what the person had before them when it turned out to be out of date."""
    version = newest(item)
    version.item = item
    if looked_at is not None:
        looked_at.item = item
    seen = request.POST.get("uses", "")
    page = {
        "item": item,
        "form": form,
        "refused": refused,
        "gone": withdrawal(item),
        "statement": statement(
            someone(request),
            version,
            now=datetime.now(UTC),
            base=looked_at,
            seen=int(seen) if looked_at == version and seen.isdecimal() and len(seen) < 6 else None,
        ),
    }
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "desk/decide/sign_off.html", page, status=status)


def _nothing_shown() -> Stale:
    return Stale(
        Message("It was not clear which version you had before you, so nothing was signed."),
        Message("Look at this one, then sign."),
    )


def _unread() -> Refused:
    return Refused(
        Message("The text is too long to be shown here, and you did not say that you read the file."),
        Message("Open the file and read it, tick the box, then sign."),
    )
