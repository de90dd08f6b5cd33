"""Ask about an item; answer, by someone who did not make it; or close with a reason."""

import re
from base64 import b32encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from masthead.errors import NotFound, Refused, Unavailable
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.items.commands import new_public_id, newest
from masthead.newsroom.items.models import Item
from masthead.newsroom.policy.commands import in_force
from masthead.newsroom.remedies.models import Ending, Question
from masthead.newsroom.remedies.reach import forget, leave
from masthead.newsroom.remedies.words import Closing
from masthead.newsroom.review.going_out import readers_see
from masthead.newsroom.review.models import Publication
from masthead.newsroom.review.standing import makers, publications
from masthead.newsroom.said import cleaned, too_long
from masthead.vocabulary import Profile

LONGEST = 2000
"""Characters of a question, and of an answer twice as many."""
LONGEST_REACH = 200
MOST_OPEN = 200
"""Questions about one item that may wait for an answer at a time: what floods one must not bury the rest."""

MOST_A_DAY = 500
"""Questions about all items in 24 hours: each is an entry of the log for good, by nobody we know."""


ONCE = re.compile("[a-z2-7]{26}")
"""The random number of a form: whoever has it was given the form, and nobody else was given this one."""


class _AskedAlready(Exception):
    """The same words came from the same form before."""


def ask(item: Item, text: str, *, language: str, reach: str = "", once: str = "") -> tuple[Question, str]:
    """Put a question about a published item on record; gives it with the private link's random part.

    The link is given once and never kept. `reach`, a way to reach whoever asks, is sealed apart from it all.

    The same words sent again from one form, by its number `once`, are one question: a press twice, or a line
    lost before the answer came, leads to the same link. The same words from somebody else are another
    question. To refuse them would tell that they were asked, to anyone who tries out what a source might
    have asked, and would leave a second reader without a way back to an answer.
    """
    said = _said(text, LONGEST)
    link = _link(once, item, said) if ONCE.fullmatch(once) else new_public_id()
    question = Question(
        public_id=new_public_id(),
        link_sha256=sha256(link.encode()).hexdigest(),
        item=item,
        text=said,
        language=language,
    )
    where = _said(reach, LONGEST_REACH, empty=True)

    def decide(r: Recording) -> Mapping[str, Any]:
        if Question.objects.filter(link_sha256=question.link_sha256).exists():
            raise _AskedAlready
        question.publication = _room_for_one(item, r.now)
        question.asked_at = r.now
        r.add(question)
        return {
            "item": item.public_id,
            "question": question.public_id,
            "text": question.text,
            "language": language,
        }

    try:
        record(Kind.QUESTION_ASKED, actor=None, decide=decide)
    except _AskedAlready:
        question = Question.objects.get(link_sha256=question.link_sha256)
    if where and not Ending.objects.filter(question=question).exists():
        leave(question, where, question.asked_at)
    return question, link


def _link(once: str, item: Item, said: str) -> str:
    """The private link of these words from that form, as random as the form's number."""
    told = "\0".join((once, item.public_id, said))
    return b32encode(sha256(told.encode()).digest()[:16]).decode().rstrip("=").lower()


def _room_for_one(item: Item, now: datetime) -> Publication:
    """What is out of an item that one more question may be asked about."""
    out = publications(item)
    if not out:
        raise NotFound(
            Message("There is nothing published here to ask about."),
            Message("Check the address, or begin at the front page."),
        )
    if Question.objects.filter(asked_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Unavailable(
            Message("More questions were asked today than can be taken in."),
            Message("Come back tomorrow. Nothing of yours was kept."),
        )
    if waiting().filter(item=item).count() >= MOST_OPEN:
        raise Refused(
            Message("Many questions about this are waiting for an answer already."),
            Message("Come back in a few days, or read the answers on the page."),
        )
    return out[-1]


def answer(actor: Actor, question: Question, text: str, *, show_question: bool) -> Ending:
    """Answer a question: the answer is public from then on, the question where `show_question` says so.

    Whoever had a hand in the item is refused; where one person works alone, the answer says who gave it.
    """
    # By its id: the question must not seem answered where the answer is refused.
    ending = Ending(question_id=question.pk, answer=_said(text, 2 * LONGEST), shown=show_question)

    def decide(r: Recording) -> Mapping[str, Any]:
        role = require(actor, Action.ANSWER_QUESTION, now=r.now)
        _still_open(question)
        ending.by_maker = made(actor, question)
        if not may_answer(actor, question):
            raise Refused(
                Message("You had a hand in this, so somebody else answers the question."),
                Message("Leave it to an editor or a steward who did not work on it."),
            )
        _end(r, ending, actor, role.value)
        readers_see(question.item)
        return {
            "item": question.item.public_id,
            "question": question.public_id,
            "answer": ending.answer,
            "shown": ending.shown,
            "by_maker": ending.by_maker,
            "role": role.value,
            "through": actor.through,
        }

    record(Kind.QUESTION_ANSWERED, actor=actor.person_id, decide=decide)
    return ending


def close(actor: Actor, question: Question, reason: Closing) -> Ending:
    """Close a question unanswered, with the reason that whoever asked will read."""
    ending = Ending(question_id=question.pk, closed=reason)

    def decide(r: Recording) -> Mapping[str, Any]:
        role = require(actor, Action.ANSWER_QUESTION, now=r.now)
        _still_open(question)
        ending.by_maker = made(actor, question)
        if not may_answer(actor, question):
            raise Refused(
                Message("You had a hand in this, so somebody else decides about the question."),
                Message("Leave it to an editor or a steward who did not work on it."),
            )
        _end(r, ending, actor, role.value)
        return {
            "item": question.item.public_id,
            "question": question.public_id,
            "reason": reason.value,
            "role": role.value,
            "through": actor.through,
        }

    record(Kind.QUESTION_CLOSED, actor=actor.person_id, decide=decide)
    forget(question)
    return ending


def waiting() -> QuerySet[Question]:
    """Questions that wait for an answer, oldest first."""
    return Question.objects.filter(ending=None).order_by("asked_at", "id")


def made(actor: Actor, question: Question) -> bool:
    """Whether this person had a hand in the item that was asked about."""
    return actor.person_id in makers(newest(question.item))


def may_answer(actor: Actor, question: Question) -> bool:
    """Whether the answer of this person, who has the right, would be taken: no hand in it, or alone."""
    return alone() or not made(actor, question)


def alone() -> bool:
    """Whether the checklist in force is for one person who works alone."""
    return in_force().profile == Profile.SOLO


def _end(r: Recording, ending: Ending, actor: Actor, role: str) -> None:
    ending.person_id = actor.person_id
    ending.role = role
    ending.ended_at = r.now
    r.add(ending)


def _still_open(question: Question) -> None:
    if Ending.objects.filter(question=question).exists():
        raise Refused(
            Message("This question is answered or closed already."),
            Message("See how it ended; nothing was changed."),
        )


def _said(text: str, longest: int, *, empty: bool = False) -> str:
    """What somebody wrote, its lines kept."""
    kept = "\n".join(" ".join(line.split()) for line in cleaned(text).splitlines()).strip()
    if not kept and not empty:
        raise Refused(Message("Nothing is written there."), Message("Write it in your own words."))
    if len(kept) > longest:
        raise too_long(longest)
    return kept
