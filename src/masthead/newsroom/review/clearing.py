"""Ask the gate about a version, on the facts as they stand."""

from datetime import datetime

from masthead import gate
from masthead.gate.clearance import Clearance
from masthead.gate.decide import NEVER_OVERRIDDEN
from masthead.gate.held import held
from masthead.gate.refusal import NotCleared
from masthead.newsroom.items.models import Version
from masthead.newsroom.policy.commands import controls
from masthead.newsroom.review.facts import facts_of
from masthead.newsroom.review.on_record import OnRecord


def clearance(version: Version, *, now: datetime, seen: OnRecord | None = None) -> Clearance:
    """What the gate says of a version at `now`. Nothing is recorded. `seen` is as for `facts_of`."""
    seen = seen or OnRecord(version, now=now)
    facts = facts_of(version, seen.policy, today=now.date(), seen=seen)
    return gate.decide(facts, controls(seen.policy))


def must_be_clear(version: Version, *, now: datetime, seen: OnRecord | None = None) -> Clearance:
    """The clearance of a version; raises `NotCleared` with every obstacle. `seen` is as for `facts_of`."""
    decided = clearance(version, now=now, seen=seen)
    if not decided.clear:
        raise NotCleared(decided)
    return decided


def controls_held(version: Version, *, now: datetime, seen: OnRecord) -> dict[str, bool]:
    """Whether a version holds to each control in force that is asked of it, by id, as it now is."""
    facts = facts_of(version, seen.policy, today=now.date(), seen=seen)
    return held(facts, controls(seen.policy))


def overridable(version: Version, *, now: datetime) -> list[str]:
    """Codes of what a break-glass would pass over; raises `NotCleared` with what it cannot."""
    decided = clearance(version, now=now)
    fixed = tuple(each for each in decided.obstacles if each.code in NEVER_OVERRIDDEN)
    if fixed:
        raise NotCleared(Clearance(fixed))
    return sorted({each.code.value for each in decided.obstacles})
