"""How an item stands, in prose."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from masthead.cli.clearance import clearance_lines
from masthead.cli.findings import finding_lines
from masthead.language import Message, gettext
from masthead.vocabulary import LABELS, Consequence, Role, Task

if TYPE_CHECKING:
    from masthead.newsroom.items.models import Version
    from masthead.newsroom.review.models import Finding

type Line = tuple[str, str | None]


def standing_lines(version: "Version", *, now: datetime, gate: bool = True) -> Iterator[Line]:
    """Title, what is on record, findings at their words and, with `gate`, its answer."""
    from masthead.newsroom.review.clearing import clearance
    from masthead.newsroom.review.reading import Stage, stage, weighed

    item = version.item
    where = stage(item)
    yield item.title, "bold"
    yield (
        str(
            Message(
                "%(id)s · version %(number)d · %(language)s · %(stage)s",
                {
                    "id": item.public_id[:8],
                    "number": version.number,
                    "language": version.language,
                    "stage": where.value,
                },
            )
        ),
        "dim",
    )
    yield from _record_lines(version)
    for found, weight, waived in weighed(version):
        if waived:
            yield str(Message("waived  %(what)s", {"what": _message(found)})), "dim"
        else:
            yield from _finding(version, found, weight)
    yield from _signature_lines(version)
    if gate and where is not Stage.WITHDRAWN and not hasattr(version, "publication"):
        for line in clearance_lines(clearance(version, now=now)):
            yield line, None


def _record_lines(version: "Version") -> Iterator[Line]:
    for use in version.ai_uses.all():
        task = LABELS[Task(use.task)] if use.task else gettext("task not said")
        yield (
            str(
                Message(
                    "AI: %(system)s, %(task)s, %(tier)s",
                    {"system": use.system, "task": task, "tier": use.tier},
                )
            ),
            None,
        )
    sources = [source.label for source in version.sources.all()]
    if sources:
        yield str(Message("Sources: %(list)s", {"list": ", ".join(sources)})), None


def _signature_lines(version: "Version") -> Iterator[Line]:
    from masthead.newsroom.review.standing import live_sign_off

    signed = live_sign_off(version)
    if signed is not None:
        role, day = LABELS[Role(signed.role)], signed.signed_at.date().isoformat()
        yield str(Message("Signed off by: %(role)s, %(day)s", {"role": role, "day": day})), "green"
    for publication in version.item.publications.all():
        day = publication.published_at.date().isoformat()
        yield (
            str(Message("Published: version %(n)d, %(day)s", {"n": publication.version.number, "day": day})),
            "green",
        )


def _finding(version: "Version", found: "Finding", weight: Consequence) -> Iterator[Line]:
    from masthead.checks.finding import Finding as Said
    from masthead.checks.finding import Nearest
    from masthead.newsroom.items.reading import document_of
    from masthead.vocabulary import Level

    nearest = found.nearest
    said = Said(
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
    yield from finding_lines(document_of(version).text, said, weight, found.fingerprint[:8])


def _message(found: "Finding") -> str:
    return str(Message.from_json(found.message))
