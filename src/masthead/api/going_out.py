"""Publish what the gate clears; correct and withdraw what is out."""

from django.http import HttpRequest
from ninja import Router

from masthead.api.bearer import caller_of
from masthead.api.giving.items import ItemOut, PublicationOut
from masthead.api.handling import found, handed, item_answer, matched_newest
from masthead.api.operation import Answer, operation
from masthead.api.showing import publication_json
from masthead.api.taking import CorrectionIn, ItemId, WithdrawalIn
from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.connections.correcting import signed_off
from masthead.newsroom.connections.scopes import Scope
from masthead.newsroom.items.models import Item
from masthead.newsroom.public import commands
from masthead.newsroom.review.standing import publications

router = Router(tags=["Publishing"])


@operation(
    router,
    "POST",
    "/items/{item_id}/publication",
    Scope.PUBLISH,
    {201: PublicationOut},
    summary="Publish the newest version",
    problems=(404,),
    changes=True,
    matches=True,
)
def publish_item(request: HttpRequest, item_id: ItemId) -> Answer:
    """If the gate clears it: else 409 with every obstacle. A version that is out is told of again."""
    item = found(request, item_id)
    base = matched_newest(request, item)
    commands.publish(caller_of(request).actor, base, commands.site_folder(item))
    return _out(item, 201)


@operation(
    router,
    "GET",
    "/items/{item_id}/publication",
    Scope.READ,
    {200: PublicationOut},
    summary="Read what is out, and what to tell the audience",
    problems=(404,),
)
def read_publication(request: HttpRequest, item_id: ItemId) -> Answer:
    """The disclosure in the item's own language, to be shown beside it."""
    return _out(found(request, item_id))


@operation(
    router,
    "POST",
    "/items/{item_id}/corrections",
    Scope.CORRECT,
    {201: PublicationOut},
    summary="Publish a correction",
    problems=(404,),
    changes=True,
    matches=True,
    files=True,
)
def correct_item(request: HttpRequest, item_id: ItemId, body: CorrectionIn) -> Answer:
    """Of words that were signed off as the newest version: then at once, past the gate, and always told."""
    item = found(request, item_id)
    base = matched_newest(request, item)
    new = handed(body)
    signed_off(item, new.given)
    commands.correct(
        caller_of(request).actor,
        item,
        new.given,
        body.note,
        uses=tuple(new.uses),
        sources=tuple(new.sources),
        folder=commands.site_folder(item),
        answers=new.answers,
        seen=base.number,
    )
    return _out(item, 201)


@operation(
    router,
    "POST",
    "/items/{item_id}/withdrawal",
    Scope.WITHDRAW,
    {201: ItemOut},
    summary="Withdraw what is out",
    problems=(404,),
    changes=True,
)
def withdraw_item(request: HttpRequest, item_id: ItemId, body: WithdrawalIn) -> Answer:
    """At once: its page says so, and its content leaves it."""
    item = found(request, item_id)
    commands.withdraw(caller_of(request).actor, item, body.reason, commands.site_folder(item))
    return item_answer(item, status=201)


def _out(item: Item, status: int = 200) -> Answer:
    out = publications(Item.objects.get(pk=item.pk))
    if not out:
        raise NotFound(
            Message("This item is not published."), Message("Ask for its clearance, then publish it.")
        )
    return Answer(publication_json(out[-1]), status)
