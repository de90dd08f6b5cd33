"""A system of the register as a page shows it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q

from masthead.desk.log.finding import about_system
from masthead.desk.log.seeing import Shows, read
from masthead.desk.log.telling import Told, tell
from masthead.desk.log.unread import at, known
from masthead.desk.register.words import SIGNS, TIERS
from masthead.language import Message
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.register.commands import FOLLOWS, KINDS
from masthead.newsroom.register.models import AISystem, UseCase
from masthead.newsroom.register.standing import terms_old
from masthead.newsroom.register.words import LEVELS, STAGES
from masthead.newsroom.review.reading import Stage as ItemStage
from masthead.newsroom.worklist import catch_up, sight
from masthead.newsroom.worklist.held import would_hold
from masthead.newsroom.worklist.models import Line
from masthead.vocabulary import LABELS, Stage, SystemStatus, Tier, UseLevel

LATEST = 50
"""Entries of a system's history on its page."""


@dataclass(frozen=True, slots=True)
class Case:
    """One use case in words."""

    tier: Message
    stage: Message
    level: Message
    status: Message
    sign: str
    accountable: str
    unanswered: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A system in words. `terms_old` is whether its data terms were read more than a year ago."""

    system: AISystem
    status: Message
    sign: str
    terms_old: bool
    tiers: str
    may: tuple[SystemStatus, ...]
    """What this person may decide from where it stands."""


def shown(system: AISystem, who: Someone) -> Shown:
    """A system, for this person; its use cases are to be at hand."""
    status = SystemStatus(system.status)
    cases_of_it = system.use_cases.all()
    tiers = sorted({case.tier for case in cases_of_it})
    new = any(case.status == SystemStatus.PROPOSED and case.tier != Tier.TX for case in cases_of_it)
    open_to = [each for each, after in FOLLOWS.items() if status in after and (each is not status or new)]
    return Shown(
        system=system,
        status=LABELS[status],
        sign=SIGNS[status],
        terms_old=terms_old(system, datetime.now(UTC).date()),
        tiers=", ".join(tiers),
        may=tuple(each for each in open_to if who.may(KINDS[each][1])),
    )


def systems(who: Someone) -> list[Shown]:
    """The whole register: what is in use first, what is retired last."""
    order = list(SystemStatus)
    found = AISystem.objects.select_related("accountable").prefetch_related("use_cases").order_by("key")
    return sorted((shown(each, who) for each in found), key=lambda each: _rank(each, order))


def _rank(each: Shown, order: list[SystemStatus]) -> bool:
    return order.index(SystemStatus(each.system.status)) == len(order) - 1


def cases(system: AISystem) -> list[Case]:
    """What it is used for, what matters most first."""
    found = system.use_cases.select_related("accountable").order_by("-tier", "stage", "level")
    return [_case(each) for each in found]


def _case(case: UseCase) -> Case:
    status = SystemStatus(case.status)
    return Case(
        tier=TIERS[Tier(case.tier)],
        stage=STAGES[Stage(case.stage)],
        level=LEVELS[UseLevel(case.level)],
        status=LABELS[status],
        sign=SIGNS[status],
        accountable=case.accountable.called,
        unanswered=case.unanswered,
    )


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a system was approved, paused or retired: the words of whoever decided last."""

    text: str
    line: Told


DECISIONS = (Kind.SYSTEM_APPROVED, Kind.SYSTEM_PAUSED, Kind.SYSTEM_RETIRED)


def reasons(system: AISystem, who: Someone) -> list[Reason]:
    """The reason of the newest decision of each kind, newest first, for who may read it in the log."""
    if not who.may(Action.SEE_LOG):
        return []
    decided = Entry.objects.filter(place__in=about_system(system), kind__in=DECISIONS)
    newest = dict(decided.order_by("place").values_list("kind", "place"))
    # Of one that cannot be read no older reason stands in its place.
    entries = [each for each in at(newest.values()) if known(each)]
    said = read(entries, ("reason",))
    lines = {line.place: line for line in tell(entries, who)}
    return [
        Reason(said[each.place]["reason"], lines[each.place])
        for each in entries
        if lines[each.place].shows is Shows.ALL and said[each.place].get("reason")
    ]


@dataclass(frozen=True, slots=True)
class Uses:
    """How many items that a person may see were made with a system, and how many of them are out."""

    items: int
    out: int


def uses(system: AISystem, who: Someone) -> Uses | None:
    """Where it is used; None for who sees no items at all."""
    if not (who.may(Action.SEE_ITEM) or who.may(Action.SEE_PUBLISHED)):
        return None
    catch_up(sight.NOTHING)
    drafts = Q(sight.drafts_seen(who.id, who.roles), used__out=False)
    out = Q(sight.seen(who.id, who.roles), used__out=True)
    used = Line.objects.filter(used__key=system.key)
    published = used.filter(out).exclude(stage=ItemStage.DRAFT)
    return Uses(
        used.filter(drafts | out).values("pk").distinct().count(),
        published.values("pk").distinct().count(),
    )


def held(system: AISystem, who: Someone) -> int:
    """How many items that are not out a pause of this system holds, of those this person may see."""
    catch_up(sight.NOTHING)
    return Line.objects.filter(sight.drafts_seen(who.id, who.roles), would_hold(system)).count()


def history(system: AISystem, who: Someone) -> list[Told]:
    """What was recorded of it, newest first; nothing for who may not see the log."""
    if not who.may(Action.SEE_LOG):
        return []
    return tell(at(about_system(system)[-LATEST:]), who)
