"""What every page of the desk knows: who is here, where they may go, whose desk it is."""

from functools import partial
from typing import Any

from django.http import HttpRequest

from masthead.desk.work.waiting import count
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.actor import organisation
from masthead.newsroom.accounts.permissions import Action


def desk(request: HttpRequest) -> dict[str, Any]:
    """`someone`, `may` (what they may see), the outlet's name and, once asked, how much is `waiting`.

    Nothing on a page for everybody.
    """
    who = getattr(request, "someone", None)
    if not isinstance(who, Someone):
        return {}
    return {
        "someone": who,
        "outlet": organisation().name,
        "waiting": partial(count, who),
        "may": {action.name.lower(): who.may(action) for action in Action},
    }
