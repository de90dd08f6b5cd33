"""What people answered, as the evidence from which the catalogue computes where a commitment stands."""

from datetime import UTC, datetime, time

from masthead.declaration.status import Evidence
from masthead.newsroom.policy.models import Answer
from masthead.vocabulary import Grade


def evidence_of(*commitments: str) -> tuple[Evidence, ...]:
    """The newest answer to the question about each of `commitments`, or about any where none is named.

    For `Catalogue.status` at a moment, which leaves out what has expired by then. An answer replaces the one
    before it, so that a person can take back what they said.
    """
    answers = Answer.objects.order_by("entry__place")
    if commitments:
        answers = answers.filter(commitment__in=commitments)
    newest = {answer.question: answer for answer in answers}
    return tuple(map(as_evidence, newest.values()))


def as_evidence(answer: Answer) -> Evidence:
    """A person's word: attested, whatever it is about."""
    return Evidence(
        answers=answer.question,
        grade=Grade.A,
        met=answer.met,
        observed_at=answer.answered_at,
        expires_at=datetime.combine(answer.expires_on, time.min, UTC),
    )
