"""What a control asks, what it comes to and where a commitment stands, in words: the same at every door."""

from masthead.declaration.status import Reason, Status
from masthead.language import Message
from masthead.vocabulary import Consequence, Grade, Moment

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
GRADES = {
    Grade.M: Message("machine-observed"),
    Grade.V: Message("verified"),
    Grade.A: Message("attested by a named person"),
    Grade.D: Message("a document"),
}
REASONS = {
    Reason.MET: Message("shows that it is met"),
    Reason.NOT_MET: Message("shows that it is not met"),
    Reason.RAN_OUT: Message("has run out, and nobody has looked again"),
    Reason.WEAK: Message("says so, at a lower grade than is asked for"),
    Reason.NOT_YET: Message("is dated ahead"),
    Reason.NOTHING: Message("there is no evidence"),
    Reason.RESTS_ON: Message("it rests on %(control)s, which is not met or not known"),
    Reason.CIRCLE: Message("it rests on itself, by way of others"),
    Reason.NO_CONTROL: Message("no control on the checklist answers it"),
    Reason.NOT_APPLICABLE: Message("it does not apply, as a person said with a reason"),
    Reason.LOOK_AGAIN: Message("that it does not apply is to be looked at again"),
}
"""Why a status is what it is. The first five are said of a piece of evidence, the rest of the line itself."""
