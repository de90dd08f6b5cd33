"""What the API gives, as JSON."""

from typing import Literal

from ninja import Schema
from pydantic import Field

from masthead.api.taking import Sha256
from masthead.newsroom.connections.asking import Match
from masthead.newsroom.review.reading import Stage
from masthead.newsroom.webhooks.events import Event
from masthead.newsroom.webhooks.states import State
from masthead.vocabulary import (
    Consequence,
    Level,
    Medium,
    SystemStatus,
    Task,
    Tier,
    UseLevel,
    WaiverReason,
)
from masthead.vocabulary import Stage as WorkStage

ItemStage = Literal[Stage.DRAFT, Stage.PUBLISHED, Stage.CORRECTED, Stage.WITHDRAWN]
"""Written out: the description knows one shape by each name, and the stages of the work have the same."""


class ExternalOut(Schema):
    """What your software calls an item, within the name of your software."""

    source: str
    external_id: str


class SourceOut(Schema):
    """What a version was made from."""

    label: str
    sha256: Sha256
    media_type: str
    size: int


class UseOut(Schema):
    """One use of an AI system, and through which door it was recorded."""

    system: str
    task: Task | None
    tier: Tier
    start: int | None
    end: int | None
    recorded_through: str


class VersionOut(Schema):
    """One exact state of an item."""

    number: int
    title: str
    sha256: Sha256
    canonical_sha256: Sha256
    media_type: str
    language: str
    size: int
    public_interest: bool | None
    realistic: bool | None
    added_at: str
    published: bool


class FullVersionOut(VersionOut):
    """A version with what it was made from; `checked` is whether the checks knew all of it."""

    checked: bool
    sources: list[SourceOut]
    ai_uses: list[UseOut]


class ItemOut(Schema):
    """An item with its newest version."""

    id: str
    external_ids: list[ExternalOut]
    title: str
    medium: Medium
    stage: ItemStage
    protected: bool
    version: FullVersionOut


class LineOut(Schema):
    """An item in a list, with the number of its newest version."""

    id: str
    external_ids: list[ExternalOut]
    title: str
    medium: Medium
    stage: ItemStage
    protected: bool
    version: int


class ItemsOut(Schema):
    """A page of items."""

    items: list[LineOut]
    next: str | None = Field(description="The cursor of the next page; null on the last.")


class VersionsOut(Schema):
    """The versions of an item, the newest first."""

    versions: list[VersionOut]


class SourcesOut(Schema):
    """The sources of a version."""

    sources: list[SourceOut]


class UsesOut(Schema):
    """The AI uses of a version."""

    ai_uses: list[UseOut]


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


class PairOut(Schema):
    """A term, and what is said of it."""

    term: str
    said: str


class DisclosureOut(Schema):
    """What the audience is told: `line` by default, `mark` with the first sight, `details` when asked."""

    language: str
    line: str
    mark: str | None
    details: list[PairOut]


class PublicationOut(Schema):
    """What went out; `content_sha256` is of the bytes as published."""

    item: str
    version: int
    stage: ItemStage
    published_at: str
    content_sha256: Sha256
    media_type: str
    disclosure: DisclosureOut


class WaiverOut(Schema):
    """A finding passed over, and why."""

    finding: str
    reason: WaiverReason
    waived_at: str


class UseCaseOut(Schema):
    """What a system is used for, and whether that is approved."""

    stage: WorkStage
    tier: Tier
    level: UseLevel
    status: SystemStatus


class SystemOut(Schema):
    """An AI system of the register, and the human who answers for it."""

    id: str
    name: str
    provider: str
    status: SystemStatus
    accountable: str
    terms_url: str
    terms_checked_on: str | None
    training_opt_out: bool | None
    use_cases: list[UseCaseOut]


class SystemsOut(Schema):
    """The register."""

    systems: list[SystemOut]


class QuestionOut(Schema):
    """What was asked and answered; `asked` is null where only the answer is shown."""

    id: str
    item: str
    asked: str | None
    answer: str
    answered_on: str


class QuestionsOut(Schema):
    """A page of answered questions."""

    questions: list[QuestionOut]
    next: str | None = Field(description="The cursor of the next page; null on the last.")


class WebhookOut(Schema):
    """An address that is told; `off` says why it is not."""

    id: str
    url: str
    events: list[Event]
    active: bool
    off: str | None
    made_at: str
    failing_since: str | None


class WebhookSecretOut(WebhookOut):
    """A webhook with its new secret, shown this once."""

    secret: str


class WebhooksOut(Schema):
    """Every webhook, the oldest first."""

    webhooks: list[WebhookOut]


class TryOut(Schema):
    """One try: the status that came back, or what went wrong instead."""

    at: str
    status: int | None
    trouble: str | None


class DeliveryOut(Schema):
    """One message to one webhook; `message` is its `webhook-id`."""

    id: str
    webhook: str
    message: str
    event: Event
    item: str | None
    state: State
    made_at: str
    next_at: str | None
    tries: list[TryOut]


class DeliveriesOut(Schema):
    """Deliveries, the newest first."""

    deliveries: list[DeliveryOut]


class FieldProblem(Schema):
    """What is wrong with one field."""

    field: str
    detail: str


class Problem(Schema):
    """RFC 9457 problem details: what happened, and what to do."""

    type: str
    title: str
    status: int
    detail: str
    remedy: str
    errors: list[FieldProblem] | None = None
    obstacles: list[ObstacleOut] | None = None
