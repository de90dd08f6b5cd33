"""Ask about an item: a form without script, cookie or puzzle, and a private link to come back by."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from masthead.checks.personal_data.check import find
from masthead.checks.personal_data.place import Kind
from masthead.errors import MastheadError, NotFound, ReadOnly, Unavailable
from masthead.language import Message
from masthead.newsroom.items.commands import new_public_id
from masthead.newsroom.items.models import Item
from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.public.serving.declaring import by_method, for_one, kept
from masthead.newsroom.public.serving.kept import Body
from masthead.newsroom.public.serving.rates import spend
from masthead.newsroom.public.serving.uploads import NoFile
from masthead.newsroom.public.showing.item import public_item
from masthead.newsroom.public.showing.site import shown
from masthead.newsroom.remedies.commands import LONGEST, LONGEST_REACH, ONCE, alone, ask
from masthead.newsroom.review.standing import publications
from masthead.newsroom.said import counted

MOST, SECONDS = 12, 3600
"""Questions sent from one network in that time, warnings and mistakes included."""

TRAP = "website"
"""A field that no person sees: whoever fills it in is a program, and nothing is recorded."""

UNTAKEN = ReadOnly(
    Message("Questions cannot be taken just now."),
    Message("What you typed stands below; please send it again in a day or two."),
)
"""What a reader is told while the record is read-only: why is the newsroom's to tell."""

FOUND = {
    Kind.EMAIL: Message("an e-mail address"),
    Kind.PHONE: Message("a phone number"),
    Kind.IBAN: Message("a bank account number"),
    Kind.CARD: Message("a payment card number"),
    Kind.NATIONAL_ID: Message("a national identity number"),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What came with the form."""

    text: str = ""
    reach: str = ""
    once: str = ""


NOTHING = Typed()


@kept
def _form(asking: Asking, public_id: str) -> Body:
    # Made anew for each reader, as its number is theirs. Their browser may keep it: a page that it may not
    # keep, it cannot show again with what was typed once the line is lost and somebody goes back.
    headers = (("Cache-Control", "private, no-cache"),)
    return Body(_page(asking, _item(public_id)), headers=headers)


@for_one
def _sent(request: HttpRequest, asking: Asking, public_id: str) -> HttpResponse:
    item = _item(public_id)
    request.upload_handlers = [NoFile(request)]
    typed = Typed(*(request.POST.get(name, "") for name in ("text", "reach", "once")))
    try:
        spend(request, "ask", most=MOST, seconds=SECONDS)
        if request.POST.get(TRAP):
            return _to(f"{asking.prefix}/items/{public_id}/")
        warnings = [] if request.POST.get("knowing") else _found(typed.text[:LONGEST], asking.language)
        if warnings:
            return HttpResponse(_page(asking, item, typed, warnings=warnings))
        _, link = ask(item, typed.text, language=asking.language, reach=typed.reach, once=typed.once)
    except NotFound:
        raise
    except ReadOnly:
        return HttpResponse(_page(asking, item, typed, error=UNTAKEN), status=503)
    except MastheadError as error:
        status = 429 if isinstance(error, Unavailable) else 422
        return HttpResponse(_page(asking, item, typed, error=error), status=status)
    return _to(f"{asking.prefix}/questions/{link}")


ask_about = by_method(_form, _sent)


def _item(public_id: str) -> Item:
    """An item that may be asked about: published, withdrawn ones too."""
    return public_item(public_id)


def _found(text: str, language: str) -> list[str]:
    """What personal data stands in a question, each kind once; never the data."""
    return [str(FOUND[kind]) for kind in dict.fromkeys(place.kind for place in find(text, language))]


def _page(
    asking: Asking,
    item: Item,
    typed: Typed = NOTHING,
    *,
    warnings: Iterable[str] = (),
    error: MastheadError | None = None,
) -> bytes:
    facts = publications(item)[-1].facts
    told = {
        "json_address": "",
        "item": item.public_id,
        "item_title": facts["title"],
        "item_language": "" if facts["language"] == "und" else facts["language"],
        "text": typed.text,
        "reach": typed.reach,
        "once": typed.once if ONCE.fullmatch(typed.once) else new_public_id(),
        "warnings": list(warnings),
        "error": error,
        "wrong": "reach" if len(typed.text) <= LONGEST and len(typed.reach) > LONGEST_REACH else "text",
        "longest": counted(LONGEST),
        "trap": TRAP,
        "alone": alone(),
    }
    return shown("public/site/ask.html", asking, told).encode()


def _to(address: str) -> HttpResponse:
    """See other: a page loaded again sends nothing again."""
    return HttpResponseRedirect(address, status=303)
