"""Dates and figures as the public pages print them."""

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from masthead.clock import day_of, utc_day
from masthead.labels.dates import spoken, spoken_utc
from masthead.newsroom import said

register = template.Library()


@register.filter
def day(on: date) -> SafeString:
    """A day, or the outlet's day of a moment, in the active language, as a `time` element."""
    return format_html('<time datetime="{}">{}</time>', day_of(on).isoformat(), spoken(on))


@register.filter
def day_utc(on: date) -> SafeString:
    """`22 November 2026 (UTC)`: a day as the record has it, to be read beside a proof."""
    return format_html('<time datetime="{}">{}</time>', utc_day(on).isoformat(), spoken_utc(on))


@register.filter
def counted(number: int) -> str:
    """`2,000`, `2 000`: a number as the active language writes it."""
    return said.counted(number)
