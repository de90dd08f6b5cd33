"""Run checks on a version: every one asked for either ran or says why not."""

from collections.abc import Mapping, Sequence

from masthead.checks import bounds, registry
from masthead.checks.finding import Finding, NotRun, Outcome, Report, in_reading_order
from masthead.checks.subject import Subject
from masthead.errors import MastheadError
from masthead.language import Message


class Unreliable(Exception):
    """An outcome that breaks the promise of a check; the message says how, without a value."""

    def __init__(self, how: Message) -> None:
        super().__init__(how.template)
        self.how = how


def run(
    subject: Subject,
    checks: Sequence[str] | None = None,
    required: Sequence[str] = (),
    *,
    allowed: Mapping[str, str] = registry.NONE,
) -> Report:
    """Run `checks` (all of ours and all allowed plug-ins where None) and `required` on `subject`.

    `allowed` maps ids of others' plug-ins to the version of their distribution. A check that is not
    installed, not allowed, raises or breaks its promise is in `not_run` with the reason and gives no
    findings, not even half of them. Findings stand in reading order. Counts are named `check.count`.
    """
    asked = dict.fromkeys((*(registry.names(allowed) if checks is None else checks), *required))
    findings: list[Finding] = []
    not_run: list[NotRun] = []
    ran: list[tuple[str, str]] = []
    counts: list[tuple[str, int]] = []
    for name in asked:
        answer = _one(name, subject, allowed)
        if isinstance(answer, NotRun):
            not_run.append(answer)
            continue
        version, outcome = answer
        ran.append((name, version))
        findings += outcome.findings
        counts += ((f"{name}.{count}", number) for count, number in outcome.counts)
    return Report(in_reading_order(findings), tuple(not_run), tuple(ran), tuple(counts))


def _one(name: str, subject: Subject, allowed: Mapping[str, str]) -> tuple[str, Outcome] | NotRun:
    try:
        check = registry.load(name, allowed)
        with bounds.within(bounds.SECONDS):
            outcome = check(subject)
        _hold_to_promise(name, subject, outcome)
    except MastheadError as refusal:
        why = Message("%(what)s %(remedy)s", {"what": refusal.what, "remedy": refusal.remedy})
        return NotRun(name, why)
    except Unreliable as fault:
        return NotRun(name, fault.how)
    except Exception as fault:  # noqa: BLE001 - whatever goes wrong inside a check, the run answers
        return NotRun(
            name,
            # The type alone: an exception's own words may quote the text.
            Message(
                "The check broke off with an unexpected error (%(kind)s).", {"kind": type(fault).__name__}
            ),
        )
    return check.version, bounds.listed(name, outcome)


def _hold_to_promise(name: str, subject: Subject, outcome: Outcome) -> None:
    """Raise `Unreliable` unless every finding names its check, can be shown and stands where it says."""
    if not isinstance(outcome, Outcome):
        raise Unreliable(Message("The check gave no outcome."))
    for finding in outcome.findings:
        if finding.check != name:
            raise Unreliable(Message("The check gave a finding in another check's name."))
        if not _stands(finding, subject.document.text):
            raise Unreliable(Message("The check gave a finding that does not stand where it says."))
        try:
            str(finding.message)
        except (KeyError, TypeError, ValueError) as fault:
            raise Unreliable(Message("The check gave a finding whose message cannot be shown.")) from fault


def _stands(finding: Finding, text: str) -> bool:
    start, end = finding.start, finding.end
    if start is None or end is None:
        return start is end
    return 0 <= start <= end <= len(text) and finding.quote == text[start:end]
