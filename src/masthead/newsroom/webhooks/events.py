"""What other software may be told: one table from the kinds of entry to events and what they say.

Ids and hashes alone. Who gets them asks the API for more, with rights of its own; no name, title or note is
sent, and of a protected item nothing but what is public.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from masthead.language import Message
from masthead.newsroom.evidence.kinds import Kind


class Event(StrEnum):
    """The type of a message, as Standard Webhooks writes it."""

    ITEM_SIGNED_OFF = "item.signed_off"
    ITEM_PUBLISHED = "item.published"
    ITEM_CORRECTED = "item.corrected"
    ITEM_WITHDRAWN = "item.withdrawn"
    SYSTEM_APPROVED = "system.approved"
    SYSTEM_PAUSED = "system.paused"
    QUESTION_ASKED = "question.asked"
    QUESTION_ANSWERED = "question.answered"
    TEST = "endpoint.test"
    """Sent by hand to any endpoint; nobody subscribes to it."""


SUBSCRIBABLE = tuple(event for event in Event if event is not Event.TEST)

PUBLIC = frozenset(
    {
        Event.ITEM_PUBLISHED,
        Event.ITEM_CORRECTED,
        Event.ITEM_WITHDRAWN,
        Event.QUESTION_ASKED,
        Event.QUESTION_ANSWERED,
    }
)
"""Events about what is out, which anyone can see: of a protected item too."""

LABELS: Mapping[Event, Message] = {
    Event.ITEM_SIGNED_OFF: Message("A version was signed off"),
    Event.ITEM_PUBLISHED: Message("An item was published"),
    Event.ITEM_CORRECTED: Message("An item was corrected"),
    Event.ITEM_WITHDRAWN: Message("An item was withdrawn"),
    Event.SYSTEM_APPROVED: Message("An AI system was approved"),
    Event.SYSTEM_PAUSED: Message("An AI system was paused"),
    Event.QUESTION_ASKED: Message("A question was asked"),
    Event.QUESTION_ANSWERED: Message("A question was answered"),
    Event.TEST: Message("A test"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An event, and what of its entry is sent: `fields` as they are, `system` the id of an AI system."""

    event: Event
    fields: tuple[str, ...] = ()
    system: bool = False


_OUT = ("item", "media_type", "published_sha256", "canonical_sha256", "disclosure_sha256")

TOLD: Mapping[Kind, Told] = {
    Kind.SIGNED_OFF: Told(Event.ITEM_SIGNED_OFF, ("item", "canonical_sha256")),
    Kind.PUBLISHED: Told(Event.ITEM_PUBLISHED, _OUT),
    Kind.CORRECTED: Told(Event.ITEM_CORRECTED, _OUT),
    Kind.WITHDRAWN: Told(Event.ITEM_WITHDRAWN, ("item",)),
    Kind.SYSTEM_APPROVED: Told(Event.SYSTEM_APPROVED, system=True),
    Kind.SYSTEM_PAUSED: Told(Event.SYSTEM_PAUSED, system=True),
    Kind.QUESTION_ASKED: Told(Event.QUESTION_ASKED, ("item", "question")),
    Kind.QUESTION_ANSWERED: Told(Event.QUESTION_ANSWERED, ("item", "question")),
}
