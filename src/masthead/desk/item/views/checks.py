"""Run the checks again; and tell a page that waits for them how it goes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from masthead.desk.item import checking
from masthead.desk.item.answering import see_other
from masthead.desk.item.before_them import looked_at
from masthead.desk.items import about_item
from masthead.errors import Stale
from masthead.language import Message
from masthead.newsroom.accounts.access import someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.items.commands import newest, still_newest
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.review.commands import run_checks
from masthead.newsroom.review.standing import current_run

NOBODY_AT_WORK = Message(
    "A text as long as this is checked by the worker, and none is at work. It is checked once one is: "
    "masthead serve starts one."
)


@about_item(Action.WORK_ON_ITEM)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, item: Item) -> HttpResponse:
    """POST runs the checks, or has a worker run them where the text is long.

    GET leads to the page; for a page that waits, 204 while they are not done.
    """
    version = newest(item)
    if request.method == "POST":
        try:
            still_newest(looked_at(request, item, version))
            if checking.at_once(version):
                run_checks(someone(request).actor, version)
            else:
                checking.ask(someone(request), version)
                if not checking.how(version).under_way:
                    messages.warning(request, str(NOBODY_AT_WORK))
        except Stale:
            version = newest(item)
            checking.ask(someone(request), version)
            messages.warning(request, str(Message("Something was added meanwhile: checking once more.")))
    elif request.headers.get("HX-Request") and _not_done(version):
        return HttpResponse(status=204)
    return see_other("desk:item", item.public_id, query=request.GET.urlencode())


def _not_done(version: Version) -> bool:
    return current_run(version) is None and checking.how(version).under_way
