"""Things that went out, for tests of the public pages."""

from tests.newsroom.desk import Desk, approved, ready, text, use

from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.public import commands
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.register.models import AISystem


def published(desk: Desk, **how: str) -> Item:
    """An item that AI touched, published to where the desk publishes it."""
    if not AISystem.objects.exists():
        approved(desk)
    version: Version = ready(desk, use(), **how)
    commands.publish(desk.editor, version, site_folder(version.item))
    return version.item


def corrected(
    desk: Desk, item: Item, words: str = "The river's banks held after all.", note: str = ""
) -> None:
    """The item corrected."""
    said = note or "The banks held."
    commands.correct(desk.editor, item, text(words), said, uses=(), sources=(), folder=site_folder(item))


def withdrawn(desk: Desk, item: Item) -> None:
    """The item withdrawn."""
    commands.withdraw(desk.editor, item, "The document was forged.", site_folder(item))


def page_of(item: Item) -> str:
    """The address of its page."""
    return f"/items/{item.public_id}/"
