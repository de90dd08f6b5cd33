"""The growth of the published log as pages show it: drawn once wide and once narrow, and in figures."""

from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

from masthead.labels.dates import spoken
from masthead.language import Message
from masthead.newsroom.evidence.growth import Growth, growth
from masthead.newsroom.public.drawing import Chart, chart
from masthead.newsroom.said import counted

WIDE, NARROW = (848, 340), (328, 220)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One drawing; `kind` is the class that says on which width of page it is shown, empty for any."""

    kind: str
    chart: Chart


@dataclass(frozen=True, slots=True)
class Row:
    """One line of figures, as printed."""

    on: SafeString
    size: str
    added: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The growth for `public/growth.html` and `public/grown.html`; `found` is what they show."""

    found: Growth
    sheets: tuple[Sheet, ...]
    rows: tuple[Row, ...]
    sum: Message


def shown(today: date, *, narrow: bool = False) -> Shown | None:
    """The growth until `today`; None where nothing was published. `narrow` is for the side of a page."""
    found = growth(today)
    if not found.grown:
        return None
    rtl = get_language_bidi()
    small = chart(found, *NARROW, rtl=rtl)
    both = (Sheet("wide-sheet", chart(found, *WIDE, rtl=rtl)), Sheet("narrow-sheet", small))
    newest = found.grown[-1]
    said: dict[str, str | int] = {"n": newest.size, "size": counted(newest.size), "on": spoken(newest.on)}
    return Shown(
        found,
        (Sheet("", small),) if narrow else both,
        tuple(Row(_day(each.on), counted(each.size), counted(each.added)) for each in found.grown),
        Message(
            "%(size)s entry on %(on)s. Each figure is in the table that follows.",
            said,
            "%(size)s entries on %(on)s. Each figure is in the table that follows.",
        ),
    )


def _day(on: date) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), spoken(on))
