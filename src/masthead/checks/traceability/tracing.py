"""Numbers, dates and links looked for in the sources."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from masthead.checks.traceability import scales
from masthead.checks.traceability.amounts import Amount, Reading
from masthead.checks.traceability.calendar_names import Named, weekday_of
from masthead.checks.traceability.dates import Date, Day
from masthead.checks.traceability.digits import significant
from masthead.checks.traceability.links import TextLink, host
from masthead.checks.traceability.rough import Rough
from masthead.checks.traceability.shelf import Place
from masthead.reading.document import BlockKind, Document

_NO_COUNT = frozenset((scales.PERCENT, scales.POINTS, scales.BASIS, scales.ORDINAL, scales.CLOCK))
"""Kinds of amounts that count nothing, so that "dozens" is not vouched for by 40%."""


@dataclass(slots=True)
class Index:
    """What the sources hold, by value: the first place of each reading, day, address."""

    readings: dict[Reading, Place] = field(default_factory=dict)
    said: dict[Fraction, dict[str, Place]] = field(default_factory=dict)
    """By value: the first place of each kind under which a source says it."""
    units: dict[Fraction, dict[str | None, Place]] = field(default_factory=dict)
    """By bare value: the first place of each unit with which a source says it, None where it has none."""
    rough: set[str] = field(default_factory=set)
    """The rough quantities that sources say in words."""
    tabled: set[Fraction] = field(default_factory=set)
    """Bare values in the cells of tables, whose unit may stand in the heading."""
    days: dict[Day, Place] = field(default_factory=dict)
    yearless: set[tuple[int | None, int | None]] = field(default_factory=set)
    """Month and day of the dates that a source gives without their year."""
    weekdays: dict[int, Place] = field(default_factory=dict)
    """By weekday, Monday is 0: the first place where a source names it or has a date that falls on it."""
    months: dict[int, Place] = field(default_factory=dict)
    beside: set[tuple[int, Day]] = field(default_factory=set)
    """Weekdays with the date that stands beside them in a source."""
    years: dict[tuple[int, int], set[int]] = field(default_factory=dict)
    """By month and day: the years of the sources' dates."""
    links: dict[str, Place] = field(default_factory=dict)
    hosts: dict[str, Place] = field(default_factory=dict)
    _ordered: list[Fraction] | None = None

    def add_amounts(self, book: int, document: Document, amounts: Iterable[Amount]) -> None:
        """Take in the amounts of a source."""
        cells = [block for block in document.blocks if block.kind is BlockKind.CELL]
        at = 0
        for amount in amounts:
            place = Place(book, amount.start, amount.end)
            for reading in amount.offered:
                self.readings.setdefault(reading, place)
            for value, kind in amount.readings:
                if isinstance(value, Fraction):
                    self.said.setdefault(value, {}).setdefault(kind, place)
            for value, kind in amount.readings | amount.offers:
                if isinstance(value, Fraction) and kind == scales.PLAIN:
                    self.units.setdefault(value, {}).setdefault(amount.unit, place)
            while at < len(cells) and cells[at].end <= amount.start:
                at += 1
            if at < len(cells) and cells[at].start <= amount.start:
                self.tabled.update(
                    v for v, kind in amount.readings if kind == scales.PLAIN and isinstance(v, Fraction)
                )

    def add_dates(self, book: int, dates: Iterable[Date]) -> None:
        """Take in the dates of a source: each also stands for its parts, and its year for the bare number."""
        for date in dates:
            place = Place(book, date.start, date.end)
            for year, month, day in date.days:
                self._add_day((year, month, day), place)
                for part in ((year, month, day), (year, month, None), (None, month, day)):
                    self.days.setdefault(part, place)
                if year is not None:
                    self.readings.setdefault((Fraction(year), scales.PLAIN), place)

    def _add_day(self, whole: Day, place: Place) -> None:
        year, month, day = whole
        if month is not None:
            self.months.setdefault(month, place)
        if year is None:
            self.yearless.add((month, day))
        elif month is not None and day is not None:
            self.years.setdefault((month, day), set()).add(year)
        weekday = weekday_of(whole)
        if weekday is not None:
            self.weekdays.setdefault(weekday, place)

    def add_named(self, book: int, found: Iterable[Named]) -> None:
        """Take in the weekdays and bare months of a source."""
        for named in found:
            place = Place(book, named.start, named.end)
            if named.month is not None:
                self.months.setdefault(named.month, place)
            if named.weekday is not None:
                self.weekdays.setdefault(named.weekday, place)
                self.beside.update((named.weekday, day) for day in named.days)

    def falls(self, named: Named) -> bool | None:
        """Whether the date beside a weekday falls on it, as far as sources tell; None where unknown."""
        if named.weekday is None or not named.days:
            return None
        if any((named.weekday, day) in self.beside for day in named.days):
            return True
        whole = {
            weekday_of((year, month, day))
            for known, month, day in named.days
            if month is not None and day is not None
            for year in ([known] if known is not None else self.years.get((month, day), ()))
        } - {None}
        return named.weekday in whole if whole else None

    def add_links(self, book: int, links: Iterable[TextLink]) -> None:
        """Take in the links of a source."""
        for link in links:
            place = Place(book, link.start, link.end)
            self.links.setdefault(link.normal, place)
            self.hosts.setdefault(host(link.normal), place)

    def has(self, amount: Amount) -> bool:
        """Whether a source has the amount."""
        return any(reading in self.readings for reading in amount.readings)

    def other_unit(self, amount: Amount) -> tuple[Place, bool] | None:
        """Where sources say the value in other units alone, or only as money or a year.

        The place, and whether it is a unit that differs.
        """
        if amount.unit is None:
            return None
        places: list[tuple[Place, bool]] = []
        for value, kind in sorted(amount.readings & self.readings.keys(), key=str):
            units = self.units.get(value, {}) if isinstance(value, Fraction) else {}
            if kind != scales.PLAIN or amount.unit in units or None in units:
                return None
            known = sorted(units.values(), key=lambda place: (place.book, place.start))
            places.append((known[0], True) if known else (self.readings[value, kind], False))
        return places[0] if places else None

    def other_kind(self, amount: Amount) -> tuple[Place, str, str] | None:
        """Where a source has the value as another kind of amount: the place, our kind, theirs."""
        for value, kind in sorted(amount.readings, key=str):
            if isinstance(value, Fraction) and value in self.said:
                kinds = self.said[value]
                theirs = min(kinds, key=lambda k: (kinds[k].book, kinds[k].start, k))
                return kinds[theirs], kind, theirs
        return None

    def has_rough(self, rough: Rough) -> bool:
        """Whether a source says a rough quantity, or a value that it stands for."""
        if rough.word in self.rough:
            return True
        if rough.word.startswith("half"):
            percents = self._between(Fraction(45), Fraction(55))
            return Fraction(1, 2) in self.said or any(scales.PERCENT in self.said[v] for v in percents)
        near = self._between(Fraction(rough.low), Fraction(rough.high)) if rough.high else []
        return any(kind not in _NO_COUNT for value in near for kind in self.said[value])

    def rounded_from(self, amount: Amount) -> Place | None:
        """Where a source has a more exact value of the same kind which rounds to ours.

        Without a word such as "about", a single digit that carries weight is no rounding: 20 is not 17.
        """
        for value, kind in sorted(amount.readings, key=str):
            if not isinstance(value, Fraction) or not value:
                continue
            weight = significant(value)
            if weight == 1 and not amount.hedged and amount.scale == 1:
                continue
            half = _last_digit(value) / 2
            for near in self._between(abs(value) - half, abs(value) + half):
                if significant(near) > weight and kind in self.said[near]:
                    return self.said[near][kind]
        return None

    def closest(self, amount: Amount) -> Place | None:
        """Where a source has the value nearest to ours within a factor of two, of the same kind."""
        for value, kind in sorted(amount.readings, key=str):
            if not isinstance(value, Fraction) or not value:
                continue
            near = [v for v in self._between(abs(value) / 2, abs(value) * 2) if kind in self.said[v]]
            if near:
                best = min(near, key=lambda v: (abs(v - abs(value)), v))
                return self.said[best][kind]
        return None

    def _between(self, low: Fraction, high: Fraction) -> list[Fraction]:
        if self._ordered is None:
            self._ordered = sorted(self.said)
        first, after = bisect_left(self._ordered, low), bisect_right(self._ordered, high)
        middle = bisect_left(self._ordered, (low + high) / 2)
        return self._ordered[max(first, middle - 32) : min(after, middle + 32)]

    def has_date(self, date: Date) -> bool:
        """Whether a source has the date, or a fuller one that includes it."""
        return any(day in self.days for day in date.days)

    def part_of_date(self, date: Date) -> tuple[Place, bool] | None:
        """Where a source has the day without the year, or in another; and whether it is without one."""
        for year, month, day in sorted(date.days, key=str):
            if year is not None and day is not None and (None, month, day) in self.days:
                return self.days[None, month, day], (month, day) in self.yearless
        return None

    def near_date(self, date: Date) -> Place | None:
        """Where a source has another day of the month, or the month of the year."""
        for year, month, _ in sorted(date.days, key=str):
            if (year, month, None) in self.days:
                return self.days[year, month, None]
        return None


def _last_digit(value: Fraction) -> Fraction:
    """The worth of the last digit of a value that carries weight: 100,000 for 2,900,000."""
    unit, number = Fraction(1), abs(value)
    while number.denominator != 1 and unit > Fraction(1, 10**30):
        number, unit = number * 10, unit / 10
    while number and number.denominator == 1 and number % 10 == 0:
        number, unit = number / 10, unit * 10
    return unit
