"""Name who answers for an AI system, once whoever did has left or their name was erased."""

from collections.abc import Mapping
from typing import Any

from masthead.errors import Refused
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.register.commands import as_shown
from masthead.newsroom.register.here import must_be_here
from masthead.newsroom.register.models import AISystem
from masthead.vocabulary import SystemStatus


def answer_for(actor: Actor, system: AISystem, accountable: Person, *, seen: int | None = None) -> None:
    """Name who answers for a system from now on, and for those of its uses for which nobody else does.

    A use that is prohibited has somebody too, for as long as it is listed; a retired system stays as it was.
    `seen` is as for `record_terms`.
    """

    def decide(r: Recording) -> Mapping[str, Any]:
        role = require(actor, Action.DECIDE_ON_SYSTEM, now=r.now)
        as_shown(system, seen)
        if system.status == SystemStatus.RETIRED:
            raise Refused(
                Message("From where this system stands, that cannot be done."),
                Message("See in the register where it stands."),
            )
        must_be_here(accountable)
        before = system.accountable_id
        if before == accountable.pk and not system.unanswered_use:
            raise Refused(Message("They answer for it already."), Message("Nothing to be done."))
        r.change(system, accountable=accountable)
        uses = system.use_cases.select_related("accountable")
        taken_over = [
            each for each in uses if each.unanswered or each.accountable_id == before != accountable.pk
        ]
        r.change_all(taken_over, accountable=accountable)
        return {
            "system": system.name,
            "accountable": str(accountable.pk),
            "role": role.value,
            "through": actor.through,
        }

    record(Kind.SYSTEM_ACCOUNTABLE, actor=actor.person_id, decide=decide)
