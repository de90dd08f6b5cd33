"""Mark an item *protected*, a source being at risk, or lift the mark."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from masthead.desk.item.answering import see_other
from masthead.desk.items import about_item
from masthead.language import Message
from masthead.newsroom.accounts.access import someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.items.commands import protect as protect_item
from masthead.newsroom.items.models import Item
from masthead.newsroom.items.sight import may_see_drafts
from masthead.newsroom.review.standing import publications, withdrawal


@about_item(Action.WORK_ON_ITEM, Action.SEE_PROTECTED)
@require_POST
def protect(request: HttpRequest, item: Item) -> HttpResponse:
    """Do what the button said, and go on where the person may still be."""
    who, wanted = someone(request), request.POST.get("protected") == "yes"
    protect_item(who.actor, item, protected=wanted)
    messages.success(request, str(_said(item, wanted=wanted)))
    if may_see_drafts(item, who.id, who.roles):
        return see_other("desk:item", item.public_id)
    return see_other("desk:work")


def _said(item: Item, *, wanted: bool) -> Message:
    if not wanted:
        return Message("No longer protected.")
    if publications(item) and withdrawal(item) is None:
        return Message(
            "Protected: only those who work on it and editors see the work on it now. "
            "What is out stays out; withdrawing takes it back."
        )
    return Message("Protected: only those who work on it and editors see it now.")
