"""How an item stands, in prose."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from masthead.cli import desk
from masthead.cli.clearance import COMMAND, PUBLISH, capitals, obstacle_lines
from masthead.cli.findings import finding_lines, place_lines
from masthead.language import Message, Value, gettext
from masthead.vocabulary import LABELS, Consequence, Role, Task, Tier

if TYPE_CHECKING:
    from masthead.checks.finding import Finding as Said
    from masthead.newsroom.items.models import Version
    from masthead.newsroom.review.models import Finding

type Line = tuple[str, str | None]

STAGES = {
    "draft": Message("draft"),
    "published": Message("published"),
    "corrected": Message("corrected"),
    "withdrawn": Message("withdrawn"),
}


def standing_lines(version: "Version", *, now: datetime) -> Iterator[Line]:
    """Title, what is on record, then the gate's answer with each finding at its words."""
    from masthead.newsroom.review.reading import Stage, stage

    where = stage(version.item)
    yield from head_lines(version)
    yield from signature_lines(version)
    if where is Stage.WITHDRAWN or hasattr(version, "publication"):
        for found, weight, waived in _weighed(version):
            yield from _found(version, found, weight, waived=waived)
    else:
        yield from _gate_lines(version, now=now)


def head_lines(version: "Version") -> Iterator[Line]:
    """What this is, and what is on record about how it was made."""
    from masthead.newsroom.review.reading import stage
    from masthead.newsroom.said import readable

    item = version.item
    yield version.title or gettext("Untitled"), "bold"
    facts: dict[str, Value] = {
        "id": item.public_id[:8],
        "number": version.number,
        "language": version.language,
        "stage": STAGES[stage(item).value],
    }
    yield str(Message("%(id)s · version %(number)d · %(language)s · %(stage)s", facts)), "dim"
    for use in version.ai_uses.all():
        said: dict[str, Value] = {
            "system": use.system,
            "task": LABELS[Task(use.task)] if use.task else gettext("task not said"),
            "tier": use.tier,
            "weight": LABELS[Tier(use.tier)],
        }
        yield str(Message("AI: %(system)s, %(task)s, %(tier)s (%(weight)s)", said)), None
    sources = [readable(source.label) for source in version.sources.all()]
    if sources:
        yield str(Message("Sources: %(list)s", {"list": ", ".join(sources)})), None


def places_of(version: "Version") -> Mapping[str, list[Line]]:
    """The lines that show each finding of the newest run at its words, by the finding's id."""
    return {
        each.fingerprint: list(place_lines(_text(version), _said(each))) for each, _, _ in _weighed(version)
    }


@lru_cache(maxsize=1)
def _text(version: "Version") -> str:
    """The text of a version, read once for all its findings."""
    from masthead.newsroom.items.reading import document_of

    return document_of(version).text


def _gate_lines(version: "Version", *, now: datetime) -> Iterator[Line]:
    from masthead.newsroom.review.clearing import clearance

    decided, item, by = clearance(version, now=now), version.item.public_id, desk.several_people()
    yield "", None
    if decided.clear:
        yield gettext("Cleared: nothing is in the way of this version."), "bold green"
        yield PUBLISH.format(item=item[:8], by=desk.by_name()), COMMAND
    else:
        n = len(decided.obstacles)
        yield (
            str(
                Message(
                    "Not cleared: %(n)d thing is in the way.",
                    {"n": n},
                    "Not cleared: %(n)d things are in the way.",
                )
            ),
            "bold red",
        )
        yield from obstacle_lines(decided.obstacles, item, by=by, places=places_of(version))
        reasons = capitals(decided.obstacles)
        if reasons is not None:
            yield str(reasons), "dim"
    stopping = {each.finding for each in decided.obstacles}
    others = [each for each in _weighed(version) if each[0].fingerprint not in stopping]
    warnings = [each for each in decided.warnings if each.finding is None]
    if others or warnings:
        yield "", None
        yield gettext("Worth knowing; none of it stops you:"), "bold"
    for warning in warnings:
        yield str(warning.message), "yellow"
    for found, weight, waived in others:
        yield from _found(version, found, weight, waived=waived)


def signature_lines(version: "Version") -> Iterator[Line]:
    """Who signed it off, and what of the item is out."""
    from masthead.labels.dates import spoken
    from masthead.newsroom.review.standing import live_sign_off

    signed = live_sign_off(version)
    if signed is not None:
        said: dict[str, Value] = {
            "role": LABELS[Role(signed.role)],
            "day": spoken(signed.signed_at),
        }
        own = Message("Signed off by its own author (%(role)s), %(day)s", said)
        yield str(own if signed.self_signed else Message("Signed off by: %(role)s, %(day)s", said)), "green"
    for publication in version.item.publications.all():
        day = spoken(publication.published_at)
        yield (
            str(Message("Published: version %(n)d, %(day)s", {"n": publication.version.number, "day": day})),
            "green",
        )


def _weighed(version: "Version") -> "list[tuple[Finding, Consequence, bool]]":
    from masthead.newsroom.review.reading import weighed

    return weighed(version)


def _found(version: "Version", found: "Finding", weight: Consequence, *, waived: bool) -> Iterator[Line]:
    if waived:
        yield str(Message("waived  %(what)s", {"what": Message.from_json(found.message)})), "dim"
        return
    yield from finding_lines(_text(version), _said(found), weight, found.fingerprint[:8])


def _said(found: "Finding") -> "Said":
    """The finding as the check said it."""
    from masthead.checks.finding import Finding as Said
    from masthead.checks.finding import Nearest
    from masthead.vocabulary import Level

    nearest = found.nearest
    return Said(
        check=found.check_id,
        code=found.code,
        level=Level(found.level),
        message=Message.from_json(found.message),
        quote=found.quote,
        start=found.start,
        end=found.end,
        nearest=nearest
        and Nearest(
            nearest["source"],
            nearest["quote"],
            nearest["start"],
            nearest["end"],
            tuple((kind, part) for kind, part in nearest["difference"]),
        ),
    )
