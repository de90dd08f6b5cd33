"""Correct and withdraw what is out. Neither waits for the gate, and both are always told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from masthead.errors import Refused, Stale
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.items.commands import newest, refuse_same, says_anew, still_newest
from masthead.newsroom.items.draft import Draft, carry_uses, draft
from masthead.newsroom.items.given import Answers, Given, UseGiven
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.review.clearing import controls_held
from masthead.newsroom.review.going_out import not_withdrawn, out_fields, publication_row, readers_see
from masthead.newsroom.review.models import CheckRun, Correction, Publication, Withdrawal
from masthead.newsroom.review.on_record import OnRecord
from masthead.newsroom.review.seal import seal
from masthead.newsroom.review.standing import publications
from masthead.newsroom.review.telling import record_of
from masthead.newsroom.said import folded
from masthead.vocabulary import Task, Tier


def correct(
    actor: Actor,
    item: Item,
    given: Given,
    note: str,
    *,
    uses: tuple[UseGiven, ...] = (),
    sources: tuple[Given, ...] = (),
    answers: Answers = Answers(),  # noqa: B008 - frozen
    base: Version | None = None,
) -> Publication:
    """Publish a corrected version at once, with what is told to the audience. The gate is not asked.

    The same file may be corrected in what is said of it: an AI use or a source that was left out. `base` is
    the newest version as whoever corrects knows it: `Stale` where it is not the newest any more.
    """
    out, base = _out_now(item), base or newest(item)
    prepared = draft(actor, given, sources, uses, language=base.language)
    said = _to_be_told(base, prepared)
    refuse_same(out.version, prepared.document, but_for=_says_anew(out, said, sources, answers))
    title = prepared.given_title(answers, base)
    outgoing = seal(prepared.document, given.content, said, title=title, replaces=out)
    written: list[Publication] = []

    def decide(r: Recording) -> Mapping[str, Any]:
        role = require(actor, Action.CORRECT, now=r.now)
        still_newest(base)
        not_withdrawn(item)
        still_out(out)
        version = prepared.write(r, item, answers, base)
        correction = r.add(_correction(actor, out, version, note, r.now))
        # A change of form alone, a CMS's quotation marks say, leaves the sign-off alive.
        seen = OnRecord(version, run=_looked_at(base, version), now=r.now)
        told = record_of(version, seen.live_sign_off, seen=seen)
        publication = publication_row(actor, version, told, outgoing, r.now)
        publication.correction = correction
        publication.controls_held = controls_held(version, now=r.now, seen=seen)
        written.append(r.add(publication))
        readers_see(item)
        by = {"role": role.value, "through": actor.through}
        return {**by, "note": correction.note, **out_fields(version, publication, seen.run)}

    record(Kind.CORRECTED, actor=actor.person_id, decide=decide)
    return written[0]


def _to_be_told(base: Version, prepared: Draft) -> list[tuple[str, Task, Tier]]:
    """The AI uses of a new version: what was handed in, and what still holds of the one before."""
    carried = carry_uses(base, prepared.uses, prepared.document.text)
    return [(row.use.system, row.use.task or Task.OTHER, row.use.tier) for row in carried]


def _looked_at(base: Version, version: Version) -> CheckRun | None:
    """The newest run of checks on `base`, where it saw the very same as it would see in `version`."""
    before, now = OnRecord(base), OnRecord(version)
    same = _seen_by_checks(before) == _seen_by_checks(now) and before.said == now.said
    return before.run if same else None


def _seen_by_checks(seen: OnRecord) -> tuple[str, str, list[tuple[str, str]]]:
    sources = sorted((source.sha256, source.label) for source in seen.sources)
    return seen.version.sha256, seen.version.title, sources


def _correction(actor: Actor, out: Publication, version: Version, note: str, now: datetime) -> Correction:
    return Correction(
        item=version.item,
        corrected=out.version,
        version=version,
        person_id=actor.person_id,
        note=_said(note, Message("A correction says what was changed.")),
        corrected_at=now,
    )


def withdraw(actor: Actor, item: Item, reason: str) -> Withdrawal:
    """Take a published item back, with the reason that is told to the audience."""
    gone = Withdrawal(item=item, person_id=actor.person_id)

    def decide(r: Recording) -> Mapping[str, Any]:
        role = require(actor, Action.WITHDRAW, now=r.now)
        not_withdrawn(item)
        out = publications(item)
        if not out:
            raise Refused(
                Message("This item is not published, so there is nothing to withdraw."),
                Message("See where it stands."),
            )
        gone.reason = _said(reason, Message("A withdrawal has a reason."))
        gone.withdrawn_at = r.now
        r.add(gone)
        readers_see(item)
        return {
            "item": item.public_id,
            "reason": gone.reason,
            "role": role.value,
            "through": actor.through,
            "rests_on": [out[-1].entry.place],
        }

    record(Kind.WITHDRAWN, actor=actor.person_id, decide=decide)
    return gone


def _out_now(item: Item) -> Publication:
    out = publications(item)
    if not out:
        raise Refused(
            Message("This item is not published, so there is nothing to correct."),
            Message("Bring the change in as a new version."),
        )
    return out[-1]


def still_out(out: Publication) -> None:
    """Raise `Stale` where something else of the item went out since."""
    if publications(out.item)[-1].id != out.id:
        raise Stale(
            Message("Another version of this item went out meanwhile."),
            Message("Look at what is out now, then do the same again."),
        )


def _says_anew(
    out: Publication, said: list[tuple[str, Task, Tier]], sources: tuple[Given, ...], answers: Answers
) -> bool:
    """Whether a correction with the same words says something else of them."""
    return bool(sources) or sorted(said) != _told(out) or says_anew(out.version, answers)


def _told(out: Publication) -> list[tuple[str, str, str]]:
    """The AI uses that the audience was told of."""
    return sorted((use["system"], use["task"], use["tier"]) for use in out.facts["uses"])


def _said(text: str, otherwise: Message) -> str:
    kept = folded(text)
    if not kept:
        raise Refused(otherwise, Message("Say it in a sentence the audience will read."))
    return kept
