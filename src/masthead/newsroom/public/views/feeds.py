"""Feeds of what went out, was corrected, withdrawn and answered."""

from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.public.serving.declaring import kept
from masthead.newsroom.public.serving.freshness import ANSWERS, WENT_OUT, rests
from masthead.newsroom.public.serving.kept import Body
from masthead.newsroom.public.showing.feeds import FEEDS, LINES, atom, json_feed
from masthead.newsroom.public.showing.news import news


@kept
def feed(asking: Asking, name: str, form: str) -> Body:
    """The feed `items` or `corrections`, as `atom` or `json`."""
    lines = news(FEEDS[name], count=LINES)
    on = rests(WENT_OUT, ANSWERS)
    if form == "atom":
        return Body(atom(name, lines, asking), "application/atom+xml; charset=utf-8", rests=on)
    return Body(json_feed(name, lines, asking), "application/feed+json; charset=utf-8", rests=on)
