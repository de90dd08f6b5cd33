"""The facts of a version as they stand in the record, for the gate."""

from datetime import date, timedelta

from masthead import labels
from masthead.gate.facts import BreakGlass as BreakGlassFact
from masthead.gate.facts import Facts, FindingFact, SignOffFact, UseFact
from masthead.language import Message
from masthead.newsroom.accounts.permissions import MAY, Action
from masthead.newsroom.items.models import AIUse, Version
from masthead.newsroom.policy.models import PolicyRevision
from masthead.newsroom.register.commands import status_for
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.review.models import BreakGlass, CheckRun
from masthead.newsroom.review.standing import (
    current_run,
    live_break_glass,
    live_sign_off,
    makers,
    said_digest,
    sign_offs,
)
from masthead.newsroom.review.telling import record_of
from masthead.newsroom.said import key
from masthead.vocabulary import Level, Medium, Profile, Role

FRESH = timedelta(days=365)
"""How old the reading of a system's data terms may be (starter control `data-terms`)."""


def facts_of(version: Version, policy: PolicyRevision, *, today: date) -> Facts:
    """Everything the gate decides on. Read inside `record()`, nothing of it can change meanwhile."""
    run = current_run(version)
    broken = live_break_glass(version)
    told = record_of(version, live_sign_off(version) or broken)
    disclosure = labels.disclose(told)
    return Facts(
        medium=Medium(version.item.medium),
        canonical_sha256=version.canonical_sha256,
        profile=Profile(policy.profile),
        authors=frozenset(str(maker) for maker in makers(version)),
        uses=tuple(_use(use, today) for use in version.ai_uses.all()),
        findings=_findings(version, run),
        checks_ran=frozenset(run.ran) if run else frozenset(),
        checks_failed=tuple(
            (check, Message.from_json(why)) for check, why in (run.not_run if run else {}).items()
        ),
        sign_offs=_sign_offs(version),
        break_glass=_break_glass(broken),
        marks_required=labels.required_marks(told),
        marks_given=labels.required_marks(told) if disclosure.mark else frozenset(),
        uses_disclosed=all(_tells(disclosure, use.system) for use in told.uses),
    )


def _tells(disclosure: labels.Disclosure, system: str) -> bool:
    """Whether what the audience can read names the system, as it will be shown."""
    return any(system in said for _, said in disclosure.details)


def _use(use: AIUse, today: date) -> UseFact:
    system = AISystem.objects.filter(key=key(use.system)).first()
    return UseFact(
        system=use.system,
        task=use.for_task,
        tier=use.at_tier,
        status=status_for(use.system, use.at_tier),
        recorded_by=str(use.recorded_by_id),
        terms_fresh=_terms_fresh(system, today),
    )


def _terms_fresh(system: AISystem | None, today: date) -> bool | None:
    if system is None or system.terms_checked_on is None or system.training_opt_out is None:
        return None
    return today - system.terms_checked_on <= FRESH


def _findings(version: Version, run: CheckRun | None) -> tuple[FindingFact, ...]:
    if run is None:
        return ()
    waived = set(version.item.waivers.values_list("fingerprint", flat=True))
    return tuple(
        FindingFact(
            fingerprint=finding.fingerprint,
            check=finding.check_id,
            level=Level(finding.level),
            message=Message.from_json(finding.message),
            waived=finding.fingerprint in waived,
        )
        for finding in run.findings.all()
    )


def _sign_offs(version: Version) -> tuple[SignOffFact, ...]:
    said = said_digest(version)
    return tuple(
        SignOffFact(
            person=str(sign_off.person_id),
            canonical_sha256=sign_off.canonical_sha256,
            entitled=Role(sign_off.role) in MAY[Action.SIGN_OFF],
            same_record=sign_off.said_sha256 == said,
        )
        for sign_off in sign_offs(version.item)
    )


def _break_glass(broken: BreakGlass | None) -> BreakGlassFact | None:
    if broken is None:
        return None
    return BreakGlassFact(
        person=str(broken.person_id),
        canonical_sha256=broken.canonical_sha256,
        entitled=Role(broken.role) in MAY[Action.BREAK_GLASS],
        review_due=broken.review_due,
    )
