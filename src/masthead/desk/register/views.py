"""The register of AI systems: what is in use, for what, who answers for it, and whether it may be."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from masthead.desk.doing import did, done, posted
from masthead.desk.register.forms import Decision, NewSystem, Terms, UseFields
from masthead.desk.register.reading import cases, held, history, reasons, shown, systems, uses
from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.accounts.access import needs, someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.register import commands
from masthead.newsroom.register.models import AISystem
from masthead.vocabulary import SystemStatus

DECIDED = {
    SystemStatus.APPROVED: Message("Approved. It may be used from now on, as its use cases say."),
    SystemStatus.PAUSED: Message(
        "Paused. Nothing made with it at T2 or T3 can be published until it is approved again,"
        " but by an emergency decision."
    ),
    SystemStatus.RETIRED: Message("Retired. To use it again, register it anew."),
}


@needs(Action.SEE_REGISTER)
def register(request: HttpRequest) -> HttpResponse:
    """Every system."""
    found = systems(someone(request))
    return render(request, "desk/register/register.html", {"here": "register", "systems": found})


@needs(Action.SEE_REGISTER)
def system(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One system."""
    who, found = someone(request), system_of(pk)
    holds = held(found, who) if found.status == SystemStatus.PAUSED else 0
    told = {"one": shown(found, who), "cases": cases(found), "uses": uses(found, who), "held": holds}
    return _page(request, "system", found, **told, reasons=reasons(found, who), history=history(found, who))


@needs(Action.REGISTER_SYSTEM)
def new_system(request: HttpRequest) -> HttpResponse:
    """Put a system in the register, with what it is used for."""
    form = NewSystem(posted(request), initial={"name": request.GET.get("name", "")})
    if request.method == "POST" and form.is_valid():
        added = done(form, lambda: _register(request, form))
        if added is not None:
            messages.success(request, str(Message("Registered as proposed. A steward can now approve it.")))
            return to(added)
    return render(request, "desk/register/new.html", {"here": "register", "form": form})


def _register(request: HttpRequest, form: NewSystem) -> AISystem:
    actor, said = someone(request).actor, form.cleaned_data
    added = commands.register_system(
        actor,
        said["name"],
        said["accountable"],
        provider=said["provider"],
        terms_url=said["terms_url"],
        terms_checked_on=said["terms_checked_on"],
        training_opt_out={"yes": True, "no": False}.get(said["training_opt_out"]),
    )
    commands.add_use_case(actor, added, **form.use)
    return added


@needs(Action.REGISTER_SYSTEM)
def add_use_case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what else a system is used for."""
    actor, found, form = someone(request).actor, system_of(pk), UseFields(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = done(form, lambda: commands.add_use_case(actor, found, **form.use))
        if added is not None:
            messages.success(request, str(Message("Added as proposed; approving the system covers it.")))
            return to(found)
    return _page(request, "use", found, form=form)


@needs(Action.REGISTER_SYSTEM)
def terms(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put on record that the data terms were read."""
    actor, found = someone(request).actor, system_of(pk)
    form = Terms(request.POST or None, initial={"seen": found.revision, "terms_url": found.terms_url})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        command = partial(
            commands.record_terms,
            actor,
            found,
            said["checked_on"],
            training_opt_out=said["training_opt_out"] == "yes",
            terms_url=said["terms_url"],
            seen=said["seen"],
        )
        if did(form, command):
            messages.success(request, str(Message("On record. Read them again within a year.")))
            return to(found)
    return _page(request, "terms", found, form=form)


def _decide(request: HttpRequest, pk: UUID, status: SystemStatus) -> HttpResponse:
    who, found = someone(request), system_of(pk)
    form = Decision(request.POST or None, initial={"seen": found.revision})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        command = partial(
            commands.decide_on, who.actor, found, status, reason=said["reason"], seen=said["seen"]
        )
        if did(form, command):
            messages.success(request, str(DECIDED[status]))
            return to(found)
    holds = held(found, who) if status is SystemStatus.PAUSED else 0
    told = {"one": shown(found, who), "uses": uses(found, who), "held": holds, "form": form}
    return _page(request, status.value, found, **told)


@needs(Action.DECIDE_ON_SYSTEM)
def approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Approve a system with its use cases."""
    return _decide(request, pk, SystemStatus.APPROVED)


@needs(Action.PAUSE_SYSTEM)
def pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Pause a system now."""
    return _decide(request, pk, SystemStatus.PAUSED)


@needs(Action.DECIDE_ON_SYSTEM)
def retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Retire a system for good."""
    return _decide(request, pk, SystemStatus.RETIRED)


def system_of(pk: UUID) -> AISystem:
    """The system of that id; `NotFound` where there is none."""
    found = AISystem.objects.select_related("accountable").filter(pk=pk).first()
    if found is None:
        raise NotFound(Message("There is no such AI system."), Message("Look for it in the register."))
    return found


def to(system: AISystem) -> HttpResponse:
    """Go to the page of a system."""
    answer = redirect("desk:system", pk=system.pk)
    answer.status_code = 303
    return answer


def _page(request: HttpRequest, name: str, system: AISystem, **told: Any) -> HttpResponse:
    return render(request, f"desk/register/{name}.html", {"here": "register", "system": system, **told})
