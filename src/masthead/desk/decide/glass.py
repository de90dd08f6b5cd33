"""Publish past the gate in an emergency, and the review of it by a second person."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from masthead.desk.decide.content import shown_text
from masthead.desk.decide.forms import BreakGlass as BreakGlassForm
from masthead.desk.decide.forms import SecondReview
from masthead.desk.decide.outlook import in_the_way, unbreakable
from masthead.desk.decide.passed import passed_over
from masthead.desk.decide.pending import drop, pending, put
from masthead.desk.decide.told import told
from masthead.desk.decide.unreached import say_unreached
from masthead.desk.doing import did
from masthead.desk.item.answering import see_other
from masthead.desk.items import about_item
from masthead.errors import MastheadError, NotAllowed
from masthead.language import Message
from masthead.newsroom.accounts.access import someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.items.commands import newest
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.review.clearing import clearance
from masthead.newsroom.review.foreseeing import told_if_broken
from masthead.newsroom.review.models import BreakGlass
from masthead.newsroom.review.standing import publications, to_review, withdrawal
from masthead.newsroom.witness.telling import about_ours

STEP = "break glass"


@about_item(Action.BREAK_GLASS)
def break_glass(request: HttpRequest, item: Item) -> HttpResponse:
    """A reason, then a second page that asks whether it is meant; then it is out."""
    version = newest(item)
    version.item = item
    if request.method != "POST":
        said = pending(request, STEP, item)
        form = BreakGlassForm(said) if said and "look" in request.GET else None
        if form is not None and form.is_valid():
            return _ask(request, item, version, form, confirm=True)
        return _ask(request, item, version, BreakGlassForm(initial={**said, "version": version.number}))
    form = BreakGlassForm(request.POST)
    if not form.is_valid():
        return _ask(request, item, version, form)
    if not form.cleaned_data["sure"]:
        put(request, STEP, item, {"version": form.data["version"], "reason": form.cleaned_data["reason"]})
        return see_other("desk:break_glass", item.public_id, query="look")
    looked_at = item.versions.filter(number=form.cleaned_data["version"]).first() or version
    looked_at.item = item
    return _broken(request, item, looked_at, form)


def _broken(request: HttpRequest, item: Item, version: Version, form: BreakGlassForm) -> HttpResponse:
    """Decide, then publish; where only the latter fails, the page to publish says what now."""
    actor, reason = someone(request).actor, form.cleaned_data["reason"]
    within = timedelta(hours=settings.MASTHEAD.review_hours)
    if not did(form, lambda: public.break_glass(actor, version, reason, review_within=within)):
        return _ask(request, item, newest(item), form)
    drop(request, STEP, item)
    try:
        public.publish(actor, version, site_folder(item))
    except NotAllowed:
        raise
    except MastheadError as error:
        messages.warning(request, str(error))
        return see_other("desk:publish", item.public_id)
    said = Message(
        "Version %(n)d is out, past the gate. A second person is to review it.", {"n": version.number}
    )
    messages.success(request, str(said))
    say_unreached(request, item)
    return see_other("desk:disclosure", item.public_id)


def _ask(
    request: HttpRequest, item: Item, version: Version, form: BreakGlassForm, *, confirm: bool = False
) -> HttpResponse:
    now = datetime.now(UTC)
    version.item = item
    decided = clearance(version, now=now)
    fixed, out = unbreakable(decided), publications(item)
    page = {
        "item": item,
        "version": version,
        "form": form,
        "confirm": confirm,
        "gone": withdrawal(item),
        "out": bool(out) and out[-1].version_id == version.id,
        "clear": decided.clear,
        "fixed": in_the_way(version, fixed, someone(request)),
        "passed": in_the_way(version, [o for o in decided.obstacles if o not in fixed], someone(request)),
        "due": now + timedelta(hours=settings.MASTHEAD.review_hours),
        "hours": settings.MASTHEAD.review_hours,
        "told": told(told_if_broken(version)),
        "alarm": about_ours(),
    }
    return render(request, "desk/decide/break_glass.html", page, status=422 if form.errors else 200)


@about_item(Action.SIGN_OFF)
def second_review(request: HttpRequest, item: Item) -> HttpResponse:
    """Look again at what went out past the gate: it stands, or it should not have gone out."""
    glasses = BreakGlass.objects.filter(version__item=item).select_related(
        "person", "version", "entry", "review"
    )
    looked_at = request.POST.get("version", "")
    if looked_at.isascii() and looked_at.isdecimal() and len(looked_at) < 10:
        # What was shown is what is reviewed, though somebody reviewed it meanwhile and another one waits.
        glasses = glasses.filter(version__number=int(looked_at))
    waiting = to_review(glasses).order_by("review_due", "id")
    broken = waiting.first() or glasses.order_by("-entry__place").first()
    waits = broken is not None and broken in waiting
    form = SecondReview(request.POST or None)
    if request.method == "POST" and broken is not None and form.is_valid():
        upheld = form.cleaned_data["verdict"] == "uphold"
        note = form.cleaned_data["note"]
        actor = someone(request).actor
        if did(form, lambda: public.review_break_glass(actor, broken, upheld=upheld, note=note)):
            return _reviewed(request, item, upheld=upheld)
    now = datetime.now(UTC)
    if broken is not None:
        broken.version.item = item
    page = {
        "item": item,
        "form": form,
        "broken": broken,
        "own": broken is not None and broken.person_id == someone(request).id,
        "review": getattr(broken, "review", None),
        "over": not waits and not hasattr(broken, "review"),
        "overdue": broken is not None and waits and now > broken.review_due,
        "passed": passed_over(broken) if broken else (),
        "text": shown_text(broken.version) if broken else None,
        "hours": settings.MASTHEAD.review_hours,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/decide/second_review.html", page, status=status)


def _reviewed(request: HttpRequest, item: Item, *, upheld: bool) -> HttpResponse:
    if upheld:
        messages.success(
            request, str(Message("Reviewed: it stands. The audience is told that a second person looked."))
        )
        return see_other("desk:item", item.public_id)
    messages.success(
        request,
        str(Message("Reviewed: it should not have gone out. It is out still: correct it, or withdraw it.")),
    )
    return see_other("desk:second_review", item.public_id)
