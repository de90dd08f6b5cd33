"""What the pages before a login know: whose desk it is, and the ways in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from masthead.desk.people import post
from masthead.newsroom.accounts.models import Organisation


def at_the_door(request: HttpRequest) -> dict[str, Any]:
    """The outlet's name, the organisation's own `provider` of logins by name, and whether `mail` goes out."""
    if not request.path_info.startswith("/account/"):
        return {}
    found = Organisation.objects.first()
    return {
        "outlet": found.name if found else "",
        "provider": provider(),
        "mail": post.possible(),
        "here": "me",
    }


def provider() -> str:
    """The name of the organisation's own provider of logins; empty where there is none."""
    apps: Any = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return str(apps[0]["name"]) if apps else ""
