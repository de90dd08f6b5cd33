"""What falls due by a schedule: from when each thing counts, and what still waits though its time is over.

Two ways to the same answer. Lists are asked of tables that were made for it. What is about to go is looked at
once more in the record itself, as it may have been taken in hand since the list was made.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet, Subquery

from masthead.clock import day_of
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.items.commands import newest
from masthead.newsroom.items.erased import ERASED_HASH, GONE
from masthead.newsroom.items.models import Item, Source, Version
from masthead.newsroom.remedies.models import Ending, Question
from masthead.newsroom.retention.of_item import is_out
from masthead.newsroom.retention.subjects import Subject
from masthead.newsroom.retention.words import Kept, On, Part
from masthead.newsroom.review.models import BreakGlass, Publication, Withdrawal
from masthead.newsroom.review.reading import Stage, to_be_read
from masthead.newsroom.review.standing import publications, to_review
from masthead.newsroom.worklist import catch_up
from masthead.newsroom.worklist.lines import HAPPENED
from masthead.newsroom.worklist.models import Line
from masthead.newsroom.worklist.step import Step

type Rows = QuerySet[Any]

PART_OF: Mapping[Kept, Part] = {Kept.SOURCES: Part.SOURCES, Kept.OLD_DRAFTS: Part.DRAFTS}
"""What of an item that is out each of these schedules is about."""
AT_WORK = ~Q(step=Step.OUT) | Exists(Question.objects.filter(item=OuterRef("item"), ending=None))
"""Of an item that is out something is still to be done: what that rests on waits for it."""


@dataclass(frozen=True, slots=True)
class _Found:
    """How what a schedule names is found: its rows, their id, and the column with the moment that counts."""

    on: On
    rows: Callable[[], Rows]
    id: str
    since: str


def _items(stage: Stage) -> Callable[[], Rows]:
    def rows() -> Rows:
        # Of one whose old drafts alone are erased, its newest version stands.
        last = Version.objects.filter(item=OuterRef("item")).order_by("-number").values("sha256")[:1]
        lines = Line.objects.filter(stage=stage).annotate(newest=Subquery(last))
        return lines.exclude(newest__startswith=ERASED_HASH)

    return rows


def _out(left: QuerySet[Any]) -> Rows:
    """Items that are out and of which some of `left` is there, by when something of them went out last."""
    went = Publication.objects.filter(item=OuterRef("item")).order_by("-published_at").values("published_at")
    lines = Line.objects.filter(stage__in=(Stage.PUBLISHED, Stage.CORRECTED))
    return lines.annotate(went_out=Subquery(went[:1])).filter(Exists(left))


def _sources(item: OuterRef | UUID) -> Rows:
    return Source.objects.filter(version__item=item).exclude(sha256__startswith=ERASED_HASH)


def _old_drafts(item: OuterRef | UUID) -> Rows:
    """As `of_drafts` has it: of a draft that is the very same as what stays, nothing goes."""
    newer = Version.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    alike = Version.objects.filter(item=OuterRef("item"), sha256=OuterRef("sha256"), title=OuterRef("title"))
    newer_than_alike = Version.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    stays = alike.filter(Q(publication__isnull=False) | ~Exists(newer_than_alike))
    drafts = Version.objects.filter(item=item, publication=None)
    return drafts.filter(Exists(newer), ~Exists(stays)).exclude(sha256__startswith=ERASED_HASH)


_PARTS: Mapping[Kept, Callable[[OuterRef | UUID], Rows]] = {
    Kept.SOURCES: _sources,
    Kept.OLD_DRAFTS: _old_drafts,
}


def has(kept: Kept, item: Item) -> bool:
    """Whether anything of such a part of an item is there and not erased."""
    return _PARTS[kept](item.pk).exists()


_FINDS: Mapping[Kept, _Found] = {
    Kept.DRAFTS: _Found(On.ITEM, _items(Stage.DRAFT), "item", "updated_at"),
    Kept.WITHDRAWN: _Found(On.ITEM, _items(Stage.WITHDRAWN), "item", "item__withdrawal__withdrawn_at"),
    Kept.SOURCES: _Found(On.ITEM, lambda: _out(_sources(OuterRef("item"))), "item", "went_out"),
    Kept.OLD_DRAFTS: _Found(On.ITEM, lambda: _out(_old_drafts(OuterRef("item"))), "item", "went_out"),
    Kept.QUESTIONS: _Found(
        On.QUESTION,
        lambda: Question.objects.exclude(text=GONE).filter(ending__isnull=False),
        "pk",
        "ending__ended_at",
    ),
    Kept.PEOPLE: _Found(
        On.PERSON, lambda: Person.objects.filter(erased_on=None, office=False), "pk", "ends_on"
    ),
}


def _rows(kept: Kept, *, at_work: bool = False) -> Rows:
    """The rows of a kind, without those that wait because somebody is at work on them; or those alone."""
    if _FINDS[kept].on is On.ITEM:
        catch_up()
    rows = _FINDS[kept].rows()
    if kept not in PART_OF:
        return rows.none() if at_work else rows
    return rows.filter(AT_WORK) if at_work else rows.exclude(AT_WORK)


def _before(kept: Kept, days: int, now: datetime) -> datetime | date:
    """What lies before this is due. Days are those of the calendar: one of them has 23 hours, one 25."""
    whole = timedelta(days=days)
    return day_of(now) - whole if kept is Kept.PEOPLE else now - whole


def due(kept: Kept, days: int, now: datetime, *, at_work: bool = False) -> Iterator[Subject]:
    """What is due, the longest due first; or, `at_work`, what would be, were nobody at work on it."""
    found = _FINDS[kept]
    over = {f"{found.since}__lt": _before(kept, days, now)}
    rows = _rows(kept, at_work=at_work).filter(**over).order_by(found.since)
    ids: list[UUID] = list(rows.values_list(found.id, flat=True).distinct())
    for each in dict.fromkeys(ids):
        yield Subject(found.on, each, PART_OF.get(kept))


def next_on(kept: Kept, days: int, now: datetime) -> date | None:
    """The day on which the next thing falls due, of those that are not due yet."""
    found = _FINDS[kept]
    later = _rows(kept).filter(**{f"{found.since}__gte": _before(kept, days, now)})
    first = later.order_by(found.since).values_list(found.since, flat=True).first()
    if isinstance(first, datetime):
        return day_of(first + timedelta(days=days))
    # A last day is worked to its end.
    return first + timedelta(days=days + 1) if first else None


@dataclass(frozen=True, slots=True)
class Since:
    """From when something counts, and the entry that says so; no entry for a day that somebody set."""

    at: datetime | date
    place: int | None = None


def since(kept: Kept, subject: Subject) -> Since | None:
    """From when it counts as one of `kept`, by the record; None while it does not, or not yet.

    What an item was made from counts from when it went out last, whether it is out still or not.
    """
    match kept:
        case Kept.PEOPLE:
            day = Person.objects.filter(pk=subject.row).values_list("ends_on", flat=True).first()
            return Since(day) if day else None
        case Kept.QUESTIONS:
            return _first(Ending.objects.filter(question=subject.row), "ended_at")
        case Kept.WITHDRAWN:
            return _first(Withdrawal.objects.filter(item=subject.row), "withdrawn_at")
    item = subject.item()
    if kept is Kept.DRAFTS:
        return None if item.publications.exists() else _recorded_last(item)
    went = item.publications.aggregate(at=Max("published_at"), place=Max("entry__place"))
    return Since(went["at"], went["place"]) if went["at"] else None


def _first(rows: Rows, column: str) -> Since | None:
    row = rows.values_list(column, "entry__place").first()
    return Since(*row) if row else None


def _recorded_last(item: Item) -> Since | None:
    at: list[datetime] = []
    places: list[int] = []
    for model, path in HAPPENED:
        rows = model._default_manager.filter(**{path: item.pk}).order_by()
        last = rows.aggregate(at=Max("entry__recorded_at"), place=Max("entry__place"))
        if last["at"] is not None:
            at.append(last["at"])
            places.append(last["place"])
    return Since(max(at), max(places)) if at else None


def is_at_work(item: Item) -> bool:
    """Whether something is still to be done of an item that is out, by the record alone."""
    out = publications(item)
    return (
        not out
        or newest(item).pk != out[-1].version_id
        or to_be_read(out[-1])
        or to_review(BreakGlass.objects.filter(version__item=item)).exists()
        or item.questions.filter(ending=None).exists()
    )


@dataclass(slots=True)
class Firsts:
    """The first entry that was recorded since a moment, asked once: what comes later stands behind it."""

    _known: dict[datetime, int | None] = field(default_factory=dict)

    def since(self, after: datetime, now: datetime) -> int | None:
        """Its place; none that claims to be of tomorrow. None where nothing was recorded since."""
        if after not in self._known:
            entries = Entry.objects.filter(recorded_at__range=(after, now))
            self._known[after] = entries.aggregate(first=Min("place"))["first"]
        return self._known[after]


def is_still_due(kept: Kept, days: int, subject: Subject, now: datetime, firsts: Firsts) -> bool:
    """Whether it is due by the record as it now is. All of one round ask the same `firsts`."""
    began = since(kept, subject)
    over = began is not None and is_over(kept, days, began, now, firsts)
    if not over or kept not in PART_OF:
        return over
    item = subject.item()
    return is_out(item) and not is_at_work(item)


def is_over(kept: Kept, days: int, began: Since, now: datetime, firsts: Firsts) -> bool:
    """Whether so many days are over since it began.

    A clock that had been set back dates things too early. What has an entry before it of one of the last
    `days` happened within them, whatever its own time says.
    """
    if not began.at < _before(kept, days, now):
        return False
    first = firsts.since(now - timedelta(days=days), now) if began.place is not None else None
    return began.place is None or first is None or first >= began.place
