"""The questions about an item that were answered, as everybody may read them."""

from masthead.labels.line import opening
from masthead.language import Message
from masthead.newsroom.items.models import Item
from masthead.newsroom.public.page import Answered
from masthead.newsroom.remedies.models import Ending
from masthead.vocabulary import LABELS, Role


def answered(item: Item) -> tuple[Answered, ...]:
    """Every answer, oldest first; the question beside it only where an editor let it be shown."""
    endings = Ending.objects.filter(question__item=item, closed="").order_by("entry__place")
    return tuple(
        Answered(
            id=f"question-{ending.question.public_id}",
            on=ending.ended_at,
            asked=ending.question.text if ending.shown else "",
            answer=ending.answer,
            by=by(ending),
        )
        for ending in endings.select_related("question")
    )


def by(ending: Ending) -> Message:
    """Who answered, by role."""
    role = opening(str(LABELS[Role(ending.role)]))
    if ending.by_maker:
        return Message("%(role)s, who also made this: one person works here", {"role": role})
    return Message("%(role)s, who did not make this", {"role": role})
