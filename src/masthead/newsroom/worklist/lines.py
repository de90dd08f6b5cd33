"""The line of an item, read from the record and nothing else: the same whenever it is made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model

from masthead import gate
from masthead.declaration.control import Control
from masthead.errors import MastheadError
from masthead.gate.clearance import ObstacleCode, to_mend
from masthead.gate.floor import second_person_asked
from masthead.gate.rules import stopped_by_a_pause
from masthead.newsroom.items.erased import is_erased
from masthead.newsroom.items.left import is_no_more
from masthead.newsroom.items.models import AIUse, Item, Source, Version
from masthead.newsroom.policy.commands import controls, in_force
from masthead.newsroom.policy.models import PolicyRevision
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.register.standing import FRESH
from masthead.newsroom.review.facts import facts_of
from masthead.newsroom.review.models import (
    BreakGlass,
    CheckRun,
    Publication,
    SecondReview,
    SentBack,
    SignOff,
    Waiver,
    Withdrawal,
)
from masthead.newsroom.review.on_record import writers
from masthead.newsroom.review.reading import Stage, to_be_read
from masthead.newsroom.review.standing import sent_back, to_review
from masthead.newsroom.said import key
from masthead.newsroom.worklist.models import Line, Maker, Used
from masthead.newsroom.worklist.recorded import latest
from masthead.newsroom.worklist.step import DONE, UNDER_HAND, Step, step_for, waivable
from masthead.newsroom.worklist.words import search_key

COUNTING = 3
"""How lines are made. Whoever changes what a line says of the same record adds one: those made before are
made anew."""

# Where each table of what happens to an item says which item it is.
HAPPENED: tuple[tuple[type[Model], str], ...] = (
    (Item, "id"),
    (Version, "item"),
    (Source, "version__item"),
    (AIUse, "version__item"),
    (CheckRun, "version__item"),
    (Waiver, "item"),
    (SignOff, "version__item"),
    (SentBack, "version__item"),
    (BreakGlass, "version__item"),
    (SecondReview, "break_glass__version__item"),
    (Publication, "item"),
    (Withdrawal, "item"),
)


@dataclass(slots=True)
class Made:
    """Lines with what hangs on them, ready to be written."""

    lines: list[Line] = field(default_factory=list)
    makers: list[Maker] = field(default_factory=list)
    used: list[Used] = field(default_factory=list)


def lines_of(ids: Sequence[UUID], *, now: datetime) -> Made:
    """The lines of these items as the record stands: a few queries for all, more for each under hand."""
    made = Made()
    if not ids:
        return made  # also while the organisation is set up, when no checklist is in force yet
    record = Record.read(ids)
    for item in record.items:
        todo = _next(item, _newest(item), record, now)
        line = _line(item, record, todo, now)
        made.lines.append(line)
        made.makers += _makers(line, item, record)
        made.used += _used(line, todo)
    return made


def _used(line: Line, todo: "_Next") -> list[Used]:
    holding = {key(name) for name in todo.holding}
    newest, out = ({key(name) for name in names} for names in (line.systems, line.out_systems))
    of_newest = [Used(line=line, key=each, out=False, holds=each in holding) for each in sorted(newest)]
    return of_newest + [Used(line=line, key=each, out=True, holds=False) for each in sorted(out)]


@dataclass(slots=True)
class Record:
    """What the record says of some items, by item."""

    items: list[Item]
    uses: dict[UUID, list[AIUse]]
    out: dict[UUID, list[Publication]]
    withdrawn: set[UUID]
    broken: dict[UUID, BreakGlass]
    """What waits for its second review."""
    latest: dict[UUID, datetime]
    policy: PolicyRevision
    controls: tuple[Control, ...]
    terms: dict[str, date]

    @classmethod
    def read(cls, ids: Sequence[UUID]) -> "Record":
        """Read it, table by table."""
        items = list(Item.objects.filter(pk__in=ids).prefetch_related("versions"))
        out: dict[UUID, list[Publication]] = {}
        for row in Publication.objects.filter(item__in=ids).order_by("entry__place"):
            out.setdefault(row.item_id, []).append(row)
        told = [_newest(item).pk for item in items] + [rows[-1].version_id for rows in out.values()]
        uses: dict[UUID, list[AIUse]] = {}
        for use in AIUse.objects.filter(version__in=set(told)):
            uses.setdefault(use.version_id, []).append(use)
        glass = to_review(BreakGlass.objects.filter(version__item__in=ids)).select_related("version")
        policy = in_force()
        return cls(
            items=items,
            uses=uses,
            out=out,
            withdrawn=set(Withdrawal.objects.filter(item__in=ids).values_list("item", flat=True)),
            # The one whose review is due first comes last, and stays.
            broken={each.version.item_id: each for each in glass.order_by("-review_due", "-id")},
            latest=latest(HAPPENED, ids),
            policy=policy,
            controls=controls(policy),
            terms=_terms(),
        )


def _newest(item: Item) -> Version:
    """The newest that was not erased; where all were, the newest of those."""
    return max(item.versions.all(), key=lambda version: (not is_erased(version.sha256), version.number))


def _terms() -> dict[str, date]:
    known = AISystem.objects.exclude(terms_checked_on=None).values_list("key", "terms_checked_on")
    return {name: day for name, day in known if day is not None}


def _line(item: Item, record: Record, todo: "_Next", now: datetime) -> Line:
    newest, out = _newest(item), record.out.get(item.pk, [])
    shown = next((each for each in item.versions.all() if out and each.pk == out[-1].version_id), None)
    systems = _systems(record.uses.get(newest.pk, []))
    returned = sent_back(newest) if todo.step in UNDER_HAND else None
    due = record.broken.get(item.pk)
    return Line(
        item=item,
        public_id=item.public_id,
        medium=item.medium,
        language=newest.language,
        author_id=item.author_id,
        protected=bool(item.protected),
        title=newest.title,
        key=search_key(newest.title),
        systems=systems,
        out_title=shown.title if shown else "",
        out_key=search_key(shown.title) if shown else "",
        out_systems=_systems(record.uses.get(shown.pk, [])) if shown else [],
        stage=_stage(item, record),
        step=Step.MEND if returned else todo.step,
        obstacles=todo.obstacles,
        waivable=todo.waivable and not returned,
        second_person=todo.second_person,
        updated_at=record.latest[item.pk],
        published_at=out[0].published_at if out else None,
        review_due=due.review_due if due else None,
        broken_by_id=due.person_id if due else None,
        sent_back_at=returned.sent_at if returned else None,
        stale_on=_stale_on(systems, record, now) if todo.step in UNDER_HAND else None,
        due=False,
    )


def _systems(uses: Iterable[AIUse]) -> list[str]:
    return list(dict.fromkeys(use.system for use in uses))


def _stage(item: Item, record: Record) -> Stage:
    out = record.out.get(item.pk, [])
    if item.pk in record.withdrawn:
        return Stage.WITHDRAWN
    if not out:
        return Stage.DRAFT
    return Stage.CORRECTED if any(each.correction_id for each in out) else Stage.PUBLISHED


@dataclass(frozen=True, slots=True)
class _Next:
    """What is next for an item, and for whom."""

    step: Step
    obstacles: int = 0
    waivable: bool = False
    second_person: bool = False
    holding: frozenset[str] = frozenset()
    """The AI systems that hold it while they are paused."""


def _next(item: Item, newest: Version, record: Record, now: datetime) -> _Next:
    out = record.out.get(item.pk, [])
    erased = is_erased(max(item.versions.all(), key=lambda version: version.number).sha256)
    if item.pk in record.withdrawn or (erased and is_no_more(item)):
        return _Next(Step.GONE)
    is_out = bool(out) and out[-1].version_id == newest.pk
    if erased and not is_out:
        # Nothing is decided about what is no longer the newest: it waits for a new version.
        return _Next(Step.MEND, obstacles=1)
    if is_out and (erased or not to_be_read(out[-1])):
        return _Next(Step.REVIEW if item.pk in record.broken else Step.OUT)
    try:
        facts = facts_of(newest, record.policy, today=now.date())
    except MastheadError:
        # The item's own page says what is wrong with it; the others' lines are made all the same.
        return _Next(Step.CORRECTION if is_out else Step.MEND, obstacles=1, second_person=True)
    second = second_person_asked(facts, record.controls)
    if is_out:
        return _Next(Step.CORRECTION, second_person=second)
    decided = gate.decide(facts, record.controls)
    codes = [each.code for each in decided.obstacles]
    # Who broke the glass knew of the pauses there were; one that comes after ends their decision.
    passed = {each.system for each in decided.overridden if each.code is ObstacleCode.SYSTEM_PAUSED}
    holding = stopped_by_a_pause(facts, record.controls) - passed
    return _Next(step_for(codes), to_mend(codes), waivable(codes), second, holding)


def _stale_on(systems: Iterable[str], record: Record, now: datetime) -> date | None:
    today = now.astimezone(UTC).date()
    read = [record.terms[name] for name in map(key, systems) if name in record.terms]
    days = [day + FRESH + timedelta(days=1) for day in read]
    return min((day for day in days if day > today), default=None)


def _makers(line: Line, item: Item, record: Record) -> list[Maker]:
    wrote: set[Any] = {item.author_id, *(version.author_id for version in item.versions.all())}
    recorded = {use.recorded_by_id for use in record.uses.get(_newest(item).pk, [])}
    in_order = sorted(item.versions.all(), key=lambda version: version.number)
    made = {item.author_id, *writers(in_order), *recorded}
    return [
        Maker(
            line=line,
            person_id=each,
            wrote=each in wrote,
            made=each in made,
            unfinished=line.step not in DONE,
        )
        for each in sorted(wrote | recorded)
    ]
