"""The growth of the log drawn as a line: places on a sheet; a template draws them. Pure."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from masthead.language import active
from masthead.newsroom.evidence.growth import Growth, Span
from masthead.newsroom.said import counted

TOP, FOOT = 14, 34
"""Room above the line and for the days under it, in units of the drawing."""
DIGIT = 8
"""About the width of a figure."""
APART = 64
"""Room for a day's words."""
PATTERNS = {
    Span.DAY: "d MMM",
    Span.WEEK: "d MMM",
    Span.MONTH: "MMM y",
    Span.QUARTER: "MMM y",
    Span.YEARS: "y",
}


@dataclass(frozen=True, slots=True)
class Tick:
    """A word or figure beside the drawing, and where the line stands that it is for."""

    x: int
    y: int
    said: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of `width` by `height` units: its line, what is under it, its marks, figures and days."""

    width: int
    height: int
    start: int
    end: int
    line: str
    under: str
    marks: tuple[tuple[int, int], ...]
    figures: tuple[Tick, ...]
    days: tuple[Tick, ...]


def chart(growth: Growth, width: int, height: int, *, rtl: bool = False) -> Chart:
    """The growth on a sheet of this size, from nought; from right to left where `rtl`."""
    top = max((each.size for each in growth.grown), default=0)
    step = _step(top)
    most = max(step, -(-top // step) * step)
    figures = range(0, most + 1, step)
    edge = DIGIT * max(len(counted(each)) for each in figures) + 8
    floor = height - FOOT
    count = len(growth.grown)

    def across(number: int) -> int:
        x = edge + (width - edge - 6) * number // max(1, count)
        return width - x if rtl else x

    def up(size: int) -> int:
        return floor - (floor - TOP) * size // most

    marks = [(across(0), up(growth.before))]
    marks += [(across(number), up(each.size)) for number, each in enumerate(growth.grown, 1)]
    line = " ".join(f"{x},{y}" for x, y in marks)
    return Chart(
        width=width,
        height=height,
        start=across(0),
        end=across(count),
        line=line,
        under=f"{marks[0][0]},{floor} {line} {marks[-1][0]},{floor}",
        marks=tuple(marks[1:]),
        figures=tuple(
            Tick(width - edge + 8 if rtl else edge - 8, up(each), counted(each)) for each in figures
        ),
        days=_days(growth, [across(number) for number in range(1, count + 1)], floor + 20),
    )


def _step(top: int) -> int:
    """What lies between two figures, so that there are at most five: 1, 2 or 5 and noughts (Heckbert)."""
    unit = 1
    while True:
        for each in (unit, 2 * unit, 5 * unit):
            if top <= 4 * each:
                return each
        unit *= 10


def _days(growth: Growth, places: list[int], y: int) -> tuple[Tick, ...]:
    """The newest day, and before it those for whose words there is room."""
    found: list[Tick] = []
    free = 0
    pattern = PATTERNS[growth.span]
    for x, each in reversed(list(zip(places, growth.grown, strict=True))):
        if not found or abs(found[0].x - x) >= free:
            # The newest stands at the edge, so that all of its words are on one side of it.
            free = abs(found[0].x - x) + APART if found else APART * 3 // 2
            found.append(Tick(x, y, _called(each.on, pattern), "middle" if found else "end"))
    return tuple(reversed(found))


def _called(day: date, pattern: str) -> str:
    return format_date(day, pattern, locale=active())
