"""Publish a cleared version.

What is slow (sealing) happens before the transaction; inside it the gate decides again, on facts that
nobody can change any more: a pause that was recorded first always wins.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from masthead.errors import Stale
from masthead.gate.clearance import Clearance
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.items import blobs
from masthead.newsroom.items.commands import still_newest
from masthead.newsroom.items.models import Version
from masthead.newsroom.items.reading import document_of
from masthead.newsroom.review.clearing import controls_held, must_be_clear
from masthead.newsroom.review.going_out import (
    not_out,
    not_withdrawn,
    out_fields,
    publication_row,
    readers_see,
)
from masthead.newsroom.review.models import BreakGlass, Publication, SignOff
from masthead.newsroom.review.on_record import OnRecord
from masthead.newsroom.review.seal import seal
from masthead.newsroom.review.standing import current_run, live_break_glass, live_sign_off, publications
from masthead.newsroom.review.telling import record_of


def publish(actor: Actor, version: Version, *, now: datetime | None = None) -> Publication:
    """Publish `version` if the gate clears it, under the lock as before it.

    Raises `NotCleared` with every obstacle; `Stale` where what the disclosure says changed while it was
    sealed; `Refused` for a version that is out already or an item that was withdrawn.
    """
    told = record_of(version, _ground(version, must_be_clear(version, now=now or datetime.now(UTC))))
    replaces = next(iter(publications(version.item)[-1:]), None)
    outgoing = seal(
        document_of(version),
        blobs.fetch(version.sha256),
        [(use.system, use.task, use.tier) for use in told.uses],
        title=version.title,
        replaces=replaces,
    )
    written: list[Publication] = []

    def decide(r: Recording) -> Mapping[str, Any]:
        role = require(actor, Action.PUBLISH, now=r.now)
        still_newest(version)
        not_withdrawn(version.item)
        not_out(version)
        seen = OnRecord(version, now=r.now)
        ground = _ground(version, must_be_clear(version, now=r.now, seen=seen))
        if record_of(version, ground) != told:
            raise Stale(
                Message("What the audience is to be told changed while it was being sealed."),
                Message("Look at it, then publish again."),
            )
        publication = publication_row(actor, version, told, outgoing, r.now)
        publication.sign_off = ground if isinstance(ground, SignOff) else None
        publication.break_glass = ground if isinstance(ground, BreakGlass) else None
        publication.controls_held = controls_held(version, now=r.now, seen=seen)
        written.append(r.add(publication))
        readers_see(version.item)
        fields = out_fields(version, publication, current_run(version))
        return {"role": role.value, "through": actor.through, **fields}

    record(Kind.PUBLISHED, actor=actor.person_id, decide=decide)
    return written[0]


def _ground(version: Version, decided: Clearance) -> SignOff | BreakGlass | None:
    """What a publication rests on: the broken glass where it was needed, else the sign-off."""
    if decided.overridden:
        return live_break_glass(version)
    return live_sign_off(version)
