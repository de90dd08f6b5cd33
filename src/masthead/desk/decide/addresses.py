"""Where what goes out can be found: the folder it is written to, the address that the audience has."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from masthead.newsroom.items.models import Item


def page_of(request: HttpRequest, item: Item, language: str = "") -> str:
    """The whole address of an item's public page; in `language` where one is named.

    It begins with the address in the settings, else with the one by which this desk was asked for.
    """
    path = reverse("public:item", args=[item.public_id])
    if language:
        path = f"/{language}{path}"
    known = settings.MASTHEAD.address.rstrip("/")
    return f"{known}{path}" if known else request.build_absolute_uri(path)
