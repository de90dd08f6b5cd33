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
    """Nobody has entered an AI system yet, and this person decides on them."""
    ITEM = "item"
    """They bring items in, and have seen none yet."""


def beginning(who: Someone) -> Beginning | None:
    """The first step that is theirs; None where it is behind them."""
    if who.may(Action.DECIDE_ON_SYSTEM) and not AISystem.objects.exists():
        return Beginning.REGISTER
    if who.may(Action.WORK_ON_ITEM) and not Line.objects.filter(sight.seen(who.id, who.roles)).exists():
        return Beginning.ITEM
    return None
