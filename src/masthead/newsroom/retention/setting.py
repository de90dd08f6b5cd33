"""Set and lift a legal hold; set how long something is kept."""

from collections.abc import Mapping
from typing import Any

from masthead.errors import NotFound, Refused
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.retention.holding import subject_of
from masthead.newsroom.retention.minimum import refuse_shorter
from masthead.newsroom.retention.models import Hold, Minimum, Schedule
from masthead.newsroom.retention.subjects import Subject
from masthead.newsroom.retention.words import Kept, On
from masthead.newsroom.said import cleaned, too_long
from masthead.vocabulary import Role

LONGEST = 2000
"""Characters of a reason."""
MOST_DAYS = 36_525
"""A hundred years: who means longer means for ever."""


def set_hold(actor: Actor, subject: Subject, reason: str) -> Hold:
    """Have nothing erased that hangs together with `subject`, from now on and until it is lifted."""
    hold = Hold(
        on=subject.on.value,
        person_id=subject.id if subject.on is On.PERSON else None,
        item_id=subject.id if subject.on is On.ITEM else None,
        question_id=subject.id if subject.on is On.QUESTION else None,
        reason=_said(reason),
        set_by_id=actor.person_id,
    )

    def decide(r: Recording) -> Mapping[str, Any]:
        role = require(actor, Action.SET_HOLD, now=r.now)
        _refuse_same(hold)
        hold.role, hold.set_at = role.value, r.now
        r.add(hold)
        return _told(hold, hold.reason, role.value, actor)

    record(Kind.HOLD_SET, actor=actor.person_id, decide=decide)
    return hold


def lift_hold(actor: Actor, hold: Hold, reason: str) -> Hold:
    """Lift a hold: what it alone stood against may be erased, and what is due goes with the next round."""
    why = _said(reason)

    def decide(r: Recording) -> Mapping[str, Any]:
        role = require(actor, Action.LIFT_HOLD, now=r.now)
        now = Hold.objects.get(pk=hold.pk)
        if now.lifted_at is not None:
            raise Refused(Message("This hold is lifted already."), Message("Nothing needs to be done."))
        # The clock may have been set back since; the order of the two is that of their entries.
        lifted_at = max(r.now, now.set_at)
        r.change(now, lifted_by_id=actor.person_id, lifted_at=lifted_at, lifted_because=why)
        return _told(now, why, role.value, actor)

    record(Kind.HOLD_LIFTED, actor=actor.person_id, decide=decide)
    hold.refresh_from_db()
    return hold


def hold_called(said: str) -> Hold:
    """The open hold whose id is or ends so; `NotFound` where there is none, or more than one."""
    wanted = "".join(said.lower().split())
    found = [each for each in Hold.objects.filter(lifted_at=None) if wanted and str(each.pk).endswith(wanted)]
    if len(found) != 1:
        raise NotFound(
            Message("No single hold goes by that id."), Message("See the holds with `masthead data holds`.")
        )
    return found[0]


def set_schedule(actor: Actor, kept: Kept, days: int | None, reason: str) -> Schedule:
    """Have what `kept` names erased after so many days, or with None never by itself.

    `Refused` below the legal minimum that is on record.
    """
    row = Schedule(kept=kept.value, days=days, reason=_said(reason), set_by_id=actor.person_id)
    _must_be_days(days)

    def decide(r: Recording) -> Mapping[str, Any]:
        role = require(actor, Action.SET_RETENTION, now=r.now)
        refuse_shorter(kept, days)
        return _kept(r, row, actor, role)

    record(Kind.RETENTION_SET, actor=actor.person_id, decide=decide)
    return row


def state_minimum(actor: Actor, kept: Kept, days: int | None, law: str) -> Minimum:
    """State for how many days a `law` asks that something be kept; with None, that none does any more.

    A schedule that is shorter waits so long from now on.
    """
    row = Minimum(kept=kept.value, days=days, reason=_said(law), set_by_id=actor.person_id)
    _must_be_days(days)

    def decide(r: Recording) -> Mapping[str, Any]:
        return _kept(r, row, actor, require(actor, Action.SET_RETENTION, now=r.now))

    record(Kind.MINIMUM_STATED, actor=actor.person_id, decide=decide)
    return row


def _must_be_days(days: int | None) -> None:
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise Refused(
            Message("That is no number of days that something can be kept."),
            Message(
                "Give a day or more, and at most a hundred years; or say that it is never erased by itself."
            ),
        )


def _refuse_same(hold: Hold) -> None:
    """Raise `Refused` for a form that was sent twice: each of two holds would have to be lifted."""
    alike = Hold.objects.filter(on=hold.on, reason=hold.reason, lifted_at=None)
    if alike.filter(person=hold.person_id, item=hold.item_id, question=hold.question_id).exists():
        raise Refused(
            Message("It is held already, for this very reason."), Message("Nothing needs to be done.")
        )


def _kept(r: Recording, row: Schedule | Minimum, actor: Actor, role: Role) -> dict[str, Any]:
    newest = type(row)._default_manager.filter(kept=row.kept).order_by("-entry__place").first()
    if newest is not None and (newest.days, newest.reason) == (row.days, row.reason):
        raise Refused(Message("That is on record already."), Message("Nothing needs to be done."))
    row.role, row.set_at = role.value, r.now
    r.add(row)
    said = {"kept": row.kept, "days": row.days, "reason": row.reason}
    return {**said, "role": role.value, "through": actor.through}


def _told(hold: Hold, reason: str, role: str, actor: Actor) -> dict[str, Any]:
    said = subject_of(hold).said()
    return {"hold": str(hold.pk), **said, "reason": reason, "role": role, "through": actor.through}


def _said(text: str) -> str:
    kept = cleaned(text)
    if not kept:
        raise Refused(
            Message("Somebody will ask why."), Message("Say it in a few words; they stay in the record.")
        )
    if len(kept) > LONGEST:
        raise too_long(LONGEST)
    return kept
