"""The kinds of entries in words."""

from masthead.language import Message
from masthead.newsroom.evidence.kinds import Kind

WORDS = {
    Kind.ORGANISATION_SET_UP: Message("organisation set up"),
    Kind.PERSON_ADDED: Message("person added"),
    Kind.ROLE_GRANTED: Message("role granted"),
    Kind.ROLE_ENDED: Message("role ended"),
    Kind.POLICY_ADOPTED: Message("checklist adopted"),
    Kind.SYSTEM_REGISTERED: Message("AI system registered"),
    Kind.SYSTEM_TERMS_READ: Message("data terms read"),
    Kind.SYSTEM_APPROVED: Message("AI system approved"),
    Kind.SYSTEM_PAUSED: Message("AI system paused"),
    Kind.SYSTEM_RETIRED: Message("AI system retired"),
    Kind.USE_CASE_CHANGED: Message("use case changed"),
    Kind.ITEM_ADDED: Message("item added"),
    Kind.VERSION_ADDED: Message("version added"),
    Kind.SOURCE_ADDED: Message("source added"),
    Kind.AI_USE_RECORDED: Message("AI use recorded"),
    Kind.CHECKS_RUN: Message("checks run"),
    Kind.FINDING_WAIVED: Message("finding waived"),
    Kind.SIGNED_OFF: Message("signed off"),
    Kind.PUBLISHED: Message("published"),
    Kind.BREAK_GLASS: Message("break-glass"),
    Kind.SECOND_REVIEW: Message("second review"),
    Kind.CORRECTED: Message("corrected"),
    Kind.WITHDRAWN: Message("withdrawn"),
    Kind.CONTROL_ANSWERED: Message("control answered"),
    Kind.QUESTION_ASKED: Message("question asked"),
    Kind.QUESTION_ANSWERED: Message("question answered"),
    Kind.QUESTION_CLOSED: Message("question closed"),
    Kind.ITEM_PROTECTED: Message("item protected or no longer protected"),
    Kind.PERSON_ENDS: Message("last day of a person changed"),
    Kind.LOGIN_GIVEN: Message("login given"),
    Kind.LOGIN_ENDED: Message("login ended"),
    Kind.SENT_BACK: Message("sent back"),
    Kind.WITNESS_ADDED: Message("witness added"),
    Kind.WITNESS_ENDED: Message("witness ended"),
    Kind.ALARM_RAISED: Message("alarm raised"),
    Kind.ALARM_ENDED: Message("alarm ended"),
}
"""One for each kind; a test holds it complete."""
