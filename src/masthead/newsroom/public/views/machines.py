"""Addresses that software looks for."""

from django.conf import settings

from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.public.serving.declaring import kept
from masthead.newsroom.public.serving.freshness import KEYS, WENT_OUT, WITNESS, beside, rests
from masthead.newsroom.public.serving.kept import Body
from masthead.newsroom.public.showing import machines
from masthead.newsroom.public.showing.site import as_json

PLAIN = "text/plain; charset=utf-8"
XML = "application/xml; charset=utf-8"


@kept
def well_known(asking: Asking) -> Body:
    """Where everything is, and whose key signs."""
    before = beside()  # With a checkpoint a key may cease to sign along.
    content = as_json(machines.well_known(asking))
    # Others' pages may read it too: it is how organisations find each other.
    open_to_all = (("Access-Control-Allow-Origin", "*"),)
    on = rests(KEYS, WITNESS, beside=before)
    return Body(content, "application/json", headers=open_to_all, rests=on, negotiated=False)


@kept
def site_map(asking: Asking) -> Body:
    """The site map, or the list of its parts."""
    count = machines.parts()
    content = machines.site_map(asking, 1) if count == 1 else machines.site_maps(asking, count)
    return Body(content, XML, rests=rests(WENT_OUT), negotiated=False)


@kept
def site_map_part(asking: Asking, part: int) -> Body:
    """One part of the site map."""
    if not 1 <= part <= machines.parts():
        raise _nothing()
    return Body(machines.site_map(asking, part), XML, rests=rests(WENT_OUT), negotiated=False)


@kept
def robots(asking: Asking) -> Body:
    """What search engines may look at."""
    return Body(machines.robots(asking).encode(), PLAIN, rests=rests(), negotiated=False)


@kept
def security(asking: Asking) -> Body:
    """Whom to tell of a hole, where the settings name somebody."""
    contact = settings.MASTHEAD.contact
    if not contact:
        raise _nothing()
    return Body(machines.security(asking, contact).encode(), PLAIN, rests=rests(), negotiated=False)


def _nothing() -> NotFound:
    return NotFound(
        Message("There is no page at this address."),
        Message("Check the address, or begin at the front page."),
    )
