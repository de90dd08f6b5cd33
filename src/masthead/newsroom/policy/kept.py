"""A control as a policy revision keeps it, read back."""

from collections.abc import Mapping
from typing import Any

from masthead.declaration.control import Control, Rule
from masthead.vocabulary import Consequence, Grade, Method, Moment, Profile, Stage, Tier


def control_from(kept: Mapping[str, Any]) -> Control:
    """The control that `dataclasses.asdict` turned into JSON."""
    return Control(
        id=kept["id"],
        commitments=tuple(kept["commitments"]),
        moment=Moment(kept["moment"]),
        method=Method(kept["method"]),
        evidence=Grade(kept["evidence"]),
        consequence=Consequence(kept["consequence"]),
        checks=tuple(kept["checks"]),
        rule=Rule(kept["rule"]) if kept["rule"] else None,
        tiers=tuple(Tier(tier) for tier in kept["tiers"]),
        stages=tuple(Stage(stage) for stage in kept["stages"]),
        cadence_days=kept["cadence_days"],
        profiles=tuple(Profile(profile) for profile in kept["profiles"]),
        # Revisions that were adopted before controls could name others lack these.
        rests_on=tuple(kept.get("rests_on", ())),
        answered_by=tuple(kept.get("answered_by", ())),
    )
