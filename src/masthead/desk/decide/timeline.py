"""The timeline of an item: drawn, and told step by step beside it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_bidi

from masthead.desk.decide.drawing import Sheet, sheet
from masthead.desk.decide.steps import Step, steps_of
from masthead.desk.items import about_item
from masthead.language import Message
from masthead.newsroom.accounts.access import Someone, someone
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.items.sight import may_see_drafts
from masthead.newsroom.review.standing import publications

WIDE, NARROW = 24, 6
"""Steps a row on a wide page and on a narrow one."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """An item's steps with their drawing, once for a wide page and once for a narrow one."""

    steps: tuple[Step, ...]
    wide: Sheet
    narrow: Sheet
    sum: Message


def steps_for(item: Item, who: Someone) -> Timeline:
    """The timeline of `item` as `who` may see it, for `desk/decide/part/timeline.html`. A dozen queries."""
    steps = steps_of(item, who)
    machines = sum(step.machine for step in steps)
    rtl = get_language_bidi()
    return Timeline(
        steps,
        sheet(steps, WIDE, rtl=rtl),
        sheet(steps, NARROW, rtl=rtl),
        Message(
            "%(n)d step: %(people)d by people, %(machines)d by machines.",
            {"n": len(steps), "people": len(steps) - machines, "machines": machines},
            "%(n)d steps: %(people)d by people, %(machines)d by machines.",
        ),
    )


@about_item(drafts=False)
def timeline(request: HttpRequest, item: Item) -> HttpResponse:
    """Every step, drawn and listed."""
    who = someone(request)
    page = {"item": item, "version": _called(item, who), "timeline": steps_for(item, who)}
    return render(request, "desk/decide/timeline.html", page)


def _called(item: Item, who: Someone) -> Version | None:
    """The version whose title the page bears: what went out, for those who see no drafts."""
    if may_see_drafts(item, who.id, who.roles):
        return item.versions.order_by("-number").first()
    out = publications(item)
    return out[-1].version if out else None
