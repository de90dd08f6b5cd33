"""The lines as plain values, to compare them."""

from typing import Any

from masthead.newsroom.items.models import Item
from masthead.newsroom.worklist.models import Line, Maker, Used


def lines() -> list[list[Any]]:
    """Everything the worklist holds, but for how it came there."""
    return [
        list(Line.objects.order_by("item").values_list()),
        sorted(Maker.objects.values_list("line", "person", "wrote", "unfinished")),
        sorted(Used.objects.values_list("line", "key", "out")),
    ]


def line(item: Item) -> Line:
    """The line of an item as it is kept now."""
    return Line.objects.get(item=item)
