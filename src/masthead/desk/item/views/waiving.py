"""Waive a finding, with a reason."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from masthead.desk.doing import did
from masthead.desk.item.answering import form_page, see_other
from masthead.desk.item.finding_words import sentence_of
from masthead.desk.item.forms import Waive
from masthead.desk.item.notes import SHOWS, following, narrowed, notes_of
from masthead.desk.item.passages import part_with
from masthead.desk.item.reading import words_of
from masthead.desk.items import about_item
from masthead.language import Message
from masthead.newsroom.accounts.access import someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.items.commands import newest
from masthead.newsroom.items.models import Item
from masthead.newsroom.review.commands import waive as waive_finding
from masthead.newsroom.review.commands.deciding import finding_called
from masthead.newsroom.review.on_record import OnRecord
from masthead.vocabulary import WaiverReason


@about_item(Action.WAIVE)
@require_http_methods(["GET", "POST"])
def waive(request: HttpRequest, item: Item, fingerprint: str) -> HttpResponse:
    """The form; beside its finding where the page asked for it there."""
    version = newest(item)
    finding = finding_called(version, fingerprint)
    show, slot = request.GET.get("show", "all"), request.GET.get("slot", "")[:6]
    show = show if show in SHOWS else "all"
    inline = request.headers.get("HX-Request") == "true"
    form = Waive(request.POST) if request.method == "POST" else Waive()
    if form.is_bound and form.is_valid():
        reason = WaiverReason(form.cleaned_data["reason"])
        note, who = form.cleaned_data["note"], someone(request)
        shown_before = narrowed(notes_of(OnRecord(version), who), show)
        if did(form, lambda: waive_finding(who.actor, version, finding, reason, note)):
            messages.success(request, str(Message("Waived. The reason is on record.")))
            at = following(fingerprint, shown_before)
            return _go_on(item, show, at, part_with(words_of(version), shown_before, at), inline=inline)
    template = "desk/item/part/waive.html" if inline else "desk/item/waive.html"
    shown: dict[str, Any] = {
        "item": item,
        "finding": finding,
        "message": Message.from_json(finding.message),
        "version": version,
        "sentence": None if inline else sentence_of(words_of(version), finding.start, finding.end),
        "show": show,
        "slot": slot,
        "inline": inline,
    }
    answer = form_page(request, template, form, **shown)
    if inline and form.is_bound:
        # The form was sent to change the whole page; what it lacks is said where it stands.
        answer["HX-Retarget"], answer["HX-Reswap"] = f"#waive-{slot if slot.isdecimal() else 0}", "innerHTML"
    return answer


def _go_on(item: Item, show: str, at: str, part: int, *, inline: bool) -> HttpResponse:
    """The item's page at the place `at`: a browser goes to the fragment, which nobody tells to a part."""
    query = {"show": show} if show != "all" else {}
    query |= ({"part": str(part)} if part > 1 else {}) | ({"at": at} if inline else {})
    return see_other("desk:item", item.public_id, query=urlencode(query), at=at)
