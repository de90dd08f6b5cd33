"""What a control asks, what it comes to and where a commitment stands, in words: the same at every door."""

from masthead.declaration.status import Status
from masthead.language import Message
from masthead.vocabulary import Consequence, Moment

ASKED = {
    Moment.ITEM: Message("asked of every item"),
    Moment.SYSTEM: Message("asked of every AI system"),
    Moment.ORGANISATION: Message("asked of the organisation"),
}
COMES_TO = {
    Consequence.BLOCK: Message("stops publication where it is not met"),
    Consequence.WARN: Message("warns where it is not met"),
    Consequence.RECORD: Message("is put on record"),
}
STATUSES = {
    Status.UNKNOWN: Message("unknown"),
    Status.MET: Message("met"),
    Status.NOT_MET: Message("not met"),
    Status.WATCHED: Message("watched"),
    Status.NOT_APPLICABLE: Message("not applicable"),
}
