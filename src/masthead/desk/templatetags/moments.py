"""Days and times as a person reads them: `{% load moments %}`, `{{ at|moment }}`, `{{ day|day }}`.

Both are on the outlet's clock; beside a proof, `moment_utc` and `day_utc` say what the record says.
"""

from datetime import UTC, date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from masthead.clock import day_of, utc_day
from masthead.labels.dates import spoken, spoken_hour_utc, spoken_time, spoken_time_utc, spoken_utc

register = template.Library()


@register.filter
def moment(at: datetime | None) -> str | SafeString:
    """`22 November 2026, 14:54`, marked as a time; nothing for None."""
    return "" if at is None else _marked(_instant(at), spoken_time(at))


@register.filter
def moment_utc(at: datetime | None) -> str | SafeString:
    """`22 November 2026, 13:54 UTC`, whatever the outlet's clock; nothing for None."""
    return "" if at is None else _marked(_instant(at), spoken_time_utc(at))


@register.filter
def day(on: date | None) -> str | SafeString:
    """`22 November 2026`, marked as a day; nothing for None."""
    return "" if on is None else _marked(day_of(on).isoformat(), spoken(on))


@register.filter
def day_utc(on: date | None) -> str | SafeString:
    """`22 November 2026 (UTC)`: a day as the record has it; nothing for None."""
    return "" if on is None else _marked(utc_day(on).isoformat(), spoken_utc(on))


@register.filter
def hour_utc(at: datetime | None) -> str | SafeString:
    """`13:54`: the time under a day in UTC; nothing for None."""
    return "" if at is None else _marked(_instant(at), spoken_hour_utc(at))


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _marked(iso: str, said: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', iso, said)
