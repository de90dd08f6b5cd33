"""A line of a list of items: `{% load lines %}`, `{{ row|line:grouped }}`."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from masthead.desk.work.row import Row
from masthead.language import active

register = template.Library()


@register.filter
def line(row: Row, grouped: object) -> SafeString:
    """The line of a row; `grouped` is whether a heading over it says what is next already."""
    make = _line.__wrapped__ if row.protected else _line
    return make(row, bool(grouped), active())


@lru_cache(maxsize=4096)
def _line(row: Row, grouped: bool, language: str) -> SafeString:
    # A row says all that its line shows, so that the same row is the same line: for people who look at their
    # work all day, that is nearly every one.
    return render_to_string("desk/work/row.html", {"row": row, "grouped": grouped})
