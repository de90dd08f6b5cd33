"""Pages that show two versions side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from masthead.desk.decide.differences import decided_on, differences
from masthead.desk.items import about_item
from masthead.newsroom.items.erased import Erased, is_erased
from masthead.newsroom.items.models import Item, Version


@about_item()
def difference(request: HttpRequest, item: Item) -> HttpResponse:
    """What is different between two versions; by default the newest and the last one decided on."""
    known = item.versions.select_related("author").order_by("-number")
    # What was erased is no longer there to be compared.
    versions = [version for version in known if not is_erased(version.sha256)]
    if not versions:
        raise Erased
    new = _asked(versions, request.GET.get("to")) or versions[0]
    old = _asked(versions, request.GET.get("from")) or decided_on(item, new) or _before(versions, new)
    page = {
        "item": item,
        "versions": versions,
        "new": new,
        "old": old,
        "difference": differences(old, new) if old else None,
    }
    return render(request, "desk/decide/difference.html", page)


def _asked(versions: list[Version], said: str | None) -> Version | None:
    """The version of that number; None for none, or for what is no number."""
    return next((version for version in versions if str(version.number) == said), None)


def _before(versions: list[Version], version: Version) -> Version | None:
    return next((each for each in versions if each.number < version.number), None)
