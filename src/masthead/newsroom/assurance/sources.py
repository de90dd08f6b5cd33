"""All evidence that there is, wherever the record keeps it: one way to read it, whole or of one subject."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet

from masthead.declaration.control import Control, Rule
from masthead.declaration.status import ORGANISATION, Evidence, Line
from masthead.newsroom.assurance import models
from masthead.newsroom.assurance.published import published
from masthead.newsroom.policy.models import Answer
from masthead.newsroom.policy.reading import as_evidence
from masthead.vocabulary import Grade

_COLUMNS = (
    "answers",
    "grade",
    "met",
    "observed_at",
    "expires_at",
    "about",
    "received_at",
    "effective_from",
    "effective_until",
    "pk",
)
_OURS = "evidence"
_GRADES = {grade.value: grade for grade in Grade}


def all_of_it(
    until: datetime, lines: Iterable[Line], wanted: Collection[str] | None = None
) -> Iterator[Evidence]:
    """All evidence received by a moment, in no order; of what answers `wanted` alone, where given."""
    kept = models.Evidence.objects.filter(received_at__lte=until)
    answers = Answer.objects.filter(answered_at__lte=until)
    if wanted is not None:
        kept, answers = kept.filter(answers__in=wanted), answers.filter(question__in=wanted)
    yield from _kept(kept)
    yield from _answered(answers)
    yield from published(until, second_person=second_person(lines), controls=wanted)


def of_subject(answers: str, about: str, until: datetime, lines: Iterable[Line]) -> Iterator[Evidence]:
    """The same of one control or question, and one subject."""
    rows = models.Evidence.objects.filter(answers=answers, about=about, received_at__lte=until)
    yield from _kept(rows)
    if about == ORGANISATION:
        yield from _answered(Answer.objects.filter(question=answers, answered_at__lte=until))
    elif about.startswith("item:"):
        item = about.removeprefix("item:")
        yield from published(until, second_person=second_person(lines), item=item, controls=(answers,))


def second_person(lines: Iterable[Line]) -> frozenset[str]:
    """The controls that ask for a second person's sign-off."""
    return frozenset(
        line.one.id for line in lines if isinstance(line.one, Control) and line.one.rule is Rule.SECOND_PERSON
    )


def _kept(rows: "QuerySet[models.Evidence]") -> Iterator[Evidence]:
    for answers, grade, met, seen, expires, about, received, since, until, pk in rows.values_list(*_COLUMNS):
        yield Evidence(
            answers, _GRADES[grade], met, seen, expires, about, received, since, until, f"{_OURS}:{pk}"
        )


def _answered(rows: "QuerySet[Answer]") -> Iterator[Evidence]:
    for row in rows:
        yield replace(as_evidence(row), id=f"answer:{row.pk}")
