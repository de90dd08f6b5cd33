"""What would follow from a decision: what the audience would read, what the gate would say.

Nothing here is recorded. A page shows it to whoever decides, and the command decides anew.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from masthead import gate
from masthead.checks.personal_data import PersonalData
from masthead.checks.subject import Subject
from masthead.gate.clearance import Clearance
from masthead.gate.facts import SignOffFact
from masthead.labels.record import Change, EarlierCheck, Record, Use
from masthead.language import Message
from masthead.newsroom.items.given import UseGiven
from masthead.newsroom.items.models import Version
from masthead.newsroom.policy.commands import controls, in_force
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.review.facts import facts_of
from masthead.newsroom.review.models import BreakGlass, Publication, SignOff
from masthead.newsroom.review.standing import live_sign_off, makers
from masthead.newsroom.review.telling import as_published, record_of
from masthead.newsroom.said import folded, key
from masthead.reading.document import Document
from masthead.vocabulary import Level, Medium, Task


def told_if_signed(version: Version, person_id: UUID) -> Record:
    """What would be told of `version` once this person signed it, as it now is."""
    live = live_sign_off(version)
    if live is not None and live.person_id not in makers(version):
        return record_of(version, live)
    return record_of(version, SignOff(version=version, person_id=person_id))


def clearance_if_signed(version: Version, person_id: UUID, *, now: datetime) -> Clearance:
    """What the gate would say of `version` once this person, who may, signed it: what else is in the way."""
    policy = in_force(now)
    facts = facts_of(version, policy, today=now.date())
    signed = SignOffFact(
        person=str(person_id), canonical_sha256=version.canonical_sha256, entitled=True, same_record=True
    )
    return gate.decide(replace(facts, sign_offs=(*facts.sign_offs, signed)), controls(policy))


def told_if_broken(version: Version) -> Record:
    """What would be told of `version` if it went out past the gate now."""
    return record_of(version, BreakGlass(version=version))


_UNCHECKED: dict[str, Any] = {
    **dict.fromkeys(("looked_for", "found", "waived", "unwaived"), 0),
    **dict.fromkeys(("checked", "checked_since"), False),
    "stayed": (),
}
"""What a correction that nothing has looked at says of checks."""


def told_if_corrected(
    out: Publication,
    note: str,
    *,
    title: str,
    uses: Sequence[UseGiven],
    same_words: bool,
    now: datetime,
    signed: Version | None = None,
) -> Record:
    """What would be told once `out` is corrected: nobody and no check has looked at it, and it says so.

    `same_words` is whether the canonical form stays, `uses` what AI did besides what is on record. `signed`
    is the version that goes out as it stands, signed off, where one does: then that is told.
    """
    was = as_published(out, today=now.date())
    if signed is not None and not uses:
        told = record_of(signed, live_sign_off(signed))
        return replace(told, **_UNCHECKED, corrections=(*was.corrections, Change(now, folded(note))))
    known = {(key(use.system), use.task) for use in uses}
    kept = tuple(use for use in was.uses if (key(use.system), use.task) not in known)
    new = tuple(_use(use) for use in uses)
    told = replace(
        was,
        title=title or was.title,
        uses=(*kept, *new),
        **_UNCHECKED,
        corrections=(*was.corrections, Change(now, folded(note))),
    )
    if same_words and not new and told.title == was.title:
        return told
    earlier = _checked_earlier(out, was, now)
    return replace(told, reviewed=False, self_signed=False, office=None, checked_earlier=earlier)


def _checked_earlier(out: Publication, was: Record, now: datetime) -> EarlierCheck | None:
    """What will have been checked before a correction that goes out now."""
    if was.reviewed:
        return EarlierCheck(out.published_at, now, self_signed=was.self_signed)
    before = was.checked_earlier
    return before and replace(before, corrected_on=now, corrections=before.corrections + 1)


def told_if_withdrawn(out: Publication, reason: str, *, now: datetime) -> Record:
    """What would be told once the item is taken back."""
    return replace(as_published(out, today=now.date()), withdrawn=Change(now, folded(reason)))


def given_away(words: str, language: str) -> tuple[Message, ...]:
    """What `words` for the audience seem to give away about a person: to be looked at, never an obstacle."""
    content = words.encode()
    digest = sha256(content).hexdigest()
    document = Document(Medium.TEXT, "text/plain", digest, digest, len(content), text=words)
    found = PersonalData()(Subject(document=document, language=language)).findings
    return tuple({str(each.message): each.message for each in found if each.level is not Level.NOTE}.values())


def _use(given: UseGiven) -> Use:
    known = AISystem.objects.filter(key=key(given.system)).first()
    provider = known.provider if known else ""
    return Use(given.system, given.task or Task.OTHER, given.tier, provider or None)
