"""What the API gives of items, their versions and what goes out."""

from typing import Literal

from ninja import Schema
from pydantic import Field

from masthead.api.taking import Sha256
from masthead.newsroom.review.reading import Stage
from masthead.vocabulary import Medium, Task, Tier

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
