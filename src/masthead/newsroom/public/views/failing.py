"""What the public reads where there is nothing to show."""

from django.http import HttpResponse

from masthead.errors import MastheadError
from masthead.language import Message
from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.public.serving.reply import private
from masthead.newsroom.public.showing.site import shown

NOT_THERE = (
    Message("There is no page at this address."),
    Message("Check the address, or begin at the front page."),
)
REFUSED = (
    Message("This cannot be shown just now."),
    Message("Come back in a while; nothing is lost."),
)


def refused(asking: Asking, status: int, error: MastheadError | None = None) -> HttpResponse:
    """A page that says what happened and what to do. Of faults inside nothing is told."""
    told = (error.what, error.remedy) if error is not None and status < 500 else REFUSED
    what, remedy = NOT_THERE if status == 404 else told
    content = shown(
        "public/site/failing.html",
        asking,
        {"what": what, "remedy": remedy, "canonical": "", "json_address": ""},
    )
    response = private(HttpResponse(content, status=status), asking)
    # Django would log the whole address, and one that was mistyped may be nearly somebody's private link.
    response._has_been_logged = True  # type: ignore[attr-defined]  # what `log_response` looks at
    return response
