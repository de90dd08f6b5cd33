"""Which items other software may see: its person's, protected ones only by a scope of their own."""

from django.db.models import QuerySet

from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.accounts.permissions import MAY
from masthead.newsroom.connections.scopes import SEEING, Scope
from masthead.newsroom.connections.tokens import Caller
from masthead.newsroom.items.models import Item
from masthead.newsroom.items.sight import visible

DRAFTING = frozenset(role for action in SEEING for role in MAY[action])
"""Roles that see what is not out: an auditor finds what is out on the public pages."""


def seen_by(caller: Caller) -> QuerySet[Item]:
    """The items whose working record this token opens."""
    items = visible(caller.actor.person_id, caller.roles & DRAFTING)
    return items if caller.has(Scope.PROTECTED) else items.exclude(protected=True)


def seen_or_none(caller: Caller, **by: str) -> Item | None:
    """The one item; None for one that is hidden as for one that is not there."""
    return seen_by(caller).filter(**by).first()


def item_seen(caller: Caller, **by: str) -> Item:
    """The one item; the same answer for an id that is wrong as for an item that is hidden."""
    item = seen_or_none(caller, **by)
    if item is None:
        raise NotFound(
            Message("There is no such item, or it is not yours to see."),
            Message("Check its id, and what this token and its person may see."),
        )
    return item
