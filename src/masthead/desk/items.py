"""Routes about one item: it is found by its id, and only where the person may see it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpRequest, HttpResponse

from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.accounts.access import needs, someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.items.models import Item
from masthead.newsroom.items.sight import may_see, may_see_drafts
from masthead.newsroom.prepared import Prepared

SEE = (Action.SEE_OWN_ITEM, Action.SEE_ITEM, Action.SEE_PROTECTED, Action.SEE_PUBLISHED)
"""What lets a person see an item at all; which items, `visible` says."""

_CALLED = Prepared(lambda public_id: Item.objects.filter(public_id=public_id))

type ItemView[**P] = Callable[Concatenate[HttpRequest, Item, P], HttpResponse]


def about_item[**P](
    *actions: Action, drafts: bool = True
) -> Callable[[ItemView[P]], Callable[..., HttpResponse]]:
    """A view of one item: `public_id` of the route becomes the item.

    What the person may not see does not exist for them: the same answer for a wrong id as for a hidden item.
    `drafts` is whether the view shows or touches what is not out. `actions` default to seeing.
    """

    def declared(view: ItemView[P]) -> Callable[..., HttpResponse]:
        @needs(*(actions or SEE))
        @wraps(view)
        def found(request: HttpRequest, public_id: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            return view(request, _seen(request, public_id, drafts=drafts), *args, **kwargs)

        found.drafts = drafts  # type: ignore[attr-defined]  # read where every route is tried
        return found

    return declared


def _seen(request: HttpRequest, public_id: str, *, drafts: bool) -> Item:
    who = someone(request)
    item = _CALLED.first(public_id)
    if item is None or not (
        # Whoever may see its drafts may see it; the other way round it takes longer to find out.
        may_see_drafts(item, who.id, who.roles) or (not drafts and may_see(item, who.id, who.roles))
    ):
        raise NotFound(
            Message("There is no such item, or it is not yours to see."),
            Message("Look for it among your work."),
        )
    return item
