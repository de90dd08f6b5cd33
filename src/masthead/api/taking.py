"""What the API takes, as JSON."""

from base64 import b64decode
from binascii import Error as NotBase64
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from masthead.newsroom.items.given import Answers, Given, UseGiven
from masthead.newsroom.webhooks.events import Event
from masthead.vocabulary import (
    Task,
    Tier,
    WaiverReason,
)

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
ItemId = Annotated[str, Field(pattern="^[a-z2-7]{26}$", description="Our id of the item.")]
SourceName = Annotated[
    str, Field(pattern="^[a-z0-9][a-z0-9._-]{0,39}$", description="Names your software: wordpress, say.")
]
ExternalName = Annotated[
    str,
    Field(pattern="^[A-Za-z0-9._~:@!$&'()*+,;=-]{1,200}$", description="What your software calls the item."),
]


Subscribable = Literal[
    Event.ITEM_SIGNED_OFF,
    Event.ITEM_PUBLISHED,
    Event.ITEM_CORRECTED,
    Event.ITEM_WITHDRAWN,
    Event.SYSTEM_APPROVED,
    Event.SYSTEM_PAUSED,
    Event.QUESTION_ASKED,
    Event.QUESTION_ANSWERED,
]
"""What software may ask to be told of; a test holds it to the list of the webhooks."""


class Taken(Schema):
    """What is taken names every field it has: a misspelt one is an error, not a loss."""

    model_config = ConfigDict(extra="forbid")


class ContentIn(Taken):
    """A file: its name, by which its kind is known, and its text or its bytes in base64."""

    name: str = Field(min_length=1, max_length=255, examples=["story.html"])
    text: str | None = None
    base64: str | None = None

    @model_validator(mode="after")
    def _one_form(self) -> "ContentIn":
        if (self.text is None) == (self.base64 is None):
            raise PydanticCustomError("one_form", "text or base64, one of the two")
        try:
            self.content()
        except (NotBase64, ValueError) as error:
            raise PydanticCustomError("base64", "not base64") from error
        return self

    def content(self) -> bytes:
        """The bytes."""
        if self.text is not None:
            return self.text.encode()
        return b64decode(self.base64 or "", validate=True)

    def given(self) -> Given:
        """The file as handed in."""
        return Given(self.name, self.content())


class UseIn(Taken):
    """One use of an AI system; `start` and `end` are code points of the text, left out for the whole."""

    system: str = Field(min_length=1, max_length=200)
    task: Task | None = None
    tier: Tier
    start: int | None = Field(None, ge=0, le=10_000_000)
    end: int | None = Field(None, ge=1, le=10_000_000)

    @model_validator(mode="after")
    def _whole_part(self) -> "UseIn":
        if (self.start is None) != (self.end is None):
            raise PydanticCustomError("whole_part", "start and end, or neither")
        return self

    def given(self) -> UseGiven:
        """The use as said."""
        part = None if self.start is None or self.end is None else (self.start, self.end)
        return UseGiven(self.system, self.task, self.tier, part)


class HandedIn(Taken):
    """The state of an item as your software has it. What is left out stays as it is on record."""

    content: ContentIn
    title: str = Field("", max_length=300)
    language: str = Field("auto", pattern="^(auto|[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3})$")
    public_interest: bool | None = None
    realistic: bool | None = None
    sources: list[ContentIn] = Field([], max_length=50)
    ai_uses: list[UseIn] = Field([], max_length=100)
    check: bool = Field(True, description="Whether the checks run before the answer.")

    def answers(self) -> Answers:
        """What is said of the item as a whole."""
        return Answers(self.title, self.public_interest, self.realistic)


class BroughtIn(HandedIn):
    """The state of an item, with whether a source of it is at risk."""

    protected: bool | None = Field(
        None,
        description=(
            "True hides it from all but who works on it and who may see protected items, from its first"
            " moment on; that takes the scope `protected`. Left out, it stays as it is."
        ),
    )


class CorrectionIn(HandedIn):
    """A corrected state, with what the audience is told of the change."""

    note: str = Field(min_length=1, max_length=2000)


class WithdrawalIn(Taken):
    """Why an item is taken back, as the audience is told."""

    reason: str = Field(min_length=1, max_length=2000)


class WaiverIn(Taken):
    """Why a finding is passed over; the note stays sealed in the record."""

    reason: WaiverReason
    note: str = Field("", max_length=2000)


class AskedIn(Taken):
    """The content that is about to be published."""

    content: ContentIn


class WebhookIn(Taken):
    """An address of your software, and what it is told."""

    url: str = Field(min_length=1, max_length=2000, examples=["https://cms.example.org/masthead"])
    events: list[Subscribable] = Field(min_length=1, max_length=20)


class WebhookChangeIn(Taken):
    """What is to change; what is left out stays."""

    url: str | None = Field(None, min_length=1, max_length=2000)
    events: list[Subscribable] | None = Field(None, min_length=1, max_length=20)
    active: bool | None = None
