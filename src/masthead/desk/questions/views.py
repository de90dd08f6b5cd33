"""Questions that wait, a question with its item beside it, its answer or its closing."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from masthead.desk.doing import did, done
from masthead.desk.questions.forms import AnswerForm, CloseForm
from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.accounts.access import Someone, needs, someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.items.sight import visible
from masthead.newsroom.public.commands import answer_question
from masthead.newsroom.public.projection import told
from masthead.newsroom.remedies import commands, reach
from masthead.newsroom.remedies.models import Question
from masthead.newsroom.remedies.words import CLOSINGS, Closing

ENDED = 20
MOST = 100


@needs(Action.ANSWER_QUESTION)
def questions(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first; below it what ended lately."""
    reach.forget_old(now := datetime.now(UTC))
    seen = _seen(someone(request)).select_related("item", "publication", "ending")
    waiting = seen.filter(ending=None).order_by("asked_at", "id")
    ended = seen.exclude(ending=None).order_by("-ending__ended_at")
    return render(
        request,
        "desk/questions/questions.html",
        {
            "here": "waiting",
            "waiting_count": waiting.count(),
            "open": [(each, (now - each.asked_at).days) for each in waiting[:MOST]],
            "ended": ended[:ENDED],
        },
    )


@needs(Action.ANSWER_QUESTION)
def question(request: HttpRequest, public_id: str) -> HttpResponse:
    """A question with the item beside it, and the form for who may answer."""
    found = _question(request, public_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        who, said = someone(request), form.cleaned_data
        ending = done(
            form,
            lambda: answer_question(who.actor, found, said["text"], show_question=said["show_question"]),
        )
        if ending is not None:
            messages.success(request, str(Message("Answered. The answer stands on the page of the item.")))
            return redirect("desk:question", public_id)
    return _page(request, found, form, CloseForm())


@require_POST
@needs(Action.ANSWER_QUESTION)
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Close a question unanswered."""
    found = _question(request, public_id)
    form = CloseForm(request.POST)
    if form.is_valid():
        who, reason = someone(request), Closing(form.cleaned_data["reason"])
        if did(form, lambda: commands.close(who.actor, found, reason)):
            messages.success(request, str(Message("Closed. Whoever asked can read why.")))
            return redirect("desk:question", public_id)
    return _page(request, found, AnswerForm(), form)


@require_POST
@needs(Action.ANSWER_QUESTION)
def forget(request: HttpRequest, public_id: str) -> HttpResponse:
    """Forget how to reach whoever asked."""
    found = _question(request, public_id)
    if commands.may_answer(someone(request).actor, found):
        reach.forget(found)
        messages.success(request, str(Message("Forgotten: nobody here can reach whoever asked any more.")))
    return redirect("desk:question", public_id)


def _seen(who: Someone) -> QuerySet[Question]:
    return Question.objects.filter(item__in=visible(who.id, who.roles).values("pk"))


def _question(request: HttpRequest, public_id: str) -> Question:
    seen = _seen(someone(request)).select_related("item", "publication", "ending")
    found = seen.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(
            Message("There is no such question, or it is not yours to see."),
            Message("Look for it among the questions that wait."),
        )
    return found


def _page(request: HttpRequest, question: Question, form: AnswerForm, close_form: CloseForm) -> HttpResponse:
    ending: Any = getattr(question, "ending", None)
    may_answer = commands.may_answer(someone(request).actor, question)
    return render(
        request,
        "desk/questions/question.html",
        {
            "here": "waiting",
            "question": question,
            "ending": ending,
            "why_closed": CLOSINGS[Closing(ending.closed)] if ending and ending.closed else None,
            "told": told(question.item),
            "may_answer": may_answer,
            "alone": commands.alone() and commands.made(someone(request).actor, question),
            "reach": reach.opened(question) if may_answer else "",
            "form": form,
            "close_form": close_form,
        },
    )
