"""Days and times as a person reads them: `{% load moments %}`, `{{ at|moment }}`, `{{ day|day }}`."""

from datetime import UTC, date, datetime
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from masthead.labels.dates import spoken
from masthead.language import active, using

register = template.Library()


@register.filter
def moment(at: datetime | None) -> str | SafeString:
    """`22 November 2026, 13:54 UTC`, marked as a time; nothing for None."""
    if at is None:
        return ""
    utc = at.astimezone(UTC)
    said = f"{_day(utc.date(), active())}, {utc:%H:%M} UTC"
    return format_html('<time datetime="{}">{}</time>', utc.isoformat(timespec="seconds"), said)


@register.filter
def day(on: date | None) -> str | SafeString:
    """`22 November 2026`, marked as a day; nothing for None."""
    if on is None:
        return ""
    plain = on.astimezone(UTC).date() if isinstance(on, datetime) else on
    return format_html('<time datetime="{}">{}</time>', plain.isoformat(), _day(plain, active()))


@lru_cache(maxsize=512)
def _day(plain: date, language: str) -> str:
    # A list shows the same few days again and again, and to write one out is slow.
    with using(language):
        return spoken(plain)
