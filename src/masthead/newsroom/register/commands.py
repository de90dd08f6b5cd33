"""Register an AI system and what it is used for; approve, pause, retire it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from masthead.clock import day_of
from masthead.errors import NotFound, Refused, Stale
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.prepared import Prepared
from masthead.newsroom.register.here import must_be_here
from masthead.newsroom.register.models import AISystem, UseCase
from masthead.newsroom.said import at_most, cleaned, folded, key
from masthead.vocabulary import Stage, SystemStatus, Tier, UseLevel

# What each decision may follow. A retired system does not come back: register it anew.
FOLLOWS = {
    # Approving anew covers the use cases that were proposed since.
    SystemStatus.APPROVED: (SystemStatus.PROPOSED, SystemStatus.PAUSED, SystemStatus.APPROVED),
    SystemStatus.PAUSED: (SystemStatus.PROPOSED, SystemStatus.APPROVED),
    SystemStatus.RETIRED: (SystemStatus.PROPOSED, SystemStatus.APPROVED, SystemStatus.PAUSED),
}
KINDS = {
    SystemStatus.APPROVED: (Kind.SYSTEM_APPROVED, Action.DECIDE_ON_SYSTEM),
    SystemStatus.PAUSED: (Kind.SYSTEM_PAUSED, Action.PAUSE_SYSTEM),
    SystemStatus.RETIRED: (Kind.SYSTEM_RETIRED, Action.DECIDE_ON_SYSTEM),
}

NAME_SOMEBODY = Message("A steward puts on record who answers for it now; then do the same again.")


def system_named(name: str) -> AISystem:
    """The registered system of that name, whatever its case; `NotFound` with what to do."""
    found = AISystem.objects.filter(key=key(name)).first()
    if found is None:
        raise NotFound(
            Message("No AI system of that name is in the register."),
            Message("Add it to the register, with a person who answers for it."),
        )
    return found


_IN_USE = Prepared(lambda: AISystem.objects.exclude(status=SystemStatus.RETIRED).only("status", "name"))


def names_in_use() -> list[str]:
    """The systems a person may choose from, those that may be used first; a retired one is not offered."""
    return [name for name, _ in in_use()]


def in_use() -> tuple[tuple[str, SystemStatus], ...]:
    """The same, each with where it stands."""
    found = sorted(_IN_USE(), key=lambda each: (each.status != SystemStatus.APPROVED, each.name))
    return tuple((each.name, SystemStatus(each.status)) for each in found)


def register_system(
    actor: Actor,
    name: str,
    accountable: Person,
    *,
    provider: str = "",
    terms_url: str = "",
    terms_checked_on: date | None = None,
    training_opt_out: bool | None = None,
) -> AISystem:
    """Enter a system as *proposed*, with the human who answers for it."""
    system = AISystem(
        name=_name(name),
        provider=at_most(provider, 200),
        accountable=accountable,
        status=SystemStatus.PROPOSED,
        terms_url=at_most(terms_url, 500),
        terms_checked_on=terms_checked_on,
        training_opt_out=training_opt_out,
    )

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, Action.REGISTER_SYSTEM, now=r.now)
        _has_come(terms_checked_on, r.now)
        _not_taken(system.name)
        must_be_here(accountable)
        r.add(system)
        return _system_fields(system, actor)

    record(Kind.SYSTEM_REGISTERED, actor=actor.person_id, decide=decide)
    return system


def _name(said: str) -> str:
    name = folded(said)
    if not name or len(name) > 200:
        raise Refused(
            Message("An AI system needs a name of up to 200 characters."), Message("Give its name.")
        )
    return name


def _not_taken(name: str) -> None:
    if AISystem.objects.filter(key=key(name)).exists():
        raise Refused(
            Message("A system of that name is in the register already."),
            Message("See it in the register."),
        )


def _system_fields(system: AISystem, actor: Actor) -> dict[str, Any]:
    day = system.terms_checked_on
    return {
        "system": system.name,
        "provider": system.provider,
        "accountable": str(system.accountable_id),
        "terms_checked_on": day.isoformat() if day else None,
        "training_opt_out": system.training_opt_out,
        "through": actor.through,
    }


def add_use_case(
    actor: Actor,
    system: AISystem,
    tier: Tier,
    *,
    stage: Stage = Stage.CREATION,
    level: UseLevel = UseLevel.ORGANISATION,
    accountable: Person | None = None,
) -> UseCase:
    """Say what a system is used for. A use case stands where its system stood: approval covers both."""
    use_case = UseCase(
        system=system,
        stage=stage,
        tier=tier,
        level=level,
        accountable=accountable or system.accountable,
        status=SystemStatus.PROPOSED,
    )

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, Action.REGISTER_SYSTEM, now=r.now)
        if UseCase.objects.filter(system=system, stage=stage, tier=tier, level=level).exists():
            raise Refused(
                Message("That use case is in the register already."), Message("Nothing to be done.")
            )
        if accountable is None:
            system.refresh_from_db()
            _is_answered_for(system)
            use_case.accountable = system.accountable
        must_be_here(use_case.accountable)
        r.add(use_case)
        return _use_case_fields(use_case, actor)

    record(Kind.USE_CASE_CHANGED, actor=actor.person_id, decide=decide)
    return use_case


def _is_answered_for(system: AISystem) -> None:
    if system.unanswered:
        raise Refused(Message("Nobody answers for this system any more."), NAME_SOMEBODY)


def _has_come(day: date | None, now: datetime) -> None:
    """Refuse a day on which nobody can have read anything yet."""
    if day is not None and day > day_of(now):
        raise Refused(Message("That day has not come yet."), Message("Give the day the terms were read."))


def as_shown(system: AISystem, seen: int | None) -> None:
    """Read `system` anew; `Stale` where it is no longer at the revision a person was shown."""
    system.refresh_from_db()
    if seen is not None and system.revision != seen:
        raise Stale(
            Message("Someone changed this system while you looked at it."),
            Message("Look at it as it is now, then do the same again."),
        )


def record_terms(
    actor: Actor,
    system: AISystem,
    checked_on: date,
    *,
    training_opt_out: bool,
    terms_url: str = "",
    seen: int | None = None,
) -> None:
    """Put on record that the data terms of a system were read on a day, and whether training is off.

    The day cannot lie ahead. `seen` is the revision of the system that the person was shown: `Stale` where it
    is another by now.
    """
    terms_url = at_most(terms_url, 500)

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, Action.REGISTER_SYSTEM, now=r.now)
        _has_come(checked_on, r.now)
        as_shown(system, seen)
        r.change(
            system,
            terms_checked_on=checked_on,
            training_opt_out=training_opt_out,
            terms_url=terms_url or system.terms_url,
        )
        return {
            "system": system.name,
            "terms_checked_on": checked_on.isoformat(),
            "training_opt_out": training_opt_out,
            "through": actor.through,
        }

    record(Kind.SYSTEM_TERMS_READ, actor=actor.person_id, decide=decide)


def decide_on(
    actor: Actor, system: AISystem, status: SystemStatus, *, reason: str = "", seen: int | None = None
) -> None:
    """Approve, pause or retire a system with its use cases. It takes effect on the next call to the gate.

    `seen` is as for `record_terms`.
    """
    kind, action = KINDS[status]
    reason = cleaned(reason)

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, action, now=r.now)
        as_shown(system, seen)
        if SystemStatus(system.status) not in FOLLOWS[status]:
            raise Refused(
                Message("From where this system stands, that cannot be done."),
                Message("See in the register where it stands."),
            )
        if status is SystemStatus.APPROVED:
            _is_answered_for(system)
            if system.unanswered_use:
                raise Refused(Message("Nobody answers for a use of this system any more."), NAME_SOMEBODY)
        r.change(system, status=status)
        uses = system.use_cases.exclude(tier=Tier.TX).exclude(status=SystemStatus.RETIRED)
        r.change_all(uses, status=status)
        return {"system": system.name, "reason": reason, "through": actor.through}

    record(kind, actor=actor.person_id, decide=decide)


def _use_case_fields(use_case: UseCase, actor: Actor) -> dict[str, Any]:
    return {
        "system": use_case.system.name,
        "stage": use_case.stage,
        "tier": use_case.tier,
        "level": use_case.level,
        "status": use_case.status,
        "accountable": str(use_case.accountable_id),
        "through": actor.through,
    }


def status_for(name: str, tier: Tier) -> SystemStatus | None:
    """How the system of that name stands for a use at `tier`: see `status_of`."""
    return status_of(AISystem.objects.filter(key=key(name)).first(), tier)


def status_of(
    system: AISystem | None, tier: Tier, cases: Iterable[UseCase] | None = None
) -> SystemStatus | None:
    """How a system stands for a use at `tier`: None where it is not registered.

    A system that is paused or retired is so for every use. An approved one covers the tiers of its approved
    use cases and those below; a higher tier is *proposed* until a steward approves it. `cases` are its use
    cases, where they were read already.
    """
    if system is None:
        return None
    if system.status != SystemStatus.APPROVED:
        return SystemStatus(system.status)
    known = system.use_cases.all() if cases is None else cases
    approved = (case for case in known if case.status == SystemStatus.APPROVED)
    covered = any(tier <= case.tier != Tier.TX for case in approved)
    return SystemStatus.APPROVED if covered else SystemStatus.PROPOSED
