"""Dates as the public pages print them."""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from masthead.labels.dates import spoken

register = template.Library()


@register.filter
def day(moment: date) -> SafeString:
    """A day in the active language, as a `time` element."""
    on = moment.date() if isinstance(moment, datetime) else moment
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), spoken(on))
