"""Which items a person may see, by their roles and by whether they work on the item."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from masthead.newsroom.accounts.permissions import Action, allowed
from masthead.newsroom.items.models import Item
from masthead.vocabulary import Role


def visible(person_id: UUID, roles: Collection[Role]) -> QuerySet[Item]:
    """The items whose working record this person may see; drafts only where their role allows drafts.

    Someone's own item is one they brought in or added a version to.
    """
    seen = Q(pk=None)
    if allowed(roles, Action.SEE_OWN_ITEM):
        seen |= Q(author_id=person_id) | Q(versions__author_id=person_id)
    if allowed(roles, Action.SEE_ITEM):
        seen |= ~Q(protected=True)
    if allowed(roles, Action.SEE_PUBLISHED):
        seen |= ~Q(protected=True) & Q(publications__isnull=False)
    if allowed(roles, Action.SEE_PROTECTED):
        seen |= Q(protected=True)
    return Item.objects.filter(seen).distinct()


def may_see(item: Item, person_id: UUID, roles: Collection[Role]) -> bool:
    """Whether this person may see `item`."""
    return visible(person_id, roles).filter(pk=item.pk).exists()


def may_see_drafts(item: Item, person_id: UUID, roles: Collection[Role]) -> bool:
    """Whether this person may see what of `item` is not out: an auditor may not."""
    return sees_drafts(roles, protected=bool(item.protected)) or _own(item, person_id, roles)


def sees_drafts(roles: Collection[Role], *, protected: bool) -> bool:
    """Whether these roles see what is not out of others' items."""
    return allowed(roles, Action.SEE_PROTECTED if protected else Action.SEE_ITEM)


def _own(item: Item, person_id: UUID, roles: Collection[Role]) -> bool:
    made = item.author_id == person_id or item.versions.filter(author_id=person_id).exists()
    return made and allowed(roles, Action.SEE_OWN_ITEM)
