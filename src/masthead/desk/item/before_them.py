"""Which version a person had before them when they sent a form: nothing is put on record of another."""

from django.forms import BaseForm
from django.http import HttpRequest

from masthead.desk.doing import did
from masthead.newsroom.items.commands import still_newest
from masthead.newsroom.items.models import Item, Version


def looked_at(request: HttpRequest, item: Item, newest: Version) -> Version:
    """The version that the form names; the newest where it names none."""
    number = request.POST.get("version", "")[:9]
    known = number.isascii() and number.isdecimal()
    version = item.versions.filter(number=int(number)).first() if known else None
    if version is None:
        return newest
    version.item = item
    return version


def current(form: BaseForm, version: Version) -> bool:
    """Whether `version` is still the newest; else the form says that someone was quicker."""
    return did(form, lambda: still_newest(version))
