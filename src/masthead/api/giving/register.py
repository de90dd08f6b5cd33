"""What the API gives of the register."""

from ninja import Schema

from masthead.vocabulary import Stage, SystemStatus, Tier, UseLevel


class UseCaseOut(Schema):
    """What a system is used for, and whether that is approved."""

    stage: Stage
    tier: Tier
    level: UseLevel
    status: SystemStatus
    unanswered: bool
    """Whether nobody answers for this use any more, so that the system cannot be approved."""


class SystemOut(Schema):
    """An AI system of the register, and the human who answers for it."""

    id: str
    name: str
    provider: str
    status: SystemStatus
    accountable: str
    unanswered: bool
    """Whether nobody answers for it any more: their name was erased, or their last day is past."""
    terms_url: str
    terms_checked_on: str | None
    training_opt_out: bool | None
    use_cases: list[UseCaseOut]


class SystemsOut(Schema):
    """The register."""

    systems: list[SystemOut]
