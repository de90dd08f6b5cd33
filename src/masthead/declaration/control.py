"""A control: something that can be met or not."""

from dataclasses import dataclass
from enum import StrEnum

from masthead.vocabulary import Consequence, Grade, Level, Method, Moment, Profile, Stage, Tier


class Rule(StrEnum):
    """What the gate asks of a version besides the findings of checks. A control names one or none."""

    REGISTERED = "registered"
    """Every AI system used at T2 or above is in the register, approved and not paused."""
    TASK_RECORDED = "task recorded"
    """Every AI use says what it was for."""
    SECOND_PERSON = "second person"
    """Someone who neither wrote the version nor recorded its AI use signs off."""
    TERMS_KNOWN = "terms known"
    """The data terms and training opt-out of each system used are known and fresh."""
    DISCLOSED = "disclosed"
    """The disclosure says every AI use on record."""


@dataclass(frozen=True, slots=True)
class Control:
    """One control as the gate and the checklist read it; its words in each language are in the catalogue.

    `checks` are ids of checks it requires to have run; `tiers` and `stages` say where it applies (empty:
    everywhere); `cadence_days` is how long its evidence stays fresh, None where each item is asked anew;
    `rests_on` are ids of controls without which it is not met; `answered_by` are ids of the evidence that all
    together answers it, where that is not evidence of its own: so one piece serves many controls.
    """

    id: str
    commitments: tuple[str, ...]
    moment: Moment
    method: Method
    evidence: Grade
    consequence: Consequence
    checks: tuple[str, ...] = ()
    rule: Rule | None = None
    tiers: tuple[Tier, ...] = ()
    stages: tuple[Stage, ...] = ()
    cadence_days: int | None = None
    profiles: tuple[Profile, ...] = ()
    rests_on: tuple[str, ...] = ()
    answered_by: tuple[str, ...] = ()


def consequence_of(level: Level, control: Control) -> Consequence:
    """What a finding of `level` means under `control`: never more than the level carries.

    An error has the control's consequence, a warning at most a warning, a note is only recorded.
    """
    ceiling = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}[level]
    order = (Consequence.BLOCK, Consequence.WARN, Consequence.RECORD)
    return order[max(ceiling, order.index(control.consequence))]
