"""Erase what somebody of the audience asked, and how to reach them. The answer, which is public, stays."""

from datetime import datetime
from uuid import UUID

from masthead.language import Message
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.vouched import Vouched
from masthead.newsroom.items.erased import GONE
from masthead.newsroom.remedies.models import Ending, Question, Reach
from masthead.newsroom.retention.plan import Plan
from masthead.newsroom.retention.sealed_words import places_of, sealed_words
from masthead.newsroom.retention.subjects import Subject
from masthead.newsroom.retention.words import Why

ASKED = {Kind.QUESTION_ASKED: ("text",)}


def plan(subject: Subject, now: datetime) -> Plan:
    """What erasing this question comes to."""
    made = Plan(subject, {subject})
    question = subject.question()
    add(made, question)
    if made.rows:
        made.pages.add(question.item.public_id)
    return made


def add(made: Plan, question: Question) -> None:
    """Have a question go with what else goes."""
    if question.text != GONE:
        made.set_to(Question, question.pk, {"text": GONE})
        made.goes(Message("what was asked: %(n)d"), 1, "remedies_question.text")
    ending = Ending.objects.filter(question=question).first()
    if ending is not None:
        if ending.shown:
            # An empty place beside the answer would only point at it.
            made.set_to(Ending, ending.pk, {"shown": False})
        if ending.answer:
            made.stays(Message("answers that were told to the audience: %(n)d"), 1, Why.FREEDOM)
    reach = Reach.objects.filter(question=question)
    made.deletes(Message("ways to reach who asked: %(n)d"), reach)
    rows: dict[type[Vouched], list[UUID]] = {Question: [question.pk], Ending: [ending.pk] if ending else []}
    sealed_words(made, places_of(rows), only=ASKED)
