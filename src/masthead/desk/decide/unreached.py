"""Say on the next page which folders what went out, or was taken back, did not reach."""

from django.contrib import messages
from django.http import HttpRequest

from masthead.newsroom.items.models import Item
from masthead.newsroom.public.folders import unreached
from masthead.newsroom.public.gone import about


def say_unreached(request: HttpRequest, item: Item) -> None:
    """Name the folders that are away, and what to do; nothing where there are none."""
    if said := about(unreached(item)):
        messages.warning(request, str(said))
