"""Name who answers for an AI system, once whoever did has left or their name was erased."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from masthead import clock
from masthead.desk.doing import did, posted
from masthead.desk.register.forms import Answerable
from masthead.desk.register.views import system_of, to
from masthead.language import Message
from masthead.newsroom.accounts.access import needs, someone
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.register.answering import answer_for
from masthead.newsroom.register.models import AISystem


class Answers(forms.Form):
    """Who answers for a system from now on: somebody who is here, and does not already, of all its uses."""

    accountable = Answerable(label=gettext_lazy("Who answers for it"))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, system: AISystem, **options: Any) -> None:
        super().__init__(*args, **options)
        people = self.fields["accountable"]
        assert isinstance(people, Answerable)  # noqa: S101 - as declared above
        here = Person.objects.filter(erased_on=None).exclude(ends_on__lt=clock.today())
        if not system.unanswered_use:
            here = here.exclude(pk=system.accountable_id)
        people.queryset = here.order_by("key")


@needs(Action.DECIDE_ON_SYSTEM)
def answers_for(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say who answers for it from now on."""
    actor, system = someone(request).actor, system_of(pk)
    form = Answers(posted(request), system=system, initial={"seen": system.revision})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if did(form, lambda: answer_for(actor, system, said["accountable"], seen=said["seen"])):
            messages.success(request, str(Message("On record. The register says so from now on.")))
            return to(system)
    page = {"here": "register", "system": system, "form": form}
    return render(request, "desk/register/answers.html", page, status=422 if form.errors else 200)
