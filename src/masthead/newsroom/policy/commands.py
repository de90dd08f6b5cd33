"""Adopt a profile: from then on the gate asks what its controls ask. Answer a question about a commitment."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from masthead import declaration
from masthead.declaration.control import Control
from masthead.errors import NotReady
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.policy.kept import control_from
from masthead.newsroom.policy.models import Answer, PolicyRevision
from masthead.newsroom.policy.reading import as_evidence
from masthead.newsroom.prepared import Prepared
from masthead.newsroom.said import cleaned
from masthead.vocabulary import Profile


def adopt(actor: Actor, profile: Profile) -> PolicyRevision:
    """Adopt the starter controls of `profile` as the checklist in force, from this entry on."""
    controls = declaration.load().controls_for(profile)
    revision = PolicyRevision(profile=profile, controls=[asdict(control) for control in controls])

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, Action.ADOPT_POLICY, now=r.now)
        latest = PolicyRevision.objects.order_by("-number").first()
        revision.number = latest.number + 1 if latest else 1
        revision.adopted_by_id = actor.person_id
        revision.adopted_at = r.now
        r.add(revision)
        return {
            "number": revision.number,
            "profile": profile.value,
            "controls": [control.id for control in controls],
            "through": actor.through,
        }

    record(Kind.POLICY_ADOPTED, actor=actor.person_id, decide=decide)
    return revision


# Its controls are long, and `controls` knows them mostly.
_LATEST = Prepared(
    lambda now: PolicyRevision.objects.filter(adopted_at__lte=now).order_by("-number").defer("controls")[:1]
)


def in_force(now: datetime | None = None) -> PolicyRevision:
    """The revision the gate reads at `now`, else at this moment; `NotReady` where none was adopted."""
    latest = _LATEST.first(now or datetime.now(UTC))
    if latest is None:
        raise NotReady(
            Message("No checklist has been adopted yet."),
            Message("Adopt one with `masthead init --profile solo` or `--profile small`."),
        )
    return latest


@lru_cache(maxsize=16)
def controls(revision: PolicyRevision) -> tuple[Control, ...]:
    """The controls of a revision as they stood when it was adopted: read once, as they never change."""
    return tuple(control_from(kept) for kept in revision.controls)


def answer(actor: Actor, question: str, *, met: bool, note: str = "") -> Answer:
    """Answer a question of the catalogue, by its id or its commitment's, until its cadence has passed.

    `met` is the person's word and no more: where the question asks for stronger evidence, a yes leaves the
    commitment unknown. The note stays sealed in the record. `NotFound` where no question is asked.
    """
    catalogue = declaration.load()
    asked = catalogue.question(question)
    given = Answer(
        question=asked.id, commitment=asked.commitment, met=met, note=cleaned(note), person_id=actor.person_id
    )

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, Action.ANSWER, now=r.now)
        given.answered_at = r.now
        given.expires_on = r.now.date() + timedelta(days=asked.cadence_days)
        r.add(given)
        status = catalogue.status(asked.commitment, [as_evidence(given)], now=r.now)
        return {"control": asked.id, "status": status.value, "note": given.note, "through": actor.through}

    record(Kind.CONTROL_ANSWERED, actor=actor.person_id, decide=decide)
    return given
