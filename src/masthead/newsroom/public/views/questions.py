"""The private page of whoever asked: how their question stands. Only the link leads here."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse

from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.public.answers import by
from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.public.serving.declaring import for_one
from masthead.newsroom.public.showing.site import as_json, shown
from masthead.newsroom.remedies.models import Ending, Question
from masthead.newsroom.remedies.words import CLOSINGS, Closing


@for_one
def question(request: HttpRequest, asking: Asking, link: str) -> HttpResponse:
    """What was asked, and how it stands."""
    told = _told(link)
    around = {"canonical": "", "json_address": f"{asking.prefix}/questions/{link}.json"}
    return HttpResponse(shown("public/site/question.html", asking, {**told, **around}))


@for_one
def question_data(request: HttpRequest, asking: Asking, link: str) -> HttpResponse:
    """The same as JSON."""
    return HttpResponse(
        as_json({"language": asking.language, **_told(link)}), content_type="application/json"
    )


def _told(link: str) -> Mapping[str, Any]:
    found = Question.objects.filter(link_sha256=sha256(link.encode()).hexdigest())
    question = found.select_related("item", "publication", "ending").first()
    if question is None:
        raise NotFound(
            Message("There is no page at this address."),
            Message("Check the address, or begin at the front page."),
        )
    ending: Ending | None = getattr(question, "ending", None)
    return {
        "item": question.item.public_id,
        "title": question.publication.facts["title"],
        "item_language": question.publication.facts["language"],
        "asked": question.text,
        "asked_on": question.asked_at,
        "state": "waiting" if ending is None else "closed" if ending.closed else "answered",
        "answer": ending.answer or None if ending else None,
        "by": str(by(ending)) if ending and ending.answer else None,
        "closed": ending.closed or None if ending else None,
        "why_closed": str(CLOSINGS[Closing(ending.closed)]) if ending and ending.closed else None,
        "ended_on": ending.ended_at if ending else None,
        "question_is_public": bool(ending and ending.shown),
    }
