"""People: who works here, in which role, until when, and who of them can log in."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from masthead.desk.doing import did, done, posted
from masthead.desk.people import post
from masthead.desk.people.address import site
from masthead.desk.people.editing import Invite, LastDay, NewPerson, RoleChoice, may_give
from masthead.errors import NotAllowed, NotFound, Refused, Unavailable
from masthead.language import Message
from masthead.newsroom.accounts import commands, invitations
from masthead.newsroom.accounts.access import needs, someone
from masthead.newsroom.accounts.history import history
from masthead.newsroom.accounts.listing import everybody, standing_of
from masthead.newsroom.accounts.models import Account, Invitation, Person
from masthead.newsroom.accounts.permissions import Action
from masthead.vocabulary import LABELS, Role


@needs(Action.SEE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who works here, and the offices."""
    return render(request, "desk/people/people.html", {"here": "people", **everybody()})


@needs(Action.MANAGE_PEOPLE)
def new_person(request: HttpRequest) -> HttpResponse:
    """Add a person or an office."""
    form = NewPerson(posted(request), may_give=may_give(someone(request)))
    if form.is_valid():
        said = form.cleaned_data
        roles = [Role(role) for role in said["roles"]]
        added = done(
            form,
            lambda: commands.add_person(
                someone(request).actor, said["name"], roles, office=said["office"], ends_on=said["ends_on"]
            ),
        )
        if added is not None:
            messages.success(request, str(Message("%(name)s is on record.", {"name": added.name})))
            return redirect("desk:person", pk=added.pk)
    return render(request, "desk/people/new.html", {"here": "people", "form": form})


@needs(Action.SEE_PEOPLE)
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One person: roles, login, last day, and what the record says of them."""
    found = _person(pk)
    page = {
        "here": "people",
        "person": standing_of(found),
        "history": history(found),
        "role_form": RoleChoice(found, may_give(someone(request))),
        "invitation": invitations.open_invitation(found),
        "email": Account.objects.filter(person=found).values_list("email", flat=True).first(),
    }
    return render(request, "desk/people/person.html", page)


@needs(Action.MANAGE_PEOPLE)
@require_POST
def give_role(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give one more role."""
    found = _person(pk)
    form = RoleChoice(found, may_give(someone(request)), request.POST)
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        _said(
            request, lambda: commands.grant_role(someone(request).actor, found, role), Message("Role given.")
        )
    return redirect("desk:person", pk=pk)


@needs(Action.MANAGE_PEOPLE)
def take_role(request: HttpRequest, pk: UUID, role: str) -> HttpResponse:
    """Ask once, then end a role."""
    found = _person(pk)
    held = next((each for each in Role if each.name.lower() == role), None)
    if held is None:
        raise NotFound(Message("There is no such role."), Message("Go back to the person's page."))
    if request.method == "POST":
        _said(request, lambda: commands.end_role(someone(request).actor, found, held), Message("Role ended."))
        return redirect("desk:person", pk=pk)
    page = {"here": "people", "person": found, "role": LABELS[held], "last": _last(found, held)}
    return render(request, "desk/people/end_role.html", page)


def _last(found: Person, held: Role) -> bool:
    """Whether an invitation is open that ends with this role, their last."""
    others = found.grants.filter(ended_at=None).exclude(role=held)
    return invitations.open_invitation(found) is not None and not others.exists()


@needs(Action.MANAGE_PEOPLE)
def last_day(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say which day is a person's last, or that there is none."""
    found = _person(pk)
    form = LastDay(posted(request), initial={"ends_on": found.ends_on, "ends": found.ends_on is not None})
    if form.is_valid():
        day = form.cleaned_data["ends_on"]
        actor = someone(request).actor
        if did(form, lambda: commands.set_end(actor, found, day)):
            messages.success(request, str(Message("The last day is on record.")))
            return redirect("desk:person", pk=pk)
    page = {"here": "people", "person": found, "form": form, "open": invitations.open_invitation(found)}
    return render(request, "desk/people/last_day.html", page)


@needs(Action.MANAGE_PEOPLE)
@never_cache
def invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make the link with which a person chooses how to sign in; it is shown here once.

    Who has a login is mailed a link of their own, which nobody here sees.
    """
    found = _person(pk)
    known = Account.objects.filter(person=found).first()
    form = Invite(posted(request), mail=post.possible() and known is None)
    page = {"here": "people", "person": found, "form": form, "known": known, "days": invitations.DAYS} | {
        "mail": post.possible()
    }
    if known is not None and post.possible() and form.is_valid():
        post.ask_for_new_password(known.email, site(request))
        said = Message("A link is on its way to the address they sign in with. Nobody else sees it.")
        messages.success(request, str(said))
        return redirect("desk:person", pk=pk)
    if form.is_valid():
        email = form.cleaned_data.get("email", "")
        made = done(form, lambda: invitations.invite(someone(request).actor, found, email))
        if made is not None:
            link = site(request) + reverse("account_come_in", args=[made[1]])
            page |= {"link": link, "invitation": made[0], "mailed": _mailed(request, made[0], link)}
            page |= {"here_alone": not settings.MASTHEAD.address, "site": site(request)}
            return render(request, "desk/people/invited.html", page)
    return render(request, "desk/people/invite.html", page)


def _mailed(request: HttpRequest, made: Invitation, link: str) -> bool:
    """Whether the link went out by mail. A mail server that is down loses nothing: the link stands here."""
    if not (made.email and post.possible()):
        return False
    try:
        post.mail_invitation(made.email, made.person.name, link, invitations.DAYS)
    except Unavailable as error:
        messages.error(request, str(error))
        return False
    return True


@needs(Action.MANAGE_PEOPLE)
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the link of an invitation lead nowhere."""
    found = _person(pk)
    actor = someone(request).actor
    _said(
        request,
        lambda: invitations.withdraw_invitation(actor, found),
        Message("The invitation is withdrawn."),
    )
    return redirect("desk:person", pk=pk)


@needs(Action.MANAGE_PEOPLE)
def end_login(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask once, then end a login."""
    found = _person(pk)
    if request.method == "POST":
        done_ = Message("The login has ended, and %(name)s is signed out everywhere.", {"name": found.name})
        email = Account.objects.filter(person=found).values_list("email", flat=True).first()
        if _said(request, lambda: commands.end_login(someone(request).actor, found), done_) and email:
            post.tell_of_end(email)
        return redirect("desk:person", pk=pk)
    return render(request, "desk/people/end_login.html", {"here": "people", "person": found})


def _person(pk: UUID) -> Person:
    found = Person.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound(Message("There is no such person here."), Message("Look for them among the people."))
    return found


def _said(request: HttpRequest, command: Callable[[], None], well: Message) -> bool:
    """Whether it was done; how it went is said on the next page."""
    try:
        command()
    except NotAllowed:
        raise
    except Refused as error:
        messages.error(request, str(error))
        return False
    messages.success(request, str(well))
    return True
