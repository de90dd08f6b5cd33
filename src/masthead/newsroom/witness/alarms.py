"""Raise the alarm about a log, keep both heads, and let a person end it. Nothing ends by itself."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from masthead.errors import NotFound, Refused
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.key_ring import ring
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.said import cleaned, too_long
from masthead.newsroom.witness import trusted
from masthead.newsroom.witness.models import Alarm
from masthead.newsroom.witness.seen import Head
from masthead.newsroom.witness.words import Fault
from masthead.tlog import note
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.conflict import Conflict
from masthead.tlog.note import VerifierKey, decode, encode

LONGEST_NOTE = 2000
SHORTEST = 6
"""Letters of an id by which an alarm is found."""
FOLDER = "log/witness/alarms"
"""Where the public pages give out the heads of alarms, each as `ID.json`."""


def path_of(alarm: Alarm) -> str:
    """The path on the public pages of the file with both heads."""
    return f"/{FOLDER}/{alarm.public_id}.json"


def _new_id() -> str:
    """A random id of 128 bits that a terminal does not take for an option."""
    while (made := secrets.token_urlsafe(16)).startswith("-"):
        pass
    return made


class _Raised(Exception):
    """Another process was first."""


def raise_alarm(
    shown: Head, fault: Fault, conflict: Conflict, *, told_by: str, now: datetime | None = None
) -> Alarm:
    """Keep both heads, in one entry of the log. Gives the alarm that is open already, where there is one."""
    origin = shown.checkpoint.origin
    alarm = Alarm(
        public_id=_new_id(),
        origin=origin,
        fault=fault,
        known=conflict.known,
        shown=conflict.shown,
        other_root=encode(conflict.other_root) if conflict.other_root else "",
        proof=[encode(each) for each in conflict.proof],
        key=str(shown.key),
        told_by=told_by,
    )

    def decide(r: Recording) -> Mapping[str, Any]:
        if open_about(origin) is not None:
            raise _Raised
        alarm.raised_at = r.now
        r.add(alarm)
        return {
            "party": origin,
            "fault": fault.value,
            "known_size": size_of(conflict.known),
            "shown_size": size_of(conflict.shown),
        }

    standing = open_about(origin)
    if standing is not None:
        return standing
    try:
        record(Kind.ALARM_RAISED, actor=None, decide=decide, now=now)
    except _Raised:
        found = open_about(origin)
        return found if found is not None else alarm
    return alarm


def end_alarm(actor: Actor, alarm: Alarm, said: str) -> Alarm:
    """End an alarm, with what a person found. What was seen stays, and cosigning goes on from the head known.

    Raises `Refused` where it is ended already, nothing is said or too much; `NotAllowed`.
    """
    words = cleaned(said)
    if len(words) > LONGEST_NOTE:
        raise too_long(LONGEST_NOTE)
    if not words:
        raise Refused(
            Message("An alarm is ended with what was found."),
            Message("Say in a few words what you found out, and who was asked."),
        )

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, Action.MANAGE_WITNESSES, now=r.now)
        found = Alarm.objects.get(pk=alarm.pk)
        if found.ended_at is not None:
            raise Refused(Message("This alarm is ended already."), Message("Nothing is left to do about it."))
        # Not before it was raised, though the clock was set back since.
        ended_at = max(r.now, found.raised_at)
        r.change(found, ended_at=ended_at, ended_by_id=actor.person_id, note=words)
        return {"party": found.origin, "note": words, "through": actor.through}

    record(Kind.ALARM_ENDED, actor=actor.person_id, decide=decide)
    alarm.refresh_from_db()
    return alarm


def open_about(origin: str) -> Alarm | None:
    """The open alarm about a log."""
    return Alarm.objects.filter(origin=origin, ended_at=None).first()


def ended() -> list[Alarm]:
    """The alarms that a person has ended, the newest first. They stay in public: ending is not unsaying."""
    return list(Alarm.objects.exclude(ended_at=None).order_by("-raised_at", "-pk"))


def alarm_called(public_id: str) -> Alarm:
    """The alarm of that id. `NotFound`."""
    found = Alarm.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(Message("There is no such alarm."), Message("See the list of witnesses."))
    return found


def alarm_beginning(begun: str) -> Alarm:
    """The alarm of that id, or of the one id that begins so (six letters at least). `NotFound`."""
    # Compared here: SQLite takes capital and small letters for the same, and in these ids they are not.
    found = [each for each in Alarm.objects.all() if each.public_id.startswith(begun)]
    if len(begun) < SHORTEST or len(found) != 1:
        raise NotFound(Message("No single alarm goes by that id."), Message("See the list of witnesses."))
    return found[0]


def evidence_of(alarm: Alarm) -> Conflict:
    """Both heads and the proof, as a stranger can check them, with the keys that signed them."""
    lines, statements = _keys_of(alarm)
    read = [note.parse(each) for each in (alarm.known, alarm.shown)]
    signed = [line for line in lines if any(note.verify(each, VerifierKey.parse(line)) for each in read)]
    return Conflict(
        alarm.known,
        alarm.shown,
        decode(alarm.other_root) if alarm.other_root else b"",
        tuple(decode(each) for each in alarm.proof),
        tuple(signed),
        statements,
    )


def _keys_of(alarm: Alarm) -> tuple[list[str], tuple[str, ...]]:
    """The keys that are known of its log, counting still or not, and what they signed of each other."""
    lines = [*trusted.ever(alarm.origin), alarm.key]
    if not LogHead.objects.filter(origin=alarm.origin).exists():
        return list(dict.fromkeys(lines)), trusted.statements(alarm.origin)
    ours = ring(settings.MASTHEAD_HOME).list
    return list(dict.fromkeys((*(str(each.key) for each in ours.keys), *lines))), ours.notes


def size_of(said: str) -> int:
    """How many entries the head in a note has."""
    return Checkpoint.parse(note.parse(said).text).size
