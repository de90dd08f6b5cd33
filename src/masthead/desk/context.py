"""What every page of the desk knows: who is here, where they may go, whose desk it is."""

from typing import Any

from django.http import HttpRequest

from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.actor import organisation
from masthead.newsroom.accounts.permissions import Action


def desk(request: HttpRequest) -> dict[str, Any]:
    """`someone`, `may` (what they may see) and the outlet's name; nothing on a page for everybody."""
    who = getattr(request, "someone", None)
    if not isinstance(who, Someone):
        return {}
    return {
        "someone": who,
        "outlet": organisation().name,
        "may": {action.name.lower(): who.may(action) for action in Action},
    }
