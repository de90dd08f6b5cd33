"""Dates as a newspaper prints them."""

from datetime import date

from babel.dates import format_date

from masthead.language import active


def spoken(day: date) -> str:
    """`12 November 2026`, `1er mars 2026`: a date in the active language."""
    language = active()
    pattern = "d'er' MMMM y" if language == "fr" and day.day == 1 else "d MMMM y"
    return format_date(day, pattern, locale=language)
