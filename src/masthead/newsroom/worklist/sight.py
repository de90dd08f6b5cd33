"""Which lines a person may see: the rules of `masthead.newsroom.items.sight`, on the lines' own columns.

A test holds the two alike for every role and every item, as lists of a hundred thousand need the indexes.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from masthead.newsroom.accounts.permissions import Action, allowed
from masthead.newsroom.items.sight import sees_drafts
from masthead.newsroom.review.reading import Stage
from masthead.newsroom.worklist.models import Maker
from masthead.vocabulary import Role

NOTHING = Q(pk=None)
EVERYTHING = Q()


def own(person_id: UUID, roles: Collection[Role]) -> Q:
    """Lines of the items that are this person's."""
    if not allowed(roles, Action.SEE_OWN_ITEM):
        return NOTHING
    return Q(Exists(Maker.objects.filter(line=OuterRef("pk"), person=person_id, wrote=True)))


def seen(person_id: UUID, roles: Collection[Role]) -> Q:
    """Lines this person may see, if only what is out of some of them: see `drafts_seen`."""
    if allowed(roles, Action.SEE_PUBLISHED) and not allowed(roles, Action.SEE_ITEM):
        return drafts_seen(person_id, roles) | (Q(protected=False) & ~Q(stage=Stage.DRAFT))
    return drafts_seen(person_id, roles)


def drafts_seen(person_id: UUID, roles: Collection[Role]) -> Q:
    """Lines of which this person may see what is not out."""
    theirs = [protected for protected in (False, True) if sees_drafts(roles, protected=protected)]
    if len(theirs) == 2:
        return EVERYTHING
    found = own(person_id, roles)
    for protected in theirs:
        found |= Q(protected=protected)
    return found
