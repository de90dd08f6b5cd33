"""What the API gives of the audience's questions."""

from ninja import Schema
from pydantic import Field


class QuestionOut(Schema):
    """What was asked and answered; `asked` is null where only the answer is shown."""

    id: str
    item: str
    asked: str | None
    answer: str
    answered_on: str


class QuestionsOut(Schema):
    """A page of answered questions."""

    questions: list[QuestionOut]
    next: str | None = Field(description="The cursor of the next page; null on the last.")
