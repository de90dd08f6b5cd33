"""Dates as the public pages print them."""

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from masthead.clock import day_of
from masthead.labels.dates import spoken

register = template.Library()


@register.filter
def day(on: date) -> SafeString:
    """A day, or the outlet's day of a moment, in the active language, as a `time` element."""
    return format_html('<time datetime="{}">{}</time>', day_of(on).isoformat(), spoken(on))
