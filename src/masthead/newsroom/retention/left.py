"""Note what is left to do outside a transaction: `finishing` does it, at once or by the clock."""

from datetime import UTC, datetime

from masthead.newsroom.items.models import Item
from masthead.newsroom.retention.models import Remains, Todo


def note(what: Todo, name: str, before: datetime) -> None:
    """Note it, once."""
    Remains.objects.update_or_create(what=what, name=name, defaults={"before": before})


def pages(item: Item) -> None:
    """Note that not all folders of an item are as the record has it."""
    note(Todo.PAGES, item.public_id, datetime.now(UTC))
