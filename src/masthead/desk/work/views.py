"""What a person has to do: my work, waiting for me, search."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from masthead.desk.items import SEE
from masthead.desk.signing import key_trouble
from masthead.desk.work.beginning import beginning
from masthead.desk.work.mine import mine
from masthead.desk.work.searching import Search, search
from masthead.desk.work.waiting import waiting as waiting_for
from masthead.newsroom.accounts.access import Someone, needs, signed_in, someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.witness.status import open_alarms
from masthead.newsroom.witness.telling import told


@signed_in
def work(request: HttpRequest) -> HttpResponse:
    """My work."""
    after = request.GET.get("after", "")
    found = mine(someone(request), after)
    begin = None if found.groups or after else beginning(someone(request))
    page = {"here": "work", "groups": found.groups, "older": found.older, "first": not after, "begin": begin}
    return render(request, "desk/work/work.html", page | _told_first(someone(request)))


@signed_in
def waiting(request: HttpRequest) -> HttpResponse:
    """Waiting for me."""
    who = someone(request)
    page = {"here": "waiting", "all": waiting_for(who)}
    return render(request, "desk/work/waiting.html", page | _told_first(who))


def _told_first(who: Someone) -> dict[str, object]:
    """What those who manage witnesses, or look after the machine, hear of first, wherever they begin."""
    alarms = [told(each) for each in open_alarms()] if who.may(Action.MANAGE_WITNESSES) else []
    return {"alarms": alarms, "key_trouble": key_trouble() if who.may(Action.SEE_SETTINGS) else None}


@needs(*SEE)
def find(request: HttpRequest) -> HttpResponse:
    """Search. An address can be kept: it holds what was asked."""
    who = someone(request)
    form = Search(request.GET, who)
    found = search(who, form.cleaned_data, request.GET.get("after", "")) if form.is_valid() else None
    asked = {name: said for name, said in request.GET.items() if said and name in form.fields}
    page = {"here": "search", "form": form, "found": found, "asked": urlencode(asked)}
    return render(request, "desk/work/search.html", page)
