"""Take on a corrective action, or close it with a reason that a person signs."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from masthead.clock import day_of
from masthead.errors import NotFound, Refused, Stale
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.assurance.models import CorrectiveAction, Evidence
from masthead.newsroom.assurance.words import BY_HAND
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.said import cleaned, too_long
from masthead.vocabulary import Grade

LONGEST_REASON = 2_000


def action_with(said: str) -> CorrectiveAction:
    """The action of that id, or of the beginning of one; `NotFound` where there is none, or more than one."""
    wanted = said.strip().lower().replace("-", "")
    found = [each for each in CorrectiveAction.objects.all() if wanted and _id(each.pk).endswith(wanted)]
    if len(found) != 1:
        raise NotFound(
            Message("No corrective action has that id, or more than one."),
            Message("`masthead checklist actions` lists them."),
        )
    return found[0]


def _id(pk: UUID) -> str:
    return pk.hex


def take(actor: Actor, action: CorrectiveAction, owner: Person | None, due_on: date | None) -> None:
    """Say who mends it and by when. The day may not be past; None of either leaves it open."""

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, Action.MEND, now=r.now)
        _still_open(action)
        if due_on is not None and due_on < day_of(r.now):
            raise Refused(Message("That day is past."), Message("Give a day that is still to come."))
        r.change(action, owner=owner, due_on=due_on)
        return {
            "action": str(action.pk),
            "control": action.answers,
            "accountable": str(owner.pk) if owner else None,
            "due_on": due_on.isoformat() if due_on else None,
            "through": actor.through,
        }

    record(Kind.ACTION_TAKEN, actor=actor.person_id, decide=decide)


def close(actor: Actor, action: CorrectiveAction, reason: str) -> None:
    """Close it without a passing re-check. The reason is signed and stays on record.

    From then on what fell short is asked no more of this subject; what fails anew opens another action.
    """
    because = cleaned(reason)
    if not because:
        raise Refused(Message("A reason is missing."), Message("Say why nothing is left to be mended."))
    if len(because) > LONGEST_REASON:
        raise too_long(LONGEST_REASON)

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, Action.CLOSE_ACTION, now=r.now)
        _still_open(action)
        r.add(_asked_no_more(actor, action, because, r.now))
        r.change(action, closed_at=r.now, closed_by_id=actor.person_id, closed_because=because)
        return {
            "action": str(action.pk),
            "control": action.answers,
            "reason": because,
            "through": actor.through,
        }

    record(Kind.ACTION_CLOSED, actor=actor.person_id, decide=decide)


def _asked_no_more(actor: Actor, action: CorrectiveAction, because: str, now: datetime) -> Evidence:
    name, version = BY_HAND
    return Evidence(
        answers=action.answers,
        about=action.about,
        grade=Grade.A,
        met=None,
        observed_at=now,
        received_at=now,
        collector=name,
        collector_version=version,
        note=because,
        person_id=actor.person_id,
    )


def _still_open(action: CorrectiveAction) -> None:
    action.refresh_from_db()
    if action.closed_at is not None:
        raise Stale(
            Message("This corrective action is closed already."),
            Message("See how it ended; nothing was changed."),
        )
