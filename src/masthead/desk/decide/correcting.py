"""Correct what is out: never gated, shown as readers will see it before it goes."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from masthead.desk.decide.differences import stretches
from masthead.desk.decide.forms import Correct
from masthead.desk.decide.kept import Kept
from masthead.desk.decide.pending import drop, pending, put
from masthead.desk.decide.told import told
from masthead.desk.decide.unreached import say_unreached
from masthead.desk.doing import done
from masthead.desk.item.answering import see_other, taken
from masthead.desk.item.editing import editable
from masthead.desk.item.handing import file_given, text_given
from masthead.desk.item.reading import words_of
from masthead.desk.items import about_item
from masthead.language import Message
from masthead.newsroom.accounts.access import someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.items import blobs
from masthead.newsroom.items.commands import newest
from masthead.newsroom.items.given import Answers, Given
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.items.reading import read
from masthead.newsroom.public import commands
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.review.foreseeing import given_away, told_if_corrected
from masthead.newsroom.review.models import Publication
from masthead.newsroom.review.standing import live_sign_off, publications, withdrawal
from masthead.newsroom.witness.telling import about_ours
from masthead.reading.difference import within
from masthead.reading.document import Document
from masthead.vocabulary import Medium

STEP = "correct"


@about_item(Action.CORRECT)
def correct(request: HttpRequest, item: Item) -> HttpResponse:
    """The change and the note; then what readers will see; then it is out."""
    out = next(iter(publications(item)[-1:]), None)
    if out is None or withdrawal(item) is not None:
        return _nothing(request, item)
    out.item = out.version.item = item
    if request.method != "POST":
        return _looking(request, out) or _ask(request, out, *_begun(request, out))
    kept = Kept.opened(someone(request), item, request.POST.get("kept", ""))
    form = Correct(request.POST, request.FILES, version=out.version, kept=kept is not None)
    if not form.is_valid():
        return _ask(request, out, form, kept)
    if request.POST.get("decision") == "send" and kept is not None:
        return _sent(request, out, form, kept)
    given = taken(form, "file", lambda: _given(request, out, form, kept))
    if given is None or taken(form, "file", lambda: read(given.given)) is None:
        return _ask(request, out, form, kept)
    put(request, STEP, item, {**dict(form.passed_on), "base": form.data["base"], "kept": given.token})
    return see_other("desk:correct", item.public_id, query="look")


def _looking(request: HttpRequest, out: Publication) -> HttpResponse | None:
    """The second page, where it is asked for and there is something to look at."""
    said = pending(request, STEP, out.item)
    kept = Kept.opened(someone(request), out.item, said.get("kept", ""))
    form = Correct(said, version=out.version, kept=True)
    if "look" not in request.GET or kept is None or not form.is_valid():
        return None
    return _shown(request, out, form, kept)


def _begun(request: HttpRequest, out: Publication) -> tuple[Correct, Kept | None]:
    """The form, with what was typed where somebody comes back to change it."""
    said = pending(request, STEP, out.item) if "change" in request.GET else {}
    kept = Kept.opened(someone(request), out.item, said.get("kept", ""))
    if kept is None:
        return Correct(version=out.version, initial=_known(out)), None
    words = {} if kept.file else {"words": kept.given.content.decode()}
    return Correct(version=out.version, initial={**said, **words}, kept=kept.file), kept


def _known(out: Publication) -> dict[str, Any]:
    begins = _beginning(out)
    return {"words": editable(begins).words, "title": begins.title, "base": newest(out.item).number}


def _beginning(out: Publication) -> Version:
    """What the form begins with: newer words where somebody signed them off, else what is out.

    Of a picture, what is out: the form shows none, and a field left empty must not send another one out.
    """
    latest = newest(out.item)
    signed = out.item.medium == Medium.TEXT and live_sign_off(latest) is not None
    return latest if signed else out.version


def _given(request: HttpRequest, out: Publication, form: Correct, kept: Kept | None) -> Kept:
    """A file handed in now, else what was kept, else the words as edited; unchanged, the same bytes."""
    who, said = someone(request), form.cleaned_data
    if said["file"]:
        return Kept.keep(who, out.item, file_given(said["file"]), file=True)
    if kept is not None:
        return kept
    begun = _beginning(out)
    before, words = editable(begun), said.get("words", "")
    if out.item.medium != Medium.TEXT or words.rstrip() == before.words.rstrip():
        same = Given(before.name, blobs.fetch(begun.sha256))
        return Kept.keep(who, out.item, same, file=out.item.medium != Medium.TEXT)
    return Kept.keep(who, out.item, text_given(words, before.edited), file=False)


def _sent(request: HttpRequest, out: Publication, form: Correct, kept: Kept) -> HttpResponse:
    who, said, item = someone(request), form.cleaned_data, out.item
    title = said["title"] if said["title"] != newest(item).title else ""
    sent = done(
        form,
        lambda: commands.correct(
            who.actor,
            item,
            kept.given,
            said["note"],
            uses=form.uses,
            sources=(),
            folder=site_folder(item),
            answers=Answers(title),
            seen=said["base"],
        ),
    )
    if sent is None:
        return _shown(request, out, form, kept)
    drop(request, STEP, item)
    messages.success(request, str(Message("The correction is out. Renew what you pasted elsewhere.")))
    say_unreached(request, item)
    return see_other("desk:disclosure", item.public_id)


def _shown(request: HttpRequest, out: Publication, form: Correct, kept: Kept) -> HttpResponse:
    """What readers will see, before it goes out."""
    document = taken(form, "file", lambda: read(kept.given))
    if document is None:
        return _ask(request, out, form, None)
    said = form.cleaned_data
    record = told_if_corrected(
        out,
        said["note"],
        title=said["title"],
        uses=form.uses,
        same_words=document.canonical_sha256 == out.version.canonical_sha256,
        now=datetime.now(UTC),
        signed=_repeated(out, document, said["title"]),
    )
    page = {
        "item": out.item,
        "out": out,
        "form": form,
        "kept": kept,
        "base": newest(out.item).number,
        "today": datetime.now(UTC),
        "title": within(out.version.title, said["title"]) if said["title"] != out.version.title else (),
        "stretches": stretches(words_of(out.version), document) if document.medium is Medium.TEXT else (),
        "same": document.sha256 == out.version.sha256,
        "told": told(record),
        "given_away": given_away(said["note"], out.version.language),
        "alarm": about_ours(),
    }
    status = 409 if form.errors else 200
    return render(request, "desk/decide/correct_look.html", page, status=status)


def _repeated(out: Publication, document: Document, title: str) -> Version | None:
    """The version that the form began with, where it is a newer one and goes out as it stands."""
    begun = _beginning(out)
    same = (begun.sha256, begun.title) == (document.sha256, title)
    return begun if same and begun != out.version else None


def _ask(request: HttpRequest, out: Publication, form: Correct, kept: Kept | None = None) -> HttpResponse:
    begun = _beginning(out)
    page = {
        "item": out.item,
        "out": out,
        "form": form,
        "kept": kept if kept and kept.file else None,
        "begun": begun,
        "exact": editable(begun).exact,
        "systems": AISystem.objects.order_by("name").values_list("name", flat=True),
        "uses": out.version.ai_uses.all(),
        "alarm": about_ours(),
    }
    return render(request, "desk/decide/correct.html", page, status=422 if form.errors else 200)


def _nothing(request: HttpRequest, item: Item) -> HttpResponse:
    return render(
        request, "desk/decide/nothing_out.html", {"item": item, "gone": withdrawal(item)}, status=409
    )
