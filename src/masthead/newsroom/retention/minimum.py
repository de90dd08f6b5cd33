"""For how long a law asks that something be kept, as a steward put it on record; and what that stops.

The product knows no such time by itself: laws differ from country to country, and so does who they bind.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from masthead.clock import day_of
from masthead.errors import Refused
from masthead.labels.dates import spoken_utc
from masthead.language import Message
from masthead.newsroom.items.erased import GONE
from masthead.newsroom.items.models import Item
from masthead.newsroom.retention.due import PART_OF, Firsts, Since, has, is_over, since
from masthead.newsroom.retention.models import Minimum
from masthead.newsroom.retention.of_item import is_out
from masthead.newsroom.retention.plan import Plan
from masthead.newsroom.retention.subjects import Subject
from masthead.newsroom.retention.words import FROM_WHEN, Kept, On, Why

KEPT_SO_LONG = Message(
    "all of it, for at least %(n)d day %(since)s: %(law)s",
    plural="all of it, for at least %(n)d days %(since)s: %(law)s",
)


def stated() -> dict[Kept, Minimum | None]:
    """The minimum of each kind that is on record: the newest that was stated, and None for none."""
    found: dict[Kept, Minimum | None] = dict.fromkeys(Kept)
    for row in Minimum.objects.order_by("entry__place"):
        found[Kept(row.kept)] = row if row.days is not None else None
    return found


def refuse_shorter(kept: Kept, days: int | None) -> None:
    """Raise `Refused` for a schedule that is shorter than the minimum of its kind."""
    least = stated()[kept]
    if days is None or least is None or least.days is None or days >= least.days:
        return
    said: dict[str, str | int] = {"n": least.days, "law": least.reason}
    raise Refused(
        Message(
            "That is shorter than the legal minimum on record, %(n)d day: %(law)s",
            said,
            "That is shorter than the legal minimum on record, %(n)d days: %(law)s",
        ),
        Message("Give at least as many days; or change the minimum first, and say on what ground."),
    )


@dataclass(frozen=True, slots=True)
class Stands:
    """A minimum that stands against erasing something."""

    kept: Kept
    days: int
    law: str
    began: Since | None
    """From when its days count; None where they have not begun."""

    @property
    def until(self) -> date:
        """The day it is over; the last there is where nobody can say."""
        return day_of(self.began.at) + timedelta(days=self.days) if self.began else date.max


@dataclass(slots=True)
class Minimums:
    """The minimums as they are on record, asked once for many subjects."""

    now: datetime
    known: dict[Kept, Minimum | None] = field(default_factory=stated)
    firsts: Firsts = field(default_factory=Firsts)

    def against(self, subject: Subject) -> Stands | None:
        """What stands against erasing a subject and all that goes with it; of several what ends last."""
        if not any(self.known.values()):
            return None
        found = [each for kept, part in _kinds(subject) if (each := self._stands(kept, part))]
        return max(reversed(found), key=lambda each: each.until, default=None)

    def _stands(self, kept: Kept, subject: Subject) -> Stands | None:
        least = self.known[kept]
        if least is None or least.days is None:
            return None
        began = since(kept, subject)
        if began is not None and is_over(kept, least.days, began, self.now, self.firsts):
            return None
        return Stands(kept, least.days, least.reason, began)


def keeps(plan: Plan, now: datetime) -> None:
    """Have what a plan would erase too soon kept, and said on what ground."""
    found = Minimums(now).against(plan.subject)
    if found is None:
        return
    said: dict[str, str | int | Message] = {
        "n": found.days,
        "since": FROM_WHEN[found.kept],
        "law": found.law,
    }
    plan.against.append(_refusal(found, now))
    plan.stays(Message(KEPT_SO_LONG.template, said, KEPT_SO_LONG.plural), found.days, Why.MINIMUM)


def _refusal(found: Stands, now: datetime) -> Refused:
    remedy = Message(
        "Where a law or a court asks that it be erased now, give that as the ground: legal-duty. Else a"
        " steward can change the minimum, and says why."
    )
    if found.began is None:
        return Refused(Message("A legal minimum stands against it, and its days have not begun."), remedy)
    if found.until < day_of(now):
        return Refused(
            Message("A legal minimum stands against it; a clock stood wrong when its days began."), remedy
        )
    return Refused(
        Message("A legal minimum stands against it until %(day)s.", {"day": spoken_utc(found.until)}), remedy
    )


def _kinds(subject: Subject) -> Iterator[tuple[Kept, Subject]]:
    """Of which kinds something is, and what goes with it."""
    if subject.on is On.PERSON:
        yield Kept.PEOPLE, subject
    elif subject.on is On.QUESTION:
        yield Kept.QUESTIONS, subject
    elif subject.on is On.ITEM:
        yield from _of_item(subject, subject.item())


def _of_item(subject: Subject, item: Item) -> Iterator[tuple[Kept, Subject]]:
    """What was out was made from its sources and its drafts: those are kept after a withdrawal as before."""
    went_out = item.publications.exists()
    if not is_out(item):
        yield Kept.WITHDRAWN if went_out else Kept.DRAFTS, subject.whole
    if went_out:
        for kept, part in PART_OF.items():
            if part is subject.part or (subject.part is None and has(kept, item)):
                yield kept, subject
    if subject.part is None:
        for question in item.questions.exclude(text=GONE):
            yield Kept.QUESTIONS, Subject(On.QUESTION, question.pk)
