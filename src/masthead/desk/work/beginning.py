"""What to do first where there is nothing to do yet."""

from enum import StrEnum

from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.worklist import sight
from masthead.newsroom.worklist.models import Line


class Beginning(StrEnum):
    """The first step of an outlet, or of a person, that has none behind it."""

    REGISTER = "register"
    """Nothing is registered and nothing brought in, and this person decides on AI systems."""
    ITEM = "item"
    """They bring items in, and there is none that they see."""


def beginning(who: Someone) -> Beginning | None:
    """The first step that is theirs; None where it is behind them."""
    if Line.objects.filter(sight.seen(who.id, who.roles)).exists():
        # Where no AI is used there is nothing to register either.
        return None
    if who.may(Action.DECIDE_ON_SYSTEM) and not AISystem.objects.exists():
        return Beginning.REGISTER
    return Beginning.ITEM if who.may(Action.WORK_ON_ITEM) else None
