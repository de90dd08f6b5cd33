"""What stands in place of a title where there is none: `{% load untitled %}`, `{{ item|untitled }}`."""

from django import template

from masthead.desk.work.row import UNTITLED
from masthead.newsroom.items.models import Item
from masthead.vocabulary import Medium

register = template.Library()


@register.filter
def untitled(item: Item) -> str:
    """Says of what kind the item is, in the active language."""
    return str(UNTITLED[Medium(item.medium)])
