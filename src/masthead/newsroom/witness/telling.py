"""An alarm in words: another thing to hear, and to do, where it is about our own log."""

from dataclasses import dataclass

from masthead.language import Message
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.witness.alarms import open_about
from masthead.newsroom.witness.models import Alarm
from masthead.newsroom.witness.words import EXPLAINED, FAULTS, Fault

OURS = {
    Fault.FORK: Message(
        "%(who)s has a head with the signature of our log that contradicts our record: neither is the"
        " beginning of the other."
    ),
    Fault.ROLLBACK: Message(
        "%(who)s has a head with the signature of our log that has more entries than our record."
    ),
}
TO_READERS = {
    Fault.FORK: Message(
        "The witness %(who)s has a head of our log, signed with our key, that contradicts the one that we"
        " show here: neither is the beginning of the other. Either we have shown different things to"
        " different people, or changed what we had recorded, or somebody else signs with our key."
    ),
    Fault.ROLLBACK: Message(
        "The witness %(who)s has a head of our log, signed with our key, that has more entries than the one"
        " that we show here. Either we took entries back, or put an older copy of our record in place, or"
        " somebody else signs with our key."
    ),
}
"""Of our own log, to whoever reads of it: who says it, and what it may mean."""
WHAT_OURS = {
    Fault.FORK: Message("two heads that contradict each other, ours and one that %(who)s has"),
    Fault.ROLLBACK: Message("a head with fewer entries than one that %(who)s has"),
}
WHY_OURS = Message(
    "Somebody put an older copy in place, runs a second one, or has the key of our log. Find out which."
)
WHY_THEIRS = Message(
    "What it shows does not go with what it has shown before. Nothing of it is signed here until a person has"
    " looked into it."
)
ONE_OPEN = Message(
    "An alarm about our own log is open. Publishing goes on, but what is published now stands in a log that a"
    " witness contradicts: see `masthead witness list`."
)
DO_OURS = (
    Message(
        "Ask everybody who runs the server or restores backups: was an older copy put in place, does a second"
        " one run? Stop the wrong one."
    ),
    Message("If neither is so, somebody else has the key of our log: change it and revoke the old one."),
    Message("Keep the file where nobody who runs the server can change it, and call the witness."),
    Message(
        "End the alarm with what you found out. Publishing goes on meanwhile, so that nobody can stop it by"
        " an alarm; what can wait should wait."
    ),
)
DO_THEIRS = (
    Message(
        "Call whoever keeps the log. An older backup put in place, or two copies running, looks the same as a"
        " forgery."
    ),
    Message("Send them the file, and keep a copy where they cannot reach it."),
    Message("End the alarm with what you found out. Until then nothing of that log is signed here."),
)


@dataclass(frozen=True, slots=True)
class Told:
    """An alarm for a person. `why` is what it means, `to_do` the steps, one after the other."""

    alarm: Alarm
    ours: bool
    called: Message
    says: Message
    why: Message
    to_do: tuple[Message, ...]


def told(alarm: Alarm) -> Told:
    """The alarm as it is to be told to us."""
    fault = Fault(alarm.fault)
    if alarm.origin == _ours():
        says = Message(OURS[fault].template, {"who": alarm.told_by})
        return Told(alarm, True, Message("Alarm about our own log"), says, WHY_OURS, DO_OURS)
    called = Message("Alarm about the log %(origin)s", {"origin": alarm.origin})
    return Told(alarm, False, called, EXPLAINED[fault], WHY_THEIRS, DO_THEIRS)


def told_to_readers(alarm: Alarm) -> tuple[Message, Message, Message]:
    """The alarm for the public: about whose log it is, what it says in a sentence, and in a few words."""
    fault, who = Fault(alarm.fault), {"who": alarm.told_by}
    known = told(alarm)
    if not known.ours:
        return known.called, EXPLAINED[fault], FAULTS[fault]
    said, few = TO_READERS[fault], WHAT_OURS[fault]
    return known.called, Message(said.template, who), Message(few.template, who)


def about_ours() -> Told | None:
    """The open alarm about our own log."""
    found = open_about(_ours())
    return told(found) if found is not None else None


def _ours() -> str:
    return LogHead.objects.values_list("origin", flat=True).first() or ""
