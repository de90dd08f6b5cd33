"""Who asked, and by which scheme: as the connection says, or as a proxy of ours says.

Anyone can write `X-Forwarded-…` into a request. So these headers are believed where the setting
`behind_proxy` says that every request comes through a proxy of ours, which sets them anew, and are taken away
everywhere else: whoever looks at `REMOTE_ADDR` or `is_secure()` further on cannot be told a tale.
"""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

SENDER, SCHEME = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"
NEVER = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_X_REAL_IP")


class Forwarded:
    """Middleware, before everything that asks who is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._believed = settings.MASTHEAD.behind_proxy

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on with what can be believed."""
        said = request.META
        for name in NEVER if self._believed else (*NEVER, SENDER, SCHEME):
            said.pop(name, None)
        if self._believed and (sender := _last(said.pop(SENDER, ""))):
            said["REMOTE_ADDR"] = sender
        return self.get_response(request)


def _last(header: str) -> str:
    """The address that the nearest proxy added, which is the last; empty where it is none."""
    said = header.rpartition(",")[2].strip()
    try:
        return str(ip_address(said))
    except ValueError:
        return ""
