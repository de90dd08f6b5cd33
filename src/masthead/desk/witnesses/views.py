"""Who witnesses our log, whose logs we witness, and the alarms: decided by who manages them."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from masthead.desk.doing import done, posted
from masthead.desk.people.address import site
from masthead.desk.witnesses.forms import EndAlarm, NewLog, NewWitness
from masthead.errors import MastheadError
from masthead.language import Message
from masthead.newsroom.accounts.access import needs, someone
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.key_ring import ring
from masthead.newsroom.witness import alarms, commands, keys, status
from masthead.newsroom.witness.models import Alarm, Party, WitnessedLog
from masthead.newsroom.witness.said import PARTS, changes_of, line_of, ours_is_new
from masthead.newsroom.witness.telling import told

PAGE = {"here": "settings"}
ENDED = 20


@needs(Action.MANAGE_WITNESSES)
def witnesses(request: HttpRequest) -> HttpResponse:
    """Both lists, how each stands, every alarm, and what to give to others so that they can find us."""
    standing = status.status()
    page = {
        **PAGE,
        "alarms": [_told(each) for each in status.open_alarms()],
        "ended": [
            _told(each) for each in Alarm.objects.exclude(ended_at=None).order_by("-raised_at")[:ENDED]
        ],
        "parts": [
            {
                "part": part.value,
                "heading": heading,
                "standing": [_line(each) for each in standing if each.part is part],
            }
            for part, heading in PARTS.items()
        ],
        **_our_key(),
        **_log_key(),
        "site": site(request).rstrip("/"),
    }
    return render(request, "desk/witnesses/witnesses.html", page)


@needs(Action.MANAGE_WITNESSES)
def new_witness(request: HttpRequest) -> HttpResponse:
    """Ask somebody to witness our log."""
    form = NewWitness(posted(request))
    said = Message("It is asked from now on. Load this page again in a minute to see how it went.")
    return _added(request, form, commands.add_witness, said, "desk/witnesses/new_witness.html")


@needs(Action.MANAGE_WITNESSES)
def new_log(request: HttpRequest) -> HttpResponse:
    """Witness somebody else's log."""
    form = NewLog(posted(request))
    said = Message("The log is witnessed from now on. Give whoever keeps it the key of your witness, below.")
    return _added(request, form, commands.add_log, said, "desk/witnesses/new_log.html")


@needs(Action.MANAGE_WITNESSES)
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask once, then witness this log, or ask this witness, no longer."""
    party = commands.party_called(str(pk))
    if party.ended_at is not None:
        raise commands.ended_already()
    if request.method == "POST":
        commands.end(someone(request).actor, party)
        messages.success(request, str(Message("Ended. What was seen and signed stays on record.")))
        return redirect("desk:witnesses")
    watched = isinstance(party, WitnessedLog)
    return render(request, "desk/witnesses/end.html", {**PAGE, "party": party, "watched": watched})


@needs(Action.MANAGE_WITNESSES)
def alarm(request: HttpRequest, public_id: str) -> HttpResponse:
    """One alarm: what was seen, both heads, and what a person found out, which ends it."""
    found = alarms.alarm_called(public_id)
    form = EndAlarm(posted(request))
    if form.is_valid():
        actor = someone(request).actor
        if done(form, lambda: alarms.end_alarm(actor, found, form.cleaned_data["note"])):
            messages.success(request, str(Message("The alarm is ended; both heads are kept.")))
            return redirect("desk:witnesses")
    page = {**PAGE, **_told(found), "form": form, "known": found.known, "shown": found.shown}
    return render(request, "desk/witnesses/alarm.html", page)


def _added(
    request: HttpRequest,
    form: NewWitness,
    command: Callable[[Actor, str, str], Party],
    said: Message,
    template: str,
) -> HttpResponse:
    if form.is_valid():
        given, actor = form.cleaned_data, someone(request).actor
        if done(form, lambda: command(actor, given["key"], given["address"])) is not None:
            messages.success(request, str(said))
            return redirect("desk:witnesses")
    return render(request, template, {**PAGE, "form": form})


def _line(each: status.Standing) -> dict[str, object]:
    mind = each.overdue or each.trouble is not None
    return {"each": each, "said": line_of(each), "changes": changes_of(each), "mind": mind}


def _told(each: Alarm) -> dict[str, object]:
    sizes = {"known_size": alarms.size_of(each.known), "shown_size": alarms.size_of(each.shown)}
    said = told(each)
    return {
        "alarm": each,
        "ours": said.ours,
        "called": said.called,
        "says": said.says,
        "why": said.why,
        "to_do": said.to_do,
        **sizes,
    }


def _log_key() -> dict[str, object]:
    """The line of the log's key to give to others; or why there is none."""
    try:
        return {"log_key": str(ring(settings.MASTHEAD_HOME).current)}
    except MastheadError as error:
        return {"no_log_key": error}


def _our_key() -> dict[str, object]:
    """The line to give to others, and whether it is new; or why there is none."""
    try:
        return {"our_key": keys.line_of(), "new_key": ours_is_new()}
    except MastheadError as error:
        return {"no_key": error if keys.begun(settings.MASTHEAD_HOME) else None}
