"""Erase: a person who worked here, an item that is not out, a part of one that is, or what somebody asked."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from masthead.errors import Refused
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence import erasing, kept
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, locked_head, record
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.retention import (
    finishing,
    left,
    minimum,
    of_drafts,
    of_item,
    of_person,
    of_question,
    of_sources,
    outside,
)
from masthead.newsroom.retention.holding import held, refuse_held
from masthead.newsroom.retention.models import Todo
from masthead.newsroom.retention.plan import Plan, joined
from masthead.newsroom.retention.report import Report, report_of
from masthead.newsroom.retention.subjects import Subject
from masthead.newsroom.retention.words import ASKED_FOR, Ground, On, Part
from masthead.vocabulary import Role

PLANS: Mapping[tuple[On, Part | None], Callable[[Subject, datetime], Plan]] = {
    (On.PERSON, None): of_person.plan,
    (On.ITEM, None): of_item.plan,
    (On.ITEM, Part.SOURCES): of_sources.plan,
    (On.ITEM, Part.DRAFTS): of_drafts.plan,
    (On.QUESTION, None): of_question.plan,
}
TRIES = 3
"""So often a plan is made outside the lock; then once under it, as others record faster than we look."""


PAST_A_MINIMUM = (Ground.LEGAL_DUTY, Ground.RESTORED)
"""Grounds against which a legal minimum does not stand: a law asks for it, or it was gone already."""

type Still = Callable[[], bool] | None
"""Whether what a schedule found is still due; None for what somebody asks for."""


class _NotDue(Refused):
    """It was due when the round began, and is no more."""


def _planned(subject: Subject, now: datetime, ground: Ground) -> Plan:
    plan = PLANS[subject.on, subject.part](subject, now)
    if ground not in PAST_A_MINIMUM and not plan.empty:
        minimum.keeps(plan, now)
    return plan


def _to_be_done(subject: Subject, now: datetime, ground: Ground, still: Still) -> Plan:
    """The plan, where nothing is to be ended first."""
    if still is not None and not still():
        raise _NotDue(Message("It is not due any more."), Message("Nothing needs to be done."))
    plan = _planned(subject, now, ground)
    if plan.against:
        raise joined([*held(plan.touches), *plan.against])
    return plan


def _must_be_given(ground: Ground) -> None:
    """Refuse a person who gives a ground that is the clock's alone: the record would say it was the clock."""
    if ground not in ASKED_FOR:
        raise Refused(
            Message("On that ground, things are erased by itself; nobody gives it."),
            Message("Give one of: %(known)s.", {"known": ", ".join(each.value for each in ASKED_FOR)}),
        )


def _action(subject: Subject) -> Action:
    return Action.ERASE_PART if subject.part else Action.ERASE


def _refuse_own_reasons(actor: Actor, role: Role, plan: Plan) -> None:
    """Raise `Refused` where an editor would destroy why they let something pass, or sent it back."""
    if plan.subject.part and role is not Role.STEWARD and actor.person_id in plan.wrote:
        raise Refused(
            Message(
                "Reasons that you wrote would go too: why a finding was waived, a version sent back, or the"
                " gate passed."
            ),
            Message("Ask a steward, or an editor who wrote none of them."),
        )


class _Moved(Exception):
    """Something was recorded since the plan was made: it may have missed that."""


def look(actor: Actor, subject: Subject, ground: Ground) -> Report:
    """What erasing would remove and keep. Changes nothing; refuses what erasing would refuse.

    Only what is to be ended first, a hold or a role, is not refused here, but said with the rest.
    """
    now = datetime.now(UTC)
    role = require(actor, _action(subject), now=now)
    _must_be_given(ground)
    plan = _planned(subject, now, ground)
    plan.against[:0] = held(plan.touches)
    _refuse_own_reasons(actor, role, plan)
    return report_of(plan, subject.called(), ground)


def erase(actor: Actor | None, subject: Subject, ground: Ground, *, still: Still = None) -> Report:
    """Erase, for good; `actor` is None for the clock, which does what a schedule says while it `still` does.

    One transaction with its entry; then what is left in files is done, and done again by the clock where it
    was cut off. Erasing what is erased changes nothing. Raises `Held` where a hold stands against it.
    """
    if actor is not None:
        _must_be_given(ground)
    called = subject.called()
    for last in range(TRIES + 1):
        size = LogHead.objects.values_list("size", flat=True).first() or 0
        plan = _to_be_done(subject, datetime.now(UTC), ground, still)
        if plan.empty:
            refuse_held(plan.touches)
            return replace(report_of(plan, called, ground), left=_finish())
        try:
            plan, place = _record(actor, plan, ground, still, size=None if last == TRIES else size)
        except _Moved:
            continue
        return replace(report_of(plan, called, ground), place=place, left=_finish())
    raise AssertionError("the last try plans under the lock")


def _finish() -> int:
    """Tell the list outside the database, then do what is left; gives how much still is."""
    outside.note()
    return finishing.finish()


def _record(
    actor: Actor | None, plan: Plan, ground: Ground, still: Still, *, size: int | None
) -> tuple[Plan, int | None]:
    """Do what the plan says, in one transaction; gives it as it was done, and the place of its entry.

    The plan was made when the log had `size` entries; without one it is made anew, under the lock.
    """
    if not any(plan.rows.values()) and not any(plan.fields.values()):
        return _without_entry(actor, plan), None
    done, kind = plan, Kind.PART_ERASED if plan.subject.part else Kind.DATA_ERASED

    def decide(r: Recording) -> Mapping[str, Any]:
        nonlocal done
        role = require(actor, _action(plan.subject), now=r.now) if actor else None
        if size is None:
            done = _to_be_done(plan.subject, r.now, ground, still)
        elif r.place != size:
            raise _Moved
        refuse_held(done.touches)
        if actor and role:
            _refuse_own_reasons(actor, role, done)
        _apply(r, done)
        return {
            **(done.subject.said() if kind is Kind.DATA_ERASED else done.subject.said_of_part()),
            "ground": ground.value,
            "removed": done.recorded,
            "role": role.value if role else None,
            "through": actor.through if actor else "clock",
        }

    receipt = record(kind, actor=actor.person_id if actor else None, decide=decide)
    return done, receipt.place


def _without_entry(actor: Actor | None, plan: Plan) -> Plan:
    """Delete what is no evidence, where nothing else is left: an invitation made since, say."""
    with transaction.atomic(durable=True):
        locked_head()
        kept.refuse(settings.MASTHEAD_HOME)
        now = datetime.now(UTC)
        if actor:
            require(actor, _action(plan.subject), now=now)
        refuse_held(plan.touches)
        _do_others(plan, now)
    return plan


def _apply(r: Recording, plan: Plan) -> None:
    for model, rows in plan.rows.items():
        if rows:
            erasing.blank(r, model, rows)
    erasing.destroy(r, plan.fields)
    _do_others(plan, r.now)


def _do_others(plan: Plan, now: datetime) -> None:
    """Rows that are no evidence; and what is left to do, noted in the very transaction it follows from."""
    for each in plan.others:
        each()
    for digest, before in plan.files.items():
        left.note(Todo.FILE, digest, before)
    for public_id in plan.pages:
        left.note(Todo.PAGES, public_id, now)
    for table in plan.tables:
        left.note(Todo.SPACE, table, now)
