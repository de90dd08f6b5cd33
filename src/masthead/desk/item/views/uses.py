"""Say what AI did: which system, what for, how much it matters, on which words."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from masthead.desk.doing import done
from masthead.desk.item import checking
from masthead.desk.item.answering import form_page, see_other
from masthead.desk.item.before_them import current, looked_at
from masthead.desk.item.finding_words import Spot, spots
from masthead.desk.item.forms import OTHER, AddUse, Systems
from masthead.desk.item.reading import words_of
from masthead.desk.items import about_item
from masthead.language import Message
from masthead.newsroom.accounts.access import someone
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.items.commands import OnRecordAlready, newest, record_use
from masthead.newsroom.items.given import UseGiven
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.register.commands import in_use
from masthead.vocabulary import Task, Tier


@about_item(Action.WORK_ON_ITEM)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, item: Item) -> HttpResponse:
    """The form, on a page of its own and in the bar below the text."""
    version, who = newest(item), someone(request)
    known = in_use()
    before = looked_at(request, item, version)
    inline = request.headers.get("HX-Request") == "true"
    form = _sent(request, known, before, version) if request.method == "POST" else _blank(request, known)
    places: tuple[Spot, ...] = ()
    if form.is_bound and form.is_valid() and current(form, before):
        part, places = _part(form, version, request.POST.get("place", ""))
        if not form.errors:
            said = form.cleaned_data
            use = UseGiven(said["system"], Task(said["task"]), Tier(said["tier"]), part)
            if done(form, lambda: _recorded(who.actor, version, use, twice=inline)):
                checking.ask(who, version)
                messages.success(request, str(Message("On record: what AI did here.")))
                return see_other("desk:item", item.public_id, query="at=uses" if inline else "", at="uses")
    template = "desk/item/part/add_use.html" if inline else "desk/item/add_use.html"
    answer = form_page(request, template, form, item=item, version=version, places=places)
    if inline:
        # Sent from the bar to change the page below; what it lacks is asked on a page of its own.
        answer["HX-Retarget"], answer["HX-Reswap"] = "#main", "innerHTML"
        answer["HX-Push-Url"] = request.path  # The way back is to another address than this page's.
    return answer


def _recorded(actor: Actor, version: Version, use: UseGiven, *, twice: bool) -> bool:
    """Put it on record. `twice` is whether it may have been sent twice by one press: then once is enough."""
    try:
        record_use(actor, version, use)
    except OnRecordAlready:
        if not twice:
            raise
    return True


def _sent(request: HttpRequest, known: Systems, before: Version, version: Version) -> AddUse:
    """The form as sent. Places in a text that is no longer the newest become the words that stand there."""
    said = request.POST.copy()
    start, end = said.get("start", "")[:9], said.get("end", "")[:9]
    if before.id != version.id and start.isdecimal() and end.isdecimal():
        said["words"] = words_of(before).text[int(start) : int(end)]
        said["start"] = said["end"] = ""
    return AddUse(said, systems=known)


def _blank(request: HttpRequest, known: Systems) -> AddUse:
    named = request.GET.get("system", "")[:200]
    initial = (
        {"system": named} if named in dict(known) else {"system": OTHER, "other": named} if named else {}
    )
    return AddUse(systems=known, initial=initial)


def _part(form: AddUse, version: Version, place: str) -> tuple[tuple[int, int] | None, tuple[Spot, ...]]:
    """The words that AI touched, as places in the text; where they stand often, where, to choose from."""
    said = form.cleaned_data
    if said["start"] is not None and said["end"] is not None:
        return (said["start"], said["end"]), ()
    if not said["words"]:
        return None, ()
    found = spots(words_of(version).text, said["words"])
    chosen = [spot for spot in found if place == f"{spot.start}-{spot.end}"]
    found = tuple(chosen) or found
    if not found:
        form.add_error(
            "words", gettext_lazy("These words are not in the text. Copy them as they stand in it.")
        )
    if len(found) > 1:
        form.add_error("words", gettext_lazy("These words stand there more than once. Say where, below."))
        return None, found
    return ((found[0].start, found[0].end) if found else None), ()
