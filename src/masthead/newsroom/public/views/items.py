"""One item: its page, its data, the files beside it."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.public.render import render
from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.public.serving.declaring import for_one, kept
from masthead.newsroom.public.serving.freshness import KEYS, Rests, rests
from masthead.newsroom.public.serving.kept import Body
from masthead.newsroom.public.showing import files, item
from masthead.newsroom.public.showing.site import around, as_json
from masthead.newsroom.public.vouched import awaited, first_witnesses
from masthead.newsroom.remedies.commands import alone


@kept
def page(asking: Asking, public_id: str) -> Body:
    """The page of an item: one line, the details, the proof and what it does not prove."""
    found = item.public_item(public_id)
    told = item.told_of(found, asking)
    return Body(_page(told, asking), rests=_rests(told))


@kept
def data(asking: Asking, public_id: str) -> Body:
    """The same as JSON."""
    found = item.public_item(public_id)
    told = item.told_of(found, asking)
    return Body(as_json(item.as_data(told, asking)), "application/json", rests=_rests(told))


@kept
def file(asking: Asking, public_id: str, name: str) -> Body:
    """A file beside the page. What was withdrawn is gone, and the page that says so comes instead."""
    found = item.public_item(public_id)
    told = item.told_of(found, asking)
    body = files.file(told, name, asking)
    if body is not None:
        return body
    if told.gone is not None and files.was_there(told, name):
        return Body(_page(told, asking), status=410, rests=_rests(told))
    raise NotFound(Message("There is no such file."), Message("See the files on the page of the item."))


@for_one
def to_page(request: HttpRequest, asking: Asking, public_id: str) -> HttpResponse:
    """The address without its last stroke."""
    return HttpResponsePermanentRedirect(f"{asking.prefix}/items/{public_id}/")


def _rests(told: item.Told) -> Rests | None:
    """On everything about the item; on nothing while its proof, or its first witness, is still to come."""
    place = told.out.entry.place
    to_come = not told.proof or (awaited() and not first_witnesses(place))
    return None if to_come else rests(KEYS, item=told.out.item.public_id)


def _page(told: item.Told, asking: Asking) -> bytes:
    there = f"{asking.prefix}/items/{told.out.item.public_id}/"
    besides = {
        "ask": f"{there}ask",
        "alone": alone(),
        "verify": f"{asking.prefix}/verify",
        "log": f"{asking.prefix}/log/",
    }
    return render(item.page(told, asking), {**around(asking), **besides}).encode()
