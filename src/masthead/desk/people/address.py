"""Where this desk is: the beginning of every link that is handed out or mailed."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> str:
    """The address that is set, else the one asked for: no header of a stranger begins a link in a mail."""
    return settings.MASTHEAD.address or f"{request.scheme}://{request.get_host()}"
