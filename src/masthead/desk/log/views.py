"""The evidence log: its entries, and one entry with its proof."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from masthead.desk.log.finding import Filter, entries
from masthead.desk.log.going import days
from masthead.desk.log.opened import fields_of
from masthead.desk.log.proof import as_file, prove
from masthead.desk.log.seeing import PERSONS, Said, Shows, read, sight_of
from masthead.desk.log.standing import standing
from masthead.desk.log.telling import tell, told
from masthead.desk.log.unread import LAST, NO_KIND, at, known
from masthead.desk.log.words import WORDS
from masthead.desk.signing import key_trouble
from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.accounts.access import Someone, needs, someone
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.kinds import PUBLICATIONS, Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.said import readable

UNKNOWN = Message("of no kind that there is")


@needs(Action.SEE_LOG)
def log(request: HttpRequest) -> HttpResponse:
    """The entries, newest first."""
    who = someone(request)
    form = Filter(request.GET, who)
    page: dict[str, object] = {"here": "log", "form": form, "standing": standing()}
    page["key_trouble"] = key_trouble()
    if form.is_valid():
        found, older = entries(who, form.cleaned_data, request.GET.get("before", ""))
        lines = tell(found, who)
        page |= {"lines": lines, "days": days(lines), "older": older}
    asked = {name: said for name, said in request.GET.items() if said and name in form.fields}
    return render(request, "desk/log/log.html", {**page, "asked": urlencode(asked)})


@needs(Action.SEE_LOG)
def entry(request: HttpRequest, place: int) -> HttpResponse:
    """One entry: what this person may see of it, where it stands, and whether that holds."""
    who = someone(request)
    found = _entry(place)
    said = read([found])
    seen = sight_of(who, said)
    names = _names(found, said[place], who)
    legible = known(found)
    fields, sealed = fields_of(found, said[place], seen, names) if legible else ([], 0)
    return render(
        request,
        "desk/log/entry.html",
        {
            "here": "log",
            "line": told(found, said[place], seen, names),
            "fields": fields,
            "sealed": sealed,
            "code": "" if found.kind == NO_KIND else found.kind,
            "kind": _kind(found),
            "leaf": bytes(found.leaf_hash).hex(),
            "commitment": bytes(found.commitment).hex(),
            "proof": prove(found),
            "bundle": _bundle(found, seen.of(found, said[place]), said[place]) if legible else "",
        },
    )


@needs(Action.SEE_LOG)
def proof(request: HttpRequest, place: int) -> HttpResponse:
    """The proof of one entry as a file: its public face and the hashes that lead to the signed head."""
    content = as_file(_entry(place))
    if content is None:
        raise NotFound(
            Message("No checkpoint has been published since this entry, so there is no proof of it yet."),
            Message("Come back in a while."),
        )
    headers = {"Content-Disposition": f'attachment; filename="entry-{place}.tlog-proof"'}
    return HttpResponse(content, content_type="text/plain; charset=utf-8", headers=headers)


def _entry(place: int) -> Entry:
    found = at([place]) if place <= LAST else []
    if not found:
        raise NotFound(
            Message("The log has no entry at that place."), Message("Look for it among the entries.")
        )
    return found[0]


def _kind(found: Entry) -> Message:
    if known(found):
        return WORDS[Kind(found.kind)].name
    return Message("cannot be read") if found.kind == NO_KIND else UNKNOWN


def _bundle(found: Entry, shows: Shows, said: Said) -> str:
    """The item whose page has the whole proof of this publication; empty where it is none."""
    return str(said.get("item", "")) if found.kind in PUBLICATIONS and shows is not Shows.KIND else ""


def _names(found: Entry, said: dict[str, object], who: Someone) -> dict[str, str]:
    if not who.may(Action.SEE_PEOPLE):
        return {}
    ids = {str(said[name]) for name in PERSONS if said.get(name)} | {str(found.actor)} - {"None"}
    known = Person.objects.filter(pk__in=ids).values_list("pk", "name")
    return {str(pk): readable(name) for pk, name in known}
