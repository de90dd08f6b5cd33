"""Waiting for me: what others have done their part of, by what my roles let me do."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from masthead.desk.work.row import Row, rows, shown
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.actor import Actor, organisation
from masthead.newsroom.accounts.models import Account, Organisation, Person
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.policy.models import PolicyRevision
from masthead.newsroom.prepared import PreparedRows
from masthead.newsroom.register.models import AISystem, UseCase
from masthead.newsroom.remedies.commands import waiting as questions_waiting
from masthead.newsroom.remedies.models import Question
from masthead.newsroom.review.facts import FRESH
from masthead.newsroom.worklist import catch_up, sight, waits
from masthead.newsroom.worklist.models import Line, Maker
from masthead.vocabulary import Profile, Role, SystemStatus, Tier

MOST = 50
"""Lines of each sort on the page; the oldest first, as they have waited longest."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for someone. Each list holds at most `MOST`."""

    sent_back: list[Row]
    to_sign: list[Row]
    to_waive: list[Row]
    corrections: list[Row]
    reviews: list[tuple[Row, bool]]
    """Second reviews, and whether their time is over."""
    questions: list[Question]
    to_approve: list[AISystem]
    terms: list[AISystem]

    @property
    def nothing(self) -> bool:
        """Whether nothing waits."""
        of_items = (self.sent_back, self.to_sign, self.to_waive, self.corrections, self.reviews)
        return not any((*of_items, self.questions, self.to_approve, self.terms))


def waiting(who: Someone) -> Waiting:
    """Everything that waits for this person."""
    catch_up()
    now = datetime.now(UTC)
    reviews = _listed(TO_REVIEW, who)
    return Waiting(
        sent_back=_listed(TO_MEND, who),
        to_sign=_listed(TO_SIGN, who),
        to_waive=_listed(TO_WAIVE, who),
        corrections=_listed(CORRECTIONS, who),
        reviews=[(row, row.review_due is not None and row.review_due < now) for row in reviews],
        questions=list(_questions(who)[:MOST]),
        to_approve=list(_to_approve(who).select_related("accountable").order_by("key")[:MOST]),
        terms=list(_terms(who, now.date()).select_related("accountable").order_by("key")[:MOST]),
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


def glance(who: Someone) -> tuple[str, int]:
    """Whose desk it is and how much waits, in one query, without catching up: for the top of every page."""
    sql, params = _statement(who.roles, datetime.now(UTC).date())
    anyone, one = (Person._meta.pk.get_db_prep_value(each, connection) for each in (ANYONE, who.id))
    with connection.cursor() as cursor:
        cursor.execute(sql, [one if param == anyone else param for param in params])
        row = cursor.fetchone()
    return (str(row[0]), int(row[1])) if row else (organisation().name, 0)


ANYONE = UUID(int=0)
"""Stands for the person in a statement that is made once for everybody with the same roles."""


@lru_cache(maxsize=64)
def _statement(roles: frozenset[Role], day: date) -> tuple[str, tuple[Any, ...]]:
    """The statement behind `glance`.

    To make it takes longer than to ask it, and every page asks. The day is that of the terms.
    """
    somebody = Someone(Actor(ANYONE), Account(), "", roles)
    whole = sum((_counted(each) for each in _all(somebody, day)), start=Value(0))
    found = Organisation.objects.order_by().annotate(waits=whole).values_list("name", "waits")
    sql, params = found.query.sql_with_params()
    return str(sql), tuple(params)


def _all(who: Someone, day: date) -> "Iterator[QuerySet[Any, Any]]":
    # What nobody of these roles may do is left out of the statement.
    for sort in (TO_MEND, TO_SIGN, TO_WAIVE, CORRECTIONS, TO_REVIEW):
        if who.may(sort.action):
            yield Line.objects.filter(sort.which(who.id, who.roles))
    if who.may(Action.ANSWER_QUESTION):
        yield _questions(who)
    if who.may(Action.DECIDE_ON_SYSTEM):
        yield _to_approve(who)
        yield _terms(who, day)


def _counted(found: "QuerySet[Any, Any]") -> Any:
    whole = found.order_by().values(one=Value(1)).annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(whole, output_field=IntegerField()), 0)


def _questions(who: Someone) -> "QuerySet[Question, Question]":
    """What the audience asked about items they see and had no hand in; of any where one works alone."""
    if not who.may(Action.ANSWER_QUESTION):
        return Question.objects.none()
    adopted = PolicyRevision.objects.order_by("-number").values("profile")[:1]
    theirs = Exists(Maker.objects.filter(line=OuterRef("item"), person=who.id))
    sees = Exists(Line.objects.filter(sight.drafts_seen(who.id, who.roles), pk=OuterRef("item")))
    found = questions_waiting().annotate(profile=Subquery(adopted))
    return found.filter(Q(sees), Q(~theirs) | Q(profile=Profile.SOLO))


def _to_approve(who: Someone) -> "QuerySet[AISystem, AISystem]":
    """Proposed systems, and approved ones with a use case that is not yet."""
    if not who.may(Action.DECIDE_ON_SYSTEM):
        return AISystem.objects.none()
    cases = UseCase.objects.filter(system=OuterRef("pk"), status=SystemStatus.PROPOSED).exclude(tier=Tier.TX)
    proposed = Q(status=SystemStatus.PROPOSED)
    return AISystem.objects.filter(proposed | Q(Exists(cases), status=SystemStatus.APPROVED))


def _terms(who: Someone, day: date) -> "QuerySet[AISystem, AISystem]":
    """Systems in use whose data terms nobody has read within a year, or of whose opt-out nobody knows."""
    if not who.may(Action.DECIDE_ON_SYSTEM):
        return AISystem.objects.none()
    old = Q(terms_checked_on__lt=day - FRESH)
    unknown = Q(terms_checked_on=None) | Q(training_opt_out=None)
    return AISystem.objects.filter(old | unknown, status=SystemStatus.APPROVED)
