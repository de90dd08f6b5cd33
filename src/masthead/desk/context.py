"""What every page of the desk knows: who is here, where they may go, whose desk it is."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from masthead.desk.work.waiting import glance
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.permissions import Action, allowed
from masthead.newsroom.evidence import damage, kept
from masthead.vocabulary import Role


def desk(request: HttpRequest) -> dict[str, Any]:
    """`someone`, `may` (what they may see), the outlet's name and how much is `waiting`.

    `read_only` holds what was found damaged, a line each, as long as nobody has put it right; `put_back` is
    whether it is nothing but a backup that waits for a person, `later` nothing but a later version's tables.

    Nothing on a page for everybody. Read once for a request, however many templates it takes.
    """
    who = getattr(request, "someone", None)
    if not isinstance(who, Someone):
        return {}
    known: dict[str, Any] | None = getattr(request, "_desk", None)
    if known is None:
        outlet, waits = glance(who)
        known = {"someone": who, "outlet": outlet, "waiting": waits, "may": _may(who.roles)}
        found = kept.known(settings.MASTHEAD_HOME)
        known["read_only"] = list(damage.words(found))
        known["put_back"] = damage.put_back(found)
        known["later"] = bool(found) and all(each.later for each in found)
        request._desk = known  # type: ignore[attr-defined]
    return known


@lru_cache(maxsize=64)
def _may(roles: frozenset[Role]) -> Mapping[str, bool]:
    return MappingProxyType({action.name.lower(): allowed(roles, action) for action in Action})
