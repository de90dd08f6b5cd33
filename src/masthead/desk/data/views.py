"""What is kept of people: how long, what is held, and erasing, each thing on a page of its own."""

from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from masthead.desk.data.forms import Erase, Hold, Keep, Least, Lift, an_item, for_item
from masthead.desk.data.held import held
from masthead.desk.doing import did, done, posted
from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.accounts.access import needs, someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.retention import clock_ahead, commands, minimum
from masthead.newsroom.retention.holding import open_holds
from masthead.newsroom.retention.models import Hold as HoldRow
from masthead.newsroom.retention.schedule import in_force, standing
from masthead.newsroom.retention.setting import lift_hold, set_hold, set_schedule, state_minimum
from masthead.newsroom.retention.words import FROM_WHEN, KEPT, Ground
from masthead.newsroom.retention.words import Kept as Kind


@needs(Action.SEE_DATA)
@never_cache
def data(request: HttpRequest) -> HttpResponse:
    """The holds that stand, and how long what is kept."""
    who = someone(request)
    page = {
        "here": "settings",
        "ahead_of": clock_ahead.ahead_of(datetime.now(UTC)),
        "holds": [held(each, who) for each in open_holds()],
        "kept": [{"at": each, "name": KEPT[each.kept], "since": FROM_WHEN[each.kept]} for each in standing()],
    }
    return render(request, "desk/data/data.html", page)


@needs(Action.ERASE_PART)
@never_cache
def erase(request: HttpRequest) -> HttpResponse:
    """Say whom or what; see what would go and what would stay; then erase it."""
    begun = for_item(request.GET.get("item", ""))
    form = Erase(posted(request), initial=begun, whole=someone(request).may(Action.ERASE))
    actor = someone(request).actor
    if form.is_valid():
        about, ground = form.cleaned_data["subject"], Ground(form.cleaned_data["ground"])
        if request.POST.get("sure") == "yes":
            report = done(form, lambda: commands.erase(actor, about, ground))
            if report is not None:
                return render(request, "desk/data/erased.html", {"here": "settings", "report": report})
        else:
            report = done(form, lambda: commands.look(actor, about, ground))
            if report is not None:
                page = {"here": "settings", "report": report, "form": form}
                return render(request, "desk/data/look.html", page)
    return render(request, "desk/data/erase.html", {"here": "settings", "form": form})


@needs(Action.SET_HOLD)
def hold(request: HttpRequest) -> HttpResponse:
    """Have nothing erased that hangs together with something."""
    form = Hold(posted(request), initial=an_item(request.GET.get("item", "")))
    if form.is_valid():
        said, actor = form.cleaned_data, someone(request).actor
        if did(form, lambda: set_hold(actor, said["subject"], said["reason"])):
            messages.success(request, str(Message("It is held: nothing of it is erased until it is let go.")))
            return redirect("desk:data" if someone(request).may(Action.SEE_DATA) else "desk:work")
    return render(request, "desk/data/hold.html", {"here": "settings", "form": form})


@needs(Action.LIFT_HOLD)
def lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lift a hold, and say why."""
    found = HoldRow.objects.filter(pk=pk, lifted_at=None).first()
    if found is None:
        raise NotFound(Message("There is no such hold."), Message("It may be lifted already."))
    form = Lift(posted(request))
    if form.is_valid():
        actor, reason = someone(request).actor, form.cleaned_data["reason"]
        if did(form, lambda: lift_hold(actor, found, reason)):
            messages.success(request, str(Message("The hold is lifted.")))
            return redirect("desk:data")
    page = {"here": "settings", "form": form, "hold": held(found, someone(request))}
    return render(request, "desk/data/lift.html", page)


@needs(Action.SET_RETENTION)
def keep(request: HttpRequest, kept: str) -> HttpResponse:
    """Say after how many days something is erased by itself, and why."""
    kind = _kind(kept)
    before = in_force()[kind]
    form = Keep(posted(request), initial={"days": before.days if before else None})
    if form.is_valid():
        said, actor = form.cleaned_data, someone(request).actor
        if did(form, lambda: set_schedule(actor, kind, said["days"], said["reason"])):
            messages.success(request, str(Message("The schedule is on record.")))
            return redirect("desk:data")
    page = {"here": "settings", "form": form, "name": KEPT[kind], "since": FROM_WHEN[kind]}
    return render(request, "desk/data/keep.html", page)


@needs(Action.SET_RETENTION)
def least(request: HttpRequest, kept: str) -> HttpResponse:
    """Say for how long a law asks that something be kept, and which."""
    kind = _kind(kept)
    before = minimum.stated()[kind]
    form = Least(posted(request), initial={"days": before.days if before else None})
    if form.is_valid():
        said, actor = form.cleaned_data, someone(request).actor
        if did(form, lambda: state_minimum(actor, kind, said["days"], said["reason"])):
            messages.success(request, str(Message("The legal minimum is on record.")))
            return redirect("desk:data")
    page = {"here": "settings", "form": form, "name": KEPT[kind], "since": FROM_WHEN[kind]}
    return render(request, "desk/data/least.html", page)


def _kind(kept: str) -> Kind:
    kind = next((each for each in Kind if each.value == kept), None)
    if kind is None:
        raise NotFound(Message("There is no such thing to keep."), Message("Go back to the list."))
    return kind
