"""Have a version checked by a worker, and tell how it goes; what is short is checked in the request."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.items.models import Version
from masthead.newsroom.jobs import Standing, health, standing
from masthead.newsroom.review.jobs import ask_for_checks
from masthead.newsroom.review.standing import current_run

AWAKE = timedelta(seconds=60)
"""A worker that was not heard of for so long is not at work."""


AT_ONCE = 50_000
"""Bytes of a version with its sources that are checked in the request: a fraction of a second."""


@dataclass(frozen=True, slots=True)
class Checking:
    """How it goes with the checks of a version that have not ended."""

    under_way: bool
    """They are asked for and a worker is there to run them."""
    given_up: bool = False


def ask(who: Someone, version: Version) -> None:
    """Have `version` checked soon; nothing where this person may not have that done."""
    if who.may(Action.WORK_ON_ITEM):
        ask_for_checks(who.actor, version)


def at_once(version: Version) -> bool:
    """Whether checking `version` is short enough for someone to wait for it, and for others behind them."""
    together = version.size + sum(version.sources.values_list("size", flat=True))
    return together <= AT_ONCE


def how(version: Version) -> Checking:
    """How it goes with checks that have not ended."""
    stands = standing(f"check:{version.id}")
    asked = stands in (Standing.WAITING, Standing.RUNNING)
    # They may have ended since whoever asks saw that they had not: then what they found is to be fetched.
    ended = stands is Standing.NONE and current_run(version) is not None
    return Checking(under_way=ended or (asked and _awake()), given_up=stands is Standing.DEAD)


def _awake() -> bool:
    last = health().last_beat
    return last is not None and datetime.now(UTC) - last < AWAKE
