"""What the API gives of findings and of the gate's answer."""

from ninja import Schema
from pydantic import Field

from masthead.api.taking import Sha256
from masthead.newsroom.connections.asking import Match
from masthead.vocabulary import Consequence, Level, WaiverReason


class FindingOut(Schema):
    """What a check says about a version; `start` and `end` are code points of its text."""

    id: str
    check: str
    code: str
    level: Level
    consequence: Consequence
    waived: bool
    message: str
    quote: str | None
    start: int | None
    end: int | None


class FindingsOut(Schema):
    """The findings of the newest checks; `not_run` says why a check could not look."""

    version: int
    checked: bool
    not_run: dict[str, str]
    findings: list[FindingOut]


class WaiverOut(Schema):
    """A finding passed over, and why."""

    finding: str
    reason: WaiverReason
    waived_at: str


class ObstacleOut(Schema):
    """One thing in the way, and what would clear it."""

    code: str
    message: str
    ways_out: list[str]
    commitments: list[str]
    control: str | None
    finding: str | None
    system: str | None


class InsteadOut(Schema):
    """The words that were signed and nothing else; `text` is null where it is too large for this answer."""

    content_sha256: Sha256
    media_type: str
    text: str | None


class ClearanceOut(Schema):
    """The gate's answer, and the same as a signed note for whoever must not take our word for it."""

    item: str
    version: int
    content_sha256: Sha256
    canonical_sha256: Sha256
    match: Match
    clear: bool
    obstacles: list[ObstacleOut]
    warnings: list[ObstacleOut]
    overridden: list[ObstacleOut]
    at: str
    valid_until: str
    log_size: int
    signed: str
    instead: InsteadOut | None = Field(
        description="With `more_than_words`: what to ask about again, and publish, in its place."
    )
