"""What was typed on the first page of a decision, until the second page is done with it.

It stands in the session, so that the second page has an address of its own: going back, forward and loading
it again sends nothing. Nothing of it is in an address.
"""

from collections.abc import Mapping

from django.http import HttpRequest

from masthead.newsroom.items.models import Item


def put(request: HttpRequest, step: str, item: Item, said: Mapping[str, str]) -> None:
    """Keep what was typed for `step` of `item`; what was kept for it before is forgotten."""
    request.session[_name(step, item)] = dict(said)


def pending(request: HttpRequest, step: str, item: Item) -> dict[str, str]:
    """What was typed for `step` of `item`; nothing where nothing was."""
    return dict(request.session.get(_name(step, item), {}))


def drop(request: HttpRequest, step: str, item: Item) -> None:
    """Forget it: it is done."""
    request.session.pop(_name(step, item), None)


def _name(step: str, item: Item) -> str:
    return f"{step} {item.public_id}"
