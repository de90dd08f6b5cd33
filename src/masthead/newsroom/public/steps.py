"""The steps on the way to publication, as the audience may see them: roles and dates, never names."""

from collections.abc import Iterator
from datetime import datetime
from operator import itemgetter

from django.db.models import QuerySet

from masthead.language import Message
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.public.page import Step, Who
from masthead.newsroom.review.models import BreakGlass, CheckRun, SecondReview, SignOff
from masthead.newsroom.said import key
from masthead.vocabulary import LABELS, Level, Role, Task

AUTHOR = Message("Author")
CHECKS = Message("Checks")
AI = Message("AI system")

type Dated = tuple[datetime, int, Step]


def steps_of(item: Item, out: int) -> tuple[Step, ...]:
    """Every step up to version `out`, the one that is out, in order: of later drafts nothing is told."""
    found = sorted(_all(item, out), key=itemgetter(0, 1))
    return tuple(step for _, _, step in found)


def _all(item: Item, out: int) -> Iterator[Dated]:
    versions = item.versions.filter(number__lte=out)
    yield from _versions(item, versions)
    yield from _uses(versions)
    for run in CheckRun.objects.filter(version__in=versions).select_related("version"):
        yield _step(run.ran_at, 2, Who.MACHINE, CHECKS, _checked(run))
    yield from _waivers(item, out)
    for signed in SignOff.objects.filter(version__in=versions).select_related("version"):
        said = Message("Read and signed off version %(n)d.", {"n": signed.version.number})
        yield _step(signed.signed_at, 4, Who.PERSON, _role(signed.role), said)
    for broken in BreakGlass.objects.filter(version__in=versions):
        said = Message("Decided to publish at once, before the usual review.")
        yield _step(broken.broken_at, 5, Who.PERSON, _role(broken.role), said)
    for review in SecondReview.objects.filter(break_glass__version__in=versions):
        said = (
            Message("Reviewed it afterwards: it stands.")
            if review.upheld
            else Message("Reviewed it afterwards: it should not have gone out.")
        )
        yield _step(review.reviewed_at, 6, Who.PERSON, LABELS[Role.EDITOR], said)
    yield from _out(item)


def _versions(item: Item, versions: QuerySet[Version]) -> Iterator[Dated]:
    corrected = set(item.corrections.values_list("version_id", flat=True))
    for version in versions:
        if version.id in corrected:
            continue
        said = (
            Message("Handed it in.")
            if version.number == 1
            else Message("Handed in version %(n)d.", {"n": version.number})
        )
        yield _step(version.added_at, 0, Who.PERSON, AUTHOR, said)


def _uses(versions: QuerySet[Version]) -> Iterator[Dated]:
    seen = set()
    for version in versions:
        for use in version.ai_uses.select_related("entry").order_by("entry__place"):
            known = (key(use.system), use.task, use.tier)
            if known in seen:
                continue
            seen.add(known)
            task = LABELS[Task(use.task)] if use.task else Message("a task not said")
            said = Message("%(system)s: %(task)s.", {"system": use.system, "task": task})
            yield _step(use.entry.recorded_at, 1, Who.MACHINE, AI, said)


def _checked(run: CheckRun) -> Message:
    findings = run.findings.exclude(level=Level.NOTE).count()
    if not findings:
        return Message("Looked at version %(number)d and found nothing.", {"number": run.version.number})
    return Message(
        "Looked at version %(number)d and raised %(n)d finding.",
        {"number": run.version.number, "n": findings},
        "Looked at version %(number)d and raised %(n)d findings.",
    )


def _waivers(item: Item, out: int) -> Iterator[Dated]:
    by_day: dict[datetime, int] = {}
    for waiver in item.waivers.filter(finding__run__version__number__lte=out):
        by_day[waiver.waived_at] = by_day.get(waiver.waived_at, 0) + 1
    if by_day:
        said = Message(
            "Set %(n)d finding aside, with a reason on record.",
            {"n": sum(by_day.values())},
            "Set %(n)d findings aside, each with a reason on record.",
        )
        yield _step(max(by_day), 3, Who.PERSON, LABELS[Role.EDITOR], said)


def _out(item: Item) -> Iterator[Dated]:
    for publication in item.publications.select_related("version", "correction"):
        if publication.correction is not None:
            said = Message("Corrected it: %(note)s", {"note": publication.correction.note})
        else:
            said = Message("Published version %(n)d.", {"n": publication.version.number})
        yield _step(publication.published_at, 7, Who.PERSON, Message("Newsroom"), said)
    withdrawal = getattr(item, "withdrawal", None)
    if withdrawal is not None:
        said = Message("Withdrew it: %(reason)s", {"reason": withdrawal.reason})
        yield _step(withdrawal.withdrawn_at, 8, Who.PERSON, Message("Newsroom"), said)


def _role(role: str) -> Message:
    return LABELS[Role(role)]


def _step(at: datetime, order: int, who: Who, role: Message, what: Message) -> Dated:
    return at, order, Step(who, role, at, what)
