"""The pages about the house: home, register, corrections; each with its data beside it."""

from collections.abc import Mapping
from typing import Any

from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.public.serving.declaring import kept
from masthead.newsroom.public.serving.freshness import REGISTER, WENT_OUT, rests
from masthead.newsroom.public.serving.kept import Body
from masthead.newsroom.public.showing import home as at_home
from masthead.newsroom.public.showing.news import CHANGES, how_many, news
from masthead.newsroom.public.showing.register import register as registered
from masthead.newsroom.public.showing.register import tiers
from masthead.newsroom.public.showing.site import as_json, shown

EACH = 50
"""Lines on a page of a list."""


@kept
def home(asking: Asking) -> Body:
    """How we use AI."""
    told = at_home.home(asking.today)
    content = shown("public/site/home.html", asking, told, "home").encode()
    # Who sets a desk up looks here a moment later.
    headers = () if told["outlet"] else (("Cache-Control", "no-store"),)
    return Body(content, headers=headers, rests=rests(WENT_OUT, REGISTER))


@kept
def home_data(asking: Asking) -> Body:
    """The same as JSON."""
    told = {"language": asking.language, **at_home.home(asking.today)}
    return Body(as_json(told), "application/json", rests=rests(WENT_OUT, REGISTER))


@kept
def register(asking: Asking) -> Body:
    """The AI register."""
    told = {"systems": registered(), "tiers": tiers()}
    return Body(shown("public/site/register.html", asking, told, "register").encode(), rests=rests(REGISTER))


@kept
def register_data(asking: Asking) -> Body:
    """The same as JSON."""
    told = {"language": asking.language, "systems": registered()}
    return Body(as_json(told), "application/json", rests=rests(REGISTER))


@kept
def corrections(asking: Asking) -> Body:
    """Everything that was corrected or withdrawn, newest first."""
    told = _corrections(asking)
    content = shown("public/site/corrections.html", asking, told, "corrections")
    return Body(content.encode(), rests=rests(WENT_OUT))


@kept
def corrections_data(asking: Asking) -> Body:
    """The same as JSON."""
    told = _corrections(asking)
    lines = [
        {
            "item": each.item,
            "url": asking.whole(f"/items/{each.item}/"),
            "what": each.what,
            "on": each.at,
            "title": each.title,
            "language": each.language,
            "note": each.note,
        }
        for each in told["lines"]
    ]
    return Body(as_json({**told, "lines": lines}), "application/json", rests=rests(WENT_OUT))


def _corrections(asking: Asking) -> Mapping[str, Any]:
    total = how_many(CHANGES)
    pages = max(1, -(-total // EACH))
    if asking.page > pages:
        raise NotFound(Message("There is no such page of this list."), Message("Begin with its first page."))
    lines = news(CHANGES, start=(asking.page - 1) * EACH, count=EACH)
    return {"lines": lines, "total": total, "page": asking.page, "pages": pages}
