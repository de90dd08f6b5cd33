"""How an item stands, as JSON: for the terminal, the API and the pages."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from masthead.gate.clearance import Obstacle
from masthead.gate.findings import consequence_for
from masthead.language import Message
from masthead.newsroom.items.draft import use_field
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.policy.commands import controls
from masthead.newsroom.review.clearing import clearance
from masthead.newsroom.review.models import BreakGlass, Finding, Publication
from masthead.newsroom.review.on_record import OnRecord
from masthead.newsroom.review.standing import current_run, live_sign_off, makers, publications, withdrawal
from masthead.vocabulary import LABELS, Consequence, Level, Role


class Stage(StrEnum):
    """Where an item stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


def stage(item: Item) -> Stage:
    """Where an item stands, computed from what went out."""
    if withdrawal(item) is not None:
        return Stage.WITHDRAWN
    out = publications(item)
    if not out:
        return Stage.DRAFT
    return Stage.CORRECTED if any(each.correction_id for each in out) else Stage.PUBLISHED


def to_be_read(out: Publication) -> bool:
    """Whether what is out is a correction that nobody signed off yet: it went out without waiting for one."""
    return out.correction_id is not None and live_sign_off(out.version) is None


def weighed(version: Version, *, seen: OnRecord | None = None) -> list[tuple[Finding, Consequence, bool]]:
    """The findings of the newest run: what the controls make of each, and whether it is waived.

    `seen` is as for `facts_of`.
    """
    seen = seen or OnRecord(version)
    if seen.run is None:
        return []
    asked = controls(seen.policy)
    return [
        (found, consequence_for(found.check_id, Level(found.level), asked), found.fingerprint in seen.waivers)
        for found in seen.findings
    ]


def standing_json(version: Version, *, now: datetime) -> dict[str, Any]:
    """Everything `masthead item show` shows. Persons appear by role; broken glass stands oldest first."""
    item = version.item
    run = current_run(version)
    decided = clearance(version, now=now)
    signed = live_sign_off(version)
    broken = BreakGlass.objects.filter(version__item=item).select_related("version", "review")
    return {
        "item": item.public_id,
        "title": version.title,
        "medium": item.medium,
        "stage": stage(item).value,
        "version": version.number,
        "sha256": version.sha256,
        "canonical_sha256": version.canonical_sha256,
        "language": version.language,
        "sources": [{"label": s.label, "sha256": s.sha256} for s in version.sources.all()],
        "ai_uses": [use_field(use) for use in version.ai_uses.all()],
        "checked": run is not None,
        "not_run": {
            check: str(Message.from_json(why)) for check, why in (run.not_run if run else {}).items()
        },
        "findings": [_finding_json(*each) for each in weighed(version)],
        "signed_off": None
        if signed is None
        else {"role": signed.role, "self_signed": signed.person_id in makers(version)},
        "break_glass": [_break_glass_json(each, now) for each in broken.order_by("entry__place")],
        "clear": decided.clear,
        "obstacles": [obstacle_json(each) for each in decided.obstacles],
        "publications": [_publication_json(each) for each in publications(item)],
    }


def obstacle_json(obstacle: Obstacle) -> dict[str, Any]:
    """One thing in the way, with what would clear it."""
    return {
        "code": obstacle.code.value,
        "message": str(obstacle.message),
        "ways_out": [str(way) for way in obstacle.ways_out],
        "commitments": list(obstacle.commitments),
        "control": obstacle.control,
        "finding": obstacle.finding,
        "system": obstacle.system,
    }


def _publication_json(out: Publication) -> dict[str, Any]:
    return {
        "version": out.version.number,
        "published_at": out.published_at.isoformat(),
        "corrects": out.correction_id is not None,
    }


def _break_glass_json(broken: BreakGlass, now: datetime) -> dict[str, Any]:
    reviewed = hasattr(broken, "review")
    return {
        "version": broken.version.number,
        "role": str(LABELS[Role(broken.role)]),
        "review_due": broken.review_due.isoformat(),
        "reviewed": reviewed,
        "overdue": not reviewed and now > broken.review_due,
    }


def _finding_json(found: Finding, weight: Consequence, waived: bool) -> dict[str, Any]:
    return {
        "id": found.fingerprint,
        "check": found.check_id,
        "level": found.level,
        "consequence": weight.value,
        "waived": waived,
        "message": str(Message.from_json(found.message)),
        "quote": found.quote,
        "start": found.start,
        "end": found.end,
        "nearest": found.nearest,
    }
