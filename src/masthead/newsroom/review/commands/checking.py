"""Run the checks on a version and put what they found on record."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.conf import settings

from masthead import checks
from masthead.checks.finding import Finding as Found
from masthead.checks.finding import Report, anchored
from masthead.errors import Stale
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.items.models import Version
from masthead.newsroom.policy.commands import controls, in_force
from masthead.newsroom.review.going_out import readers_see
from masthead.newsroom.review.models import CheckRun, Finding, Publication
from masthead.newsroom.review.seal import trusted
from masthead.newsroom.review.subject import subject_of


def run_checks(actor: Actor, version: Version) -> CheckRun:
    """Run every check on `version` outside the transaction, then record what they said.

    Raises `Stale` where a source or an AI use was added while they ran: they did not know it.
    """
    known = _known(version)
    required = {check for control in controls(in_force()) for check in control.checks}
    subject = subject_of(version, trusted())
    report = checks.run(subject, required=sorted(required), allowed=settings.MASTHEAD.checks)
    marks = [anchored(found, subject.document.text) for found in report.findings]
    run = CheckRun(
        version=version,
        ran=dict(report.ran),
        not_run={each.check: each.why.to_json() for each in report.not_run},
        counts=dict(report.counts),
    )

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, Action.WORK_ON_ITEM, now=r.now)
        if _known(version) != known:
            raise Stale(
                Message("A source or an AI use was added while the checks ran."), Message("Run them again.")
            )
        run.ran_at = r.now
        r.add(run)
        for order, (found, mark) in enumerate(zip(report.findings, marks, strict=True)):
            r.add(_row(run, order, found, mark))
        if Publication.objects.filter(version=version).exists():
            readers_see(version.item)  # a correction went out before it was looked at
        return {"through": actor.through, **_fields(version, report, marks)}

    record(Kind.CHECKS_RUN, actor=actor.person_id, decide=decide)
    return run


def _known(version: Version) -> tuple[frozenset[Any], frozenset[Any]]:
    return (
        frozenset(version.sources.values_list("id", flat=True)),
        frozenset(version.ai_uses.values_list("id", flat=True)),
    )


def _row(run: CheckRun, order: int, found: Found, mark: str) -> Finding:
    return Finding(
        run=run,
        order=order,
        fingerprint=mark,
        check_id=found.check,
        code=found.code,
        level=found.level,
        message=found.message.to_json(),
        quote=found.quote,
        start=found.start,
        end=found.end,
        nearest=asdict(found.nearest) if found.nearest else None,
    )


def _fields(version: Version, report: Report, marks: list[str]) -> dict[str, Any]:
    return {
        "item": version.item.public_id,
        "canonical_sha256": version.canonical_sha256,
        "ran": dict(report.ran),
        "not_run": sorted(each.check for each in report.not_run),
        "counts": dict(report.counts),
        "levels": dict(Counter(found.level.value for found in report.findings)),
        "findings": marks,
    }
