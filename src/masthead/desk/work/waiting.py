"""Waiting for me: what others have done their part of, by what my roles let me do."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, IntegerField, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from masthead import clock
from masthead.desk.work.mine import SIGN_CORRECTION
from masthead.desk.work.row import Row, rows, shown
from masthead.language import Message
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.actor import Actor, organisation
from masthead.newsroom.accounts.models import Account, Organisation, Person
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.prepared import PreparedRows
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.register.standing import terms_to_read, to_approve, unanswered
from masthead.newsroom.remedies.models import Question
from masthead.newsroom.worklist import catch_up, waits
from masthead.newsroom.worklist.models import Line
from masthead.vocabulary import Role

MOST = 50
"""Lines of each sort on the page; the oldest first, as they have waited longest."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for someone. Each list holds at most `MOST`."""

    sent_back: list[Row]
    to_sign: list[Row]
    to_waive: list[Row]
    held: list[Row]
    corrections: list[Row]
    reviews: list[tuple[Row, bool]]
    """Second reviews, and whether their time is over."""
    questions: list[Question]
    to_approve: list[AISystem]
    terms: list[AISystem]
    unanswered: list[AISystem]
    """AI systems for which, or for a use of which, nobody answers any more."""

    corrections_said: tuple[Message, Message] = SIGN_CORRECTION
    """Heading and what to do, as my work says it of one's own."""

    @property
    def nothing(self) -> bool:
        """Whether nothing waits."""
        of_items = (self.sent_back, self.to_sign, self.to_waive, self.held, self.corrections, self.reviews)
        return not any((*of_items, self.questions, self.to_approve, self.terms, self.unanswered))


def waiting(who: Someone) -> Waiting:
    """Everything that waits for this person."""
    catch_up()
    now = datetime.now(UTC)
    reviews = _listed(TO_REVIEW, who)
    return Waiting(
        sent_back=_listed(TO_MEND, who),
        to_sign=_listed(TO_SIGN, who),
        to_waive=_listed(TO_WAIVE, who),
        held=_listed(HELD, who),
        corrections=_listed(CORRECTIONS, who),
        reviews=[(row, row.review_due is not None and row.review_due < now) for row in reviews],
        questions=list(waits.to_answer(who.id, who.roles)[:MOST]),
        to_approve=_systems(who, to_approve()),
        terms=_systems(who, terms_to_read(now.date())),
        unanswered=_systems(who, unanswered(clock.today())),
    )


@dataclass(frozen=True, slots=True)
class _Sort:
    """Lines that wait: what one must be allowed for them to, which they are, and since when each waits."""

    action: Action
    which: Callable[[UUID, Collection[Role]], Q]
    by: str


TO_MEND = _Sort(Action.SEE_OWN_ITEM, waits.to_mend, "sent_back_at")
TO_SIGN = _Sort(Action.SIGN_OFF, waits.to_sign, "updated_at")
TO_WAIVE = _Sort(Action.WAIVE, waits.to_waive, "updated_at")
HELD = _Sort(Action.BREAK_GLASS, waits.held, "updated_at")
CORRECTIONS = _Sort(Action.SIGN_OFF, waits.corrections, "updated_at")
TO_REVIEW = _Sort(Action.SIGN_OFF, waits.to_review, "review_due")


def _listed(sort: _Sort, who: Someone) -> list[Row]:
    return rows(_asked(sort, who.roles)(who.id), who) if who.may(sort.action) else []


@lru_cache(maxsize=256)
def _asked(sort: _Sort, roles: frozenset[Role]) -> PreparedRows:
    """The query for a list, put into words once for everybody with the same roles."""

    def lines(person: UUID) -> "QuerySet[Line, Any]":
        found = Line.objects.filter(sort.which(person, roles))
        return shown(found).order_by(sort.by, "public_id")[:MOST]

    return PreparedRows(lines)


def _systems(who: Someone, found: "QuerySet[AISystem, AISystem]") -> list[AISystem]:
    if not who.may(Action.DECIDE_ON_SYSTEM):
        return []
    return list(found.select_related("accountable").order_by("key")[:MOST])


def glance(who: Someone) -> tuple[str, int]:
    """Whose desk it is and how much waits, in one query, without catching up: for the top of every page."""
    sql, params = _statement(who.roles, datetime.now(UTC).date(), clock.today())
    anyone, one = (Person._meta.pk.get_db_prep_value(each, connection) for each in (ANYONE, who.id))
    with connection.cursor() as cursor:
        cursor.execute(sql, [one if param == anyone else param for param in params])
        row = cursor.fetchone()
    return (str(row[0]), int(row[1])) if row else (organisation().name, 0)


ANYONE = UUID(int=0)
"""Stands for the person in a statement that is made once for everybody with the same roles."""


@lru_cache(maxsize=64)
def _statement(roles: frozenset[Role], day: date, here: date) -> tuple[str, tuple[Any, ...]]:
    """The statement behind `glance`.

    To make it takes longer than to ask it, and every page asks. `day` is that of the terms, by UTC
    as at the gate; `here` is the outlet's, by which people leave.
    """
    somebody = Someone(Actor(ANYONE), Account(), "", roles)
    whole = sum((_counted(each) for each in _all(somebody, day, here)), start=Value(0))
    found = Organisation.objects.order_by().annotate(waits=whole).values_list("name", "waits")
    sql, params = found.query.sql_with_params()
    return str(sql), tuple(params)


def _all(who: Someone, day: date, here: date) -> "Iterator[QuerySet[Any, Any]]":
    # What nobody of these roles may do is left out of the statement.
    for sort in (TO_MEND, TO_SIGN, TO_WAIVE, HELD, CORRECTIONS, TO_REVIEW):
        if who.may(sort.action):
            yield Line.objects.filter(sort.which(who.id, who.roles))
    if who.may(Action.ANSWER_QUESTION):
        yield waits.to_answer(who.id, who.roles)
    if who.may(Action.DECIDE_ON_SYSTEM):
        yield to_approve()
        yield terms_to_read(day)
        yield unanswered(here)


def _counted(found: "QuerySet[Any, Any]") -> Any:
    whole = found.order_by().values(one=Value(1)).annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(whole, output_field=IntegerField()), 0)
