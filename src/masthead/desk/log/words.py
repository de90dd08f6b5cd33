"""What each kind of entry says, in words: for who may read what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from masthead.language import Message
from masthead.newsroom.evidence.kinds import Kind


@dataclass(frozen=True, slots=True)
class Words:
    """The kind's name, which stands in the open, and the sentence with its values.

    `unless` names a sealed field and what the sentence is instead where that field is false.
    """

    name: Message
    says: Message
    unless: tuple[str, Message] | None = None

    def sentence(self, said: Mapping[str, Any], values: Mapping[str, str | Message]) -> Message:
        """The sentence for an entry whose fields are `said`."""
        chosen = self.says
        if self.unless is not None and said.get(self.unless[0]) is False:
            chosen = self.unless[1]
        return Message(chosen.template, values)


def _words(name: Message, says: Message, **unless: Message) -> Words:
    return Words(name, says, next(iter(unless.items()), None))


WORDS: Mapping[Kind, Words] = {
    Kind.ORGANISATION_SET_UP: _words(
        Message("organisation set up"), Message("%(who)s set up the organisation.")
    ),
    Kind.PERSON_ADDED: _words(Message("person added"), Message("%(who)s added %(person)s.")),
    Kind.ROLE_GRANTED: _words(
        Message("role granted"), Message("%(who)s gave %(person)s the role of %(role)s.")
    ),
    Kind.ROLE_ENDED: _words(
        Message("role ended"), Message("%(who)s ended the role of %(role)s of %(person)s.")
    ),
    Kind.PERSON_ENDS: _words(
        Message("last day of a person changed"), Message("%(who)s set the last day of %(person)s.")
    ),
    Kind.LOGIN_GIVEN: _words(Message("login given"), Message("%(who)s took up a login for %(person)s.")),
    Kind.LOGIN_ENDED: _words(Message("login ended"), Message("%(who)s ended the login of %(person)s.")),
    Kind.POLICY_ADOPTED: _words(Message("checklist adopted"), Message("%(who)s adopted a checklist.")),
    Kind.CONTROL_ANSWERED: _words(
        Message("control answered"), Message("%(who)s answered a question of the checklist.")
    ),
    Kind.SYSTEM_REGISTERED: _words(
        Message("AI system registered"), Message("%(who)s entered %(system)s in the register.")
    ),
    Kind.SYSTEM_TERMS_READ: _words(
        Message("data terms read"), Message("%(who)s read the data terms of %(system)s.")
    ),
    Kind.SYSTEM_ACCOUNTABLE: _words(
        Message("who answers for a system named anew"),
        Message("%(who)s put on record who answers for %(system)s."),
    ),
    Kind.SYSTEM_APPROVED: _words(Message("AI system approved"), Message("%(who)s approved %(system)s.")),
    Kind.SYSTEM_PAUSED: _words(Message("AI system paused"), Message("%(who)s paused %(system)s.")),
    Kind.SYSTEM_RETIRED: _words(Message("AI system retired"), Message("%(who)s retired %(system)s.")),
    Kind.USE_CASE_CHANGED: _words(
        Message("use case changed"),
        Message("%(who)s put on record what %(system)s is used for, at %(tier)s."),
    ),
    Kind.ITEM_ADDED: _words(Message("item added"), Message("%(who)s brought the item in.")),
    Kind.VERSION_ADDED: _words(Message("version added"), Message("%(who)s brought in version %(number)s.")),
    Kind.SOURCE_ADDED: _words(Message("source added"), Message("%(who)s added a source.")),
    Kind.AI_USE_RECORDED: _words(Message("AI use recorded"), Message("%(who)s recorded a use of %(uses)s.")),
    Kind.ITEM_PROTECTED: _words(
        Message("item protected or no longer protected"),
        Message("%(who)s protected the item."),
        protected=Message("%(who)s lifted the item's protection."),
    ),
    Kind.CHECKS_RUN: _words(Message("checks run"), Message("%(who)s had the checks run.")),
    Kind.FINDING_WAIVED: _words(
        Message("finding waived"), Message("%(who)s waived a finding, with a reason.")
    ),
    Kind.SENT_BACK: _words(Message("sent back"), Message("%(who)s sent the item back to its author.")),
    Kind.SIGNED_OFF: _words(Message("signed off"), Message("%(who)s read the item and signed it off.")),
    Kind.PUBLISHED: _words(Message("published"), Message("%(who)s published the item.")),
    Kind.BREAK_GLASS: _words(
        Message("break-glass"), Message("%(who)s decided to publish the item now, past the gate.")
    ),
    Kind.SECOND_REVIEW: _words(
        Message("second review"),
        Message("%(who)s reviewed what went out past the gate: it stands."),
        upheld=Message("%(who)s reviewed what went out past the gate: it should not have gone out."),
    ),
    Kind.CORRECTED: _words(Message("corrected"), Message("%(who)s published a correction.")),
    Kind.WITHDRAWN: _words(Message("withdrawn"), Message("%(who)s withdrew the item.")),
    Kind.QUESTION_ASKED: _words(
        Message("question asked"), Message("Somebody in the audience asked a question.")
    ),
    Kind.QUESTION_ANSWERED: _words(Message("question answered"), Message("%(who)s answered a question.")),
    Kind.QUESTION_CLOSED: _words(
        Message("question closed"), Message("%(who)s closed a question without an answer.")
    ),
    Kind.KEY_ROTATED: _words(
        Message("key of the log changed"), Message("%(who)s had the log signed with a new key from here on.")
    ),
    Kind.KEY_REVOKED: _words(
        Message("key of the log revoked"), Message("%(who)s revoked an earlier key of the log.")
    ),
    Kind.DATA_ERASED: _words(Message("data erased"), Message("%(who)s erased personal data.")),
    Kind.HOLD_SET: _words(Message("hold set"), Message("%(who)s set a legal hold.")),
    Kind.HOLD_LIFTED: _words(Message("hold lifted"), Message("%(who)s lifted a legal hold.")),
    Kind.RETENTION_SET: _words(Message("retention set"), Message("%(who)s set how long something is kept.")),
    Kind.WITNESS_ADDED: _words(
        Message("witnessing begun"),
        Message("%(who)s has the log of %(party)s (key %(key)s) witnessed here from now on."),
        watched=Message("%(who)s has %(party)s (key %(key)s) asked to witness our log from now on."),
    ),
    Kind.WITNESS_ENDED: _words(
        Message("witnessing ended"),
        Message("%(who)s has the log of %(party)s (key %(key)s) witnessed here no longer."),
        watched=Message("%(who)s has %(party)s (key %(key)s) asked to witness our log no longer."),
    ),
    Kind.ALARM_RAISED: _words(
        Message("alarm raised"),
        Message(
            "What the log of %(party)s shows does not go with what it has shown before. Both heads are kept."
        ),
    ),
    Kind.RESTORED: _words(
        Message("record declared whole again"),
        Message("%(who)s said that the record is whole again, after it was found damaged or put back."),
    ),
    Kind.ALARM_ENDED: _words(
        Message("alarm ended"), Message("%(who)s ended the alarm about the log of %(party)s.")
    ),
    Kind.WITNESS_KEY_MADE: _words(
        Message("new key of our witness"),
        Message("%(who)s began with a new key for our witness, which whoever asks it must be given."),
    ),
    Kind.LOG_KEY_FOLLOWED: _words(
        Message("key of a witnessed log followed"),
        Message("The log of %(party)s handed over to a new key. The key before it signed that too."),
    ),
    Kind.LOG_KEY_GONE: _words(
        Message("key of a witnessed log revoked"),
        Message(
            "The log of %(party)s revoked one of its keys. From the size on that it names, the key does not"
            " count here either."
        ),
    ),
    Kind.PART_ERASED: _words(
        Message("part of an item erased"), Message("%(who)s erased sources or old drafts of the item.")
    ),
    Kind.MINIMUM_STATED: _words(
        Message("legal minimum stated"),
        Message("%(who)s stated for how long a law asks that something be kept."),
    ),
    Kind.EVIDENCE_GIVEN: _words(
        Message("evidence given"), Message("%(who)s gave evidence on the checklist.")
    ),
    Kind.ACTION_TAKEN: _words(
        Message("corrective action taken on"),
        Message("%(who)s said who mends what falls short, and by when."),
    ),
    Kind.ACTION_CLOSED: _words(
        Message("corrective action closed with a reason"),
        Message("%(who)s closed a corrective action with a reason."),
    ),
    Kind.ACTIONS_FOLLOWED: _words(
        Message("corrective actions opened or closed"),
        Message("What went out or was answered opened or closed corrective actions."),
    ),
}
"""One for each kind; a test holds it complete."""

USED = (
    "item",
    "system",
    "person",
    "role",
    "tier",
    "number",
    "uses",
    "upheld",
    "protected",
    "party",
    "key",
    "watched",
    "through",
)
"""The sealed fields that a sentence may need."""
