"""Note what is left to do outside a transaction: `finishing` does it, at once or by the clock."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from masthead.newsroom.items.models import Item
from masthead.newsroom.public.folders import away
from masthead.newsroom.retention.models import Remains, Todo


def note(what: Todo, name: str, before: datetime) -> None:
    """Note it, once."""
    Remains.objects.update_or_create(what=what, name=name, defaults={"before": before})


def pages(item: Item) -> None:
    """Note that not all folders of an item are as the record has it."""
    note(Todo.PAGES, item.public_id, datetime.now(UTC))


def written(item: Item) -> Callable[[], object]:
    """What takes the note of an item away once all its folders are written; asked for before they are.

    One that was made anew meanwhile stays: what it is about was perhaps recorded after they were read. So
    does that of an item of which a folder is away, on a disk that is not mounted say.
    """
    rows = Remains.objects.filter(what=Todo.PAGES, name=item.public_id)
    before = rows.values_list("before", flat=True).first()

    def done() -> None:
        if before is not None and not away(item):
            rows.filter(before=before).delete()

    return done


def waited_for() -> list[Path]:
    """The folders that are away and are to be written once they are back."""
    rows = Remains.objects.filter(what=Todo.PAGES)
    found = []
    for item in Item.objects.filter(public_id__in=rows.values("name")).order_by("pk"):
        with suppress(OSError):  # which folders it has cannot be read: it is among what is left
            found += away(item)
    return list(dict.fromkeys(found))


def unwritten() -> list[str]:
    """The items, by public id, whose pages are still to be written though none of their folders is away."""
    found = []
    for name in Remains.objects.filter(what=Todo.PAGES).order_by("pk").values_list("name", flat=True):
        item = Item.objects.filter(public_id=name).first()
        try:
            waits = item is not None and bool(away(item))
        except OSError:
            waits = False
        if not waits:
            found.append(name)
    return found
