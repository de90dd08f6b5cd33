"""The facts of a version as they stand in the record, for the gate."""

from datetime import date

from masthead import labels
from masthead.gate.facts import BreakGlass as BreakGlassFact
from masthead.gate.facts import Facts, FindingFact, SignOffFact, UseFact
from masthead.language import Message
from masthead.newsroom.accounts.permissions import MAY, Action
from masthead.newsroom.items.models import AIUse, Version
from masthead.newsroom.policy.models import PolicyRevision
from masthead.newsroom.register.commands import status_of
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.register.standing import terms_old
from masthead.newsroom.review.models import BreakGlass
from masthead.newsroom.review.on_record import OnRecord
from masthead.newsroom.review.telling import record_of
from masthead.newsroom.said import key
from masthead.vocabulary import Level, Medium, Profile, Role


def facts_of(version: Version, policy: PolicyRevision, *, today: date, seen: OnRecord | None = None) -> Facts:
    """Everything the gate decides on. Read inside `record()`, nothing of it can change meanwhile.

    `seen` is the look at the version that a page takes anyway; a command leaves it out.
    """
    seen = seen or OnRecord(version)
    run, broken = seen.run, seen.live_break_glass
    told = record_of(version, seen.live_sign_off or broken, seen=seen)
    disclosure = labels.disclose(told)
    return Facts(
        medium=Medium(version.item.medium),
        canonical_sha256=version.canonical_sha256,
        profile=Profile(policy.profile),
        authors=frozenset(str(maker) for maker in seen.makers),
        uses=tuple(_use(use, seen, today) for use in seen.uses),
        findings=_findings(seen),
        checks_ran=frozenset(run.ran) if run else frozenset(),
        checks_failed=tuple(
            (check, Message.from_json(why)) for check, why in (run.not_run if run else {}).items()
        ),
        sign_offs=_sign_offs(seen),
        break_glass=_break_glass(broken),
        marks_required=labels.required_marks(told),
        marks_given=labels.required_marks(told) if disclosure.mark else frozenset(),
        uses_disclosed=all(_tells(disclosure, use.system) for use in told.uses),
    )


def _tells(disclosure: labels.Disclosure, system: str) -> bool:
    """Whether what the audience can read names the system, as it will be shown."""
    return any(system in said for _, said in disclosure.details)


def _use(use: AIUse, seen: OnRecord, today: date) -> UseFact:
    system = seen.systems.get(key(use.system))
    cases = seen.use_cases.get(system.pk, ()) if system else ()
    return UseFact(
        system=use.system,
        task=use.for_task,
        tier=use.at_tier,
        status=status_of(system, use.at_tier, cases),
        recorded_by=str(use.recorded_by_id),
        terms_fresh=_terms_fresh(system, today),
    )


def _terms_fresh(system: AISystem | None, today: date) -> bool | None:
    if system is None or system.terms_checked_on is None or system.training_opt_out is None:
        return None
    return not terms_old(system, today)


def _findings(seen: OnRecord) -> tuple[FindingFact, ...]:
    return tuple(
        FindingFact(
            fingerprint=finding.fingerprint,
            check=finding.check_id,
            level=Level(finding.level),
            message=Message.from_json(finding.message),
            waived=finding.fingerprint in seen.waivers,
        )
        for finding in seen.findings
    )


def _sign_offs(seen: OnRecord) -> tuple[SignOffFact, ...]:
    return tuple(
        SignOffFact(
            person=str(sign_off.person_id),
            canonical_sha256=sign_off.canonical_sha256,
            entitled=Role(sign_off.role) in MAY[Action.SIGN_OFF],
            same_record=sign_off.said_sha256 == seen.said,
        )
        for sign_off in seen.sign_offs
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
