"""The evidence log: its entries, and one entry with its proof."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from masthead.desk.log.finding import Filter, entries
from masthead.desk.log.opened import fields_of
from masthead.desk.log.proof import prove
from masthead.desk.log.seeing import PERSONS, read, sight_of
from masthead.desk.log.telling import tell, told
from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.accounts.access import Someone, needs, someone
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry, LogHead


@needs(Action.SEE_LOG)
def log(request: HttpRequest) -> HttpResponse:
    """The entries, newest first."""
    who = someone(request)
    form = Filter(request.GET, who)
    page: dict[str, object] = {"here": "log", "form": form, "size": LogHead.objects.get().size}
    if form.is_valid():
        found, older = entries(who, form.cleaned_data, request.GET.get("before", ""))
        page |= {"lines": tell(found, who), "older": older}
    asked = {name: said for name, said in request.GET.items() if said and name in form.fields}
    return render(request, "desk/log/log.html", {**page, "asked": urlencode(asked)})


@needs(Action.SEE_LOG)
def entry(request: HttpRequest, place: int) -> HttpResponse:
    """One entry: what this person may see of it, where it stands, and whether that holds."""
    who = someone(request)
    found = Entry.objects.filter(place=place).first() if place < 2**63 else None
    if found is None:
        raise NotFound(
            Message("The log has no entry at that place."), Message("Look for it among the entries.")
        )
    said = read([found])
    seen = sight_of(who, said)
    names = _names(found, said[place], who)
    fields, sealed = fields_of(found, said[place], seen, names)
    return render(
        request,
        "desk/log/entry.html",
        {
            "here": "log",
            "line": told(found, said[place], seen, names),
            "fields": fields,
            "sealed": sealed,
            "code": Kind(found.kind).value,
            "leaf": bytes(found.leaf_hash).hex(),
            "commitment": bytes(found.commitment).hex(),
            "proof": prove(found),
        },
    )


def _names(found: Entry, said: dict[str, object], who: Someone) -> dict[str, str]:
    if not who.may(Action.SEE_PEOPLE):
        return {}
    ids = {str(said[name]) for name in PERSONS if said.get(name)} | {str(found.actor)} - {"None"}
    return {str(pk): name for pk, name in Person.objects.filter(pk__in=ids).values_list("pk", "name")}
