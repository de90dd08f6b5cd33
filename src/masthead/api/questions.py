"""What the audience asked about items, and was answered."""

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Query

from masthead.api.bearer import caller_of
from masthead.api.cursor import page_of
from masthead.api.giving.questions import QuestionsOut
from masthead.api.operation import Answer, operation
from masthead.newsroom.connections.scopes import Scope
from masthead.newsroom.connections.sight import seen_by
from masthead.newsroom.remedies.models import Ending

router = Router(tags=["Questions"])


@operation(
    router, "GET", "/questions", Scope.QUESTIONS, {200: QuestionsOut}, summary="List answered questions"
)
def list_questions(
    request: HttpRequest,
    cursor: str | None = Query(None, max_length=64),
    limit: int = Query(50, ge=1, le=100),
    item: str | None = Query(None, pattern="^[a-z2-7]{26}$", description="Only those about this item."),
) -> Answer:
    """As anybody may read them, the newest answer first; open ones are answered at the desk.

    The question's own words are there only where an editor let them be shown.
    """
    seen = seen_by(caller_of(request))
    about = seen.filter(public_id=item) if item else seen
    endings = Ending.objects.filter(closed="", question__item__in=about.values("pk"))
    page, following = page_of(endings.select_related("question__item"), cursor, limit)
    return Answer({"questions": [_json(each) for each in page], "next": following})


def _json(ending: Ending) -> dict[str, Any]:
    """An answered question, as anybody may read it: the day, and no finer."""
    question = ending.question
    return {
        "id": question.public_id,
        "item": question.item.public_id,
        "asked": question.text if ending.shown else None,
        "answer": ending.answer,
        "answered_on": ending.ended_at.date().isoformat(),
    }
