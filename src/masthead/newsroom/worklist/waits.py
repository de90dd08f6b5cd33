"""What an item asks of a person: lines and questions that wait for them, by what the commands let them do.

Each is empty for who may not do it at all. A test holds them to the gate's own answer.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from masthead.newsroom.accounts.permissions import Action, allowed
from masthead.newsroom.policy.models import PolicyRevision
from masthead.newsroom.remedies.commands import waiting as questions_waiting
from masthead.newsroom.remedies.models import Question
from masthead.newsroom.worklist.held import held as held_by_a_pause
from masthead.newsroom.worklist.models import Line, Maker
from masthead.newsroom.worklist.sight import NOTHING, drafts_seen
from masthead.newsroom.worklist.step import UNDER_HAND, Step
from masthead.vocabulary import Profile, Role


def to_mend(person_id: UUID, roles: Collection[Role]) -> Q:
    """What is theirs and was handed back to them."""
    if not allowed(roles, Action.SEE_OWN_ITEM):
        return NOTHING
    # Joined, not `Exists`: from the few lines of one person the index leads to those handed back.
    return Q(
        makers__person=person_id, makers__unfinished=True, makers__wrote=True, sent_back_at__isnull=False
    )


def to_waive(person_id: UUID, roles: Collection[Role]) -> Q:
    """What others brought in and nothing but findings keeps from its sign-off."""
    if not allowed(roles, Action.WAIVE):
        return NOTHING
    return drafts_seen(person_id, roles) & Q(_not_theirs(person_id), waivable=True)


def held(person_id: UUID, roles: Collection[Role]) -> Q:
    """What others brought in and a pause holds: it is theirs to decide where one cannot wait."""
    if not allowed(roles, Action.BREAK_GLASS):
        return NOTHING
    waits = held_by_a_pause() & Q(sent_back_at__isnull=True)
    return drafts_seen(person_id, roles) & _not_theirs(person_id) & waits


def to_sign(person_id: UUID, roles: Collection[Role]) -> Q:
    """What others brought in and this person's sign-off would clear."""
    return _signing(person_id, roles) & Q(step=Step.SIGN_OFF)


def corrections(person_id: UUID, roles: Collection[Role]) -> Q:
    """Corrections by others that are out and told as read by nobody."""
    return _signing(person_id, roles) & Q(step=Step.CORRECTION)


def to_review(person_id: UUID, roles: Collection[Role]) -> Q:
    """What went out past the gate by another's decision."""
    if not allowed(roles, Action.SIGN_OFF):
        return NOTHING
    due = Q(review_due__isnull=False) & ~Q(broken_by=person_id) & ~Q(step__in=UNDER_HAND)
    return drafts_seen(person_id, roles) & due


def to_answer(person_id: UUID, roles: Collection[Role]) -> QuerySet[Question]:
    """What the audience asked about items they see and had no hand in; of any where one works alone."""
    if not allowed(roles, Action.ANSWER_QUESTION):
        return Question.objects.none()
    adopted = PolicyRevision.objects.order_by("-number").values("profile")[:1]
    theirs = Exists(Maker.objects.filter(line=OuterRef("item"), person=person_id, made=True))
    sees = Exists(Line.objects.filter(drafts_seen(person_id, roles), pk=OuterRef("item")))
    found = questions_waiting().annotate(profile=Subquery(adopted))
    return found.filter(Q(sees), Q(~theirs) | Q(profile=Profile.SOLO))


def may_sign_own(roles: Collection[Role], *, second_person: bool) -> bool:
    """Whether somebody with a hand in an item can sign it off; `second_person` is as its line says."""
    return allowed(roles, Action.SIGN_OFF) and not second_person


def _signing(person_id: UUID, roles: Collection[Role]) -> Q:
    if not allowed(roles, Action.SIGN_OFF):
        return NOTHING
    no_hand = ~Q(pk__in=_under_their_hand(person_id).filter(made=True).values("line"))
    return drafts_seen(person_id, roles) & _not_theirs(person_id) & (Q(second_person=False) | no_hand)


def _not_theirs(person_id: UUID) -> Q:
    """What they brought in is among their own work."""
    return ~Q(pk__in=_under_their_hand(person_id).filter(wrote=True).values("line"))


def _under_their_hand(person_id: UUID) -> QuerySet[Maker]:
    """Their part in what is not finished, as nothing is that waits: few rows, read once for all lines."""
    return Maker.objects.filter(person=person_id, unfinished=True)
