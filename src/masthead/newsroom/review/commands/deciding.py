"""A person decides: waive a finding, sign off a version, break the glass, review a broken glass."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from masthead.errors import NotFound, Refused, Stale
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.items.commands import still_newest
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.review.clearing import overridable
from masthead.newsroom.review.going_out import not_out, not_withdrawn, readers_see
from masthead.newsroom.review.models import BreakGlass, Finding, SecondReview, SignOff, Waiver
from masthead.newsroom.review.standing import (
    current_run,
    live_break_glass,
    makers,
    said_digest,
    to_review,
)
from masthead.newsroom.said import cleaned, folded
from masthead.vocabulary import Medium, WaiverReason

SIGNED: Mapping[str, Message] = {
    Medium.TEXT: Message(
        "I read this version, its AI use is as recorded, and my organisation answers for it."
    ),
    Medium.IMAGE: Message(
        "I looked at this version, its AI use is as recorded, and my organisation answers for it."
    ),
}
"""What a person signs, in the words shown to them."""


def finding_called(version: Version, fingerprint: str) -> Finding:
    """The finding of the newest run whose fingerprint begins so (six letters at least)."""
    run = current_run(version)
    wanted = folded(fingerprint).lower()
    if run is not None and len(wanted) >= 6:
        found = run.findings.filter(fingerprint__startswith=wanted).first()
        if found is not None:
            return found
    raise NotFound(
        Message("No finding of this version goes by that id."),
        Message("See the findings of the newest version."),
    )


def broken_glass(item: Item, number: int | None = None) -> BreakGlass:
    """The break-glass of an item that waits for its review, else the newest; `number` is of its version.

    A later one does not make an earlier one unsaid: each has its own review. `Refused` where several wait and
    it is not said which is meant.
    """
    broken = BreakGlass.objects.filter(version__item=item).select_related("version")
    if number is not None:
        broken = broken.filter(version__number=number)
    waiting = list(to_review(broken).order_by("review_due", "id"))
    if len(waiting) > 1:
        numbers = ", ".join(str(each.version.number) for each in waiting)
        raise Refused(
            Message("Several versions of this item wait for a review: %(numbers)s.", {"numbers": numbers}),
            Message("Look at one, then say which version you mean."),
        )
    found = waiting[0] if waiting else broken.order_by("-entry__place").first()
    if found is None:
        raise NotFound(
            Message("Nothing of this item went out past the gate."), Message("There is nothing to review.")
        )
    return found


def waive(actor: Actor, version: Version, finding: Finding, reason: WaiverReason, note: str = "") -> Waiver:
    """Waive a finding, with a reason. It holds for the same words in later versions.

    The note stays sealed in the record and is never told to the audience.
    """
    waiver = Waiver(
        item=version.item,
        finding=finding,
        fingerprint=finding.fingerprint,
        person_id=actor.person_id,
        reason=reason,
        note=cleaned(note),
    )

    def decide(r: Recording) -> Mapping[str, Any]:
        role = require(actor, Action.WAIVE, now=r.now)
        if Waiver.objects.filter(item=version.item, fingerprint=finding.fingerprint).exists():
            raise Refused(Message("This finding is waived already."), Message("Go on with the next."))
        waiver.waived_at = r.now
        r.add(waiver)
        return {
            "item": version.item.public_id,
            "finding": finding.fingerprint,
            "reason": reason.value,
            "note": waiver.note,
            "role": role.value,
            "through": actor.through,
        }

    record(Kind.FINDING_WAIVED, actor=actor.person_id, decide=decide)
    return waiver


def not_signed_already(actor: Actor, version: Version, said: str) -> None:
    """Raise `Refused` where this person has signed the version, as it is `said` to be."""
    if version.sign_offs.filter(person_id=actor.person_id, said_sha256=said).exists():
        raise Refused(
            Message("You have signed off this version already."), Message("Publish it, or ask someone else.")
        )


def sign_off(actor: Actor, version: Version, *, shown: str = "") -> SignOff:
    """Sign off `version`: its canonical form, title, answers and AI uses; see `SIGNED` for the words.

    `shown` is the `said_digest` of what the person was shown, left out where they were shown nothing. Raises
    `Stale` where that changed or a newer version came in meanwhile, `Refused` where this person has signed
    already.
    """
    signed = SignOff(version=version, canonical_sha256=version.canonical_sha256, person_id=actor.person_id)

    def decide(r: Recording) -> Mapping[str, Any]:
        role = require(actor, Action.SIGN_OFF, now=r.now)
        still_newest(version)
        not_withdrawn(version.item)
        signed.said_sha256 = said_digest(version)
        if shown not in ("", signed.said_sha256):
            raise Stale(
                Message("What is said of this version changed while you looked at it."),
                Message("Look at what changed, then sign."),
            )
        not_signed_already(actor, version, signed.said_sha256)
        signed.role = role
        signed.self_signed = actor.person_id in makers(version)
        signed.signed_at = r.now
        r.add(signed)
        readers_see(version.item)
        return {
            "item": version.item.public_id,
            "canonical_sha256": version.canonical_sha256,
            "statement": SIGNED[version.item.medium].template,
            "role": role.value,
            "through": actor.through,
            "self_signed": signed.self_signed,
        }

    record(Kind.SIGNED_OFF, actor=actor.person_id, decide=decide)
    return signed


def break_glass(actor: Actor, version: Version, reason: str, *, review_within: timedelta) -> BreakGlass:
    """Decide to publish `version` now, against obstacles. Someone else reviews it within `review_within`.

    Raises `NotCleared` with what no such decision passes over; `Refused` where there is nothing to decide.
    """
    broken = BreakGlass(
        version=version,
        canonical_sha256=version.canonical_sha256,
        person_id=actor.person_id,
        reason=cleaned(reason),
    )

    def decide(r: Recording) -> Mapping[str, Any]:
        role = require(actor, Action.BREAK_GLASS, now=r.now)
        still_newest(version)
        not_withdrawn(version.item)
        not_out(version)
        if not broken.reason:
            raise Refused(Message("Breaking the glass needs a reason."), Message("Say why it cannot wait."))
        _not_broken(version)
        overridden = overridable(version, now=r.now)
        if not overridden:
            raise Refused(Message("Nothing is in the way of this version."), Message("Publish it."))
        broken.said_sha256 = said_digest(version)
        broken.role, broken.broken_at, broken.review_due = role, r.now, r.now + review_within
        r.add(broken)
        return {
            "item": version.item.public_id,
            "canonical_sha256": version.canonical_sha256,
            "reason": broken.reason,
            "role": role.value,
            "through": actor.through,
            "overridden": overridden,
            "review_due": broken.review_due.isoformat(),
            "review_due_on": broken.review_due.date().isoformat(),
        }

    record(Kind.BREAK_GLASS, actor=actor.person_id, decide=decide)
    return broken


def _not_broken(version: Version) -> None:
    if not BreakGlass.objects.filter(version=version).exists():
        return
    if live_break_glass(version) is None:
        raise Refused(
            Message("The glass was broken for this version before things changed that bear on it."),
            Message("Bring in a new version, and decide on that."),
        )
    raise Refused(Message("The glass is broken for this version already."), Message("Publish it."))


def review_break_glass(actor: Actor, broken: BreakGlass, *, upheld: bool, note: str = "") -> SecondReview:
    """Look again at what went out past the gate, as someone else than who decided it.

    `Refused` also where nothing went out and nothing can any more: see `standing.to_review`.
    """
    review = SecondReview(
        break_glass=broken, person_id=actor.person_id, broken_by_id=broken.person_id, upheld=upheld
    )

    def decide(r: Recording) -> Mapping[str, Any]:
        role = require(actor, Action.SIGN_OFF, now=r.now)
        if actor.person_id == broken.person_id:
            raise Refused(
                Message("The second review is for someone else than who broke the glass."),
                Message("Ask another editor."),
            )
        if SecondReview.objects.filter(break_glass=broken).exists():
            raise Refused(
                Message("This has been reviewed already."), Message("Correct or withdraw it if need be.")
            )
        if not to_review(BreakGlass.objects.filter(pk=broken.pk)).exists():
            raise Refused(
                Message("Nothing went out by this decision, and nothing can any more."),
                Message("There is nothing to review."),
            )
        review.reviewed_at = r.now
        r.add(review)
        readers_see(broken.version.item)
        return {
            "item": broken.version.item.public_id,
            "canonical_sha256": broken.canonical_sha256,
            "upheld": upheld,
            "note": cleaned(note),
            "role": role.value,
            "through": actor.through,
        }

    record(Kind.SECOND_REVIEW, actor=actor.person_id, decide=decide)
    return review
