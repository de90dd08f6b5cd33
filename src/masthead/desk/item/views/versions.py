"""The next version of an item: its text edited, or a new file."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from masthead.desk.item import checking
from masthead.desk.item.answering import done_once, form_page, see_other, taken
from masthead.desk.item.editing import Editable, beginning, editable
from masthead.desk.item.forms import NewVersion
from masthead.desk.item.handing import file_given, text_given
from masthead.desk.item.mending import mending
from masthead.desk.items import about_item
from masthead.errors import NotAllowed
from masthead.language import Message
from masthead.newsroom.accounts.access import someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.items import blobs
from masthead.newsroom.items.commands import add_version, newest
from masthead.newsroom.items.draft import UseRow
from masthead.newsroom.items.erased import Erased
from masthead.newsroom.items.given import Answers, Given, UseGiven
from masthead.newsroom.items.left import is_no_more
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.items.reading import read
from masthead.vocabulary import Task, Tier


@about_item(Action.WORK_ON_ITEM)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, item: Item) -> HttpResponse:
    """The form; it begins at the words of the finding that `?finding=` names.

    Where someone else was quicker, both texts are shown and what was typed stays.
    """
    version = newest(item)
    version.item = item
    begun = beginning(version)
    if begun is None and is_no_more(item):
        raise Erased
    shown = editable(begun)
    base, form = _form(request, version, begun, shown)
    if form.is_bound and base is not None and form.is_valid():
        added = _added(request, form, base)
        if added is not None:
            checking.ask(someone(request), added)
            messages.success(request, str(Message("Version %(n)s is kept.", {"n": added.number})))
            return see_other("desk:item", item.public_id)
    overtaken = base is not None and newest(item).id != base.id
    about = mending(version, request.GET.get("finding", ""), shown)
    if about is not None:
        form.begin_at(about.place)
    return form_page(
        request,
        "desk/item/new_version.html",
        form,
        may_be_kept=not item.protected,
        item=item,
        version=version,
        begun=begun,
        editable=shown,
        mending=about,
        overtaken=overtaken,
        by_myself=newest(item).author_id == someone(request).id,
        theirs=editable(beginning(newest(item))) if overtaken else None,
    )


def _form(
    request: HttpRequest, version: Version, begun: Version | None, shown: Editable
) -> tuple[Version | None, NewVersion]:
    """The form, and the version it was opened on."""
    if request.method != "POST":
        known = {
            "words": shown.words,
            "base": version.number,
            "title": begun.title if begun and begun.titled else "",
            "public_interest": _said(version.public_interest),
            "realistic": _said(version.realistic),
        }
        return version, NewVersion(version=version, initial=known)
    number = request.POST.get("base", "")[:9]
    base = version.item.versions.filter(number=int(number)).first() if number.isdecimal() else None
    if base is not None:
        base.item = version.item
    return base, NewVersion(request.POST, request.FILES, version=base or version)


def _said(answer: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[answer]


def _added(request: HttpRequest, form: NewVersion, base: Version) -> Version | None:
    said, who, once = form.cleaned_data, someone(request), form.delivery
    given = taken(form, "file", lambda: _given(base, said))
    if given is None:
        return None
    answers = Answers(said["title"], said["public_interest"], said["realistic"])
    return _done_or_said(
        form,
        lambda: add_version(
            who.actor,
            base,
            given,
            uses=_put_right(form, said, given),
            answers=answers,
            language=base.language,
            once=once,
        ),
    )


def _done_or_said(form: NewVersion, command: Callable[[], Version]) -> Version | None:
    """As `done`; a text is too much to lose where only a tier needs someone else's right."""
    try:
        return done_once(form, command)
    except NotAllowed as error:
        form.add_error(None, str(error))
        return None


def _given(base: Version, said: dict[str, Any]) -> Given:
    """The file, else the text as edited; where that is as it was, the very bytes of the version."""
    if said["file"]:
        return file_given(said["file"])
    begun = beginning(base)
    before, words = editable(begun), said.get("words", "")
    if begun is not None and words.rstrip() == before.words.rstrip():
        return Given(before.name, blobs.fetch(begun.sha256))
    return text_given(words, before.edited)


def _put_right(form: NewVersion, said: dict[str, Any], given: Given) -> list[UseGiven]:
    """The AI uses that are said anew, with another task or tier; each for the words it was for."""
    anew = [
        (use, Task(said[f"{name}-task"]), Tier(said[f"{name}-tier"]))
        for use, name in form.uses
        if (use.task, use.tier) != (said[f"{name}-task"], said[f"{name}-tier"])
    ]
    text = read(given).text if any(use.start is not None for use, _, _ in anew) else ""
    return [UseGiven(use.system, task, tier, UseRow.of(use, text).use.part) for use, task, tier in anew]
