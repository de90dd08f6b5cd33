"""The dates of a text, whole or in part, in words and in figures.

Month names are CLDR's (through Babel) for the languages at hand and for English and French. Days of the
week and months alone are in `calendar_names`; words such as "yesterday" are not dates here, and a bare year
is a number.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from masthead.checks.traceability.tokens import DATE, NUMBER, WORD, Tokens, tokenise, word_set
from masthead.checks.traceability.tongues import locale

type Day = tuple[int | None, int | None, int | None]
"""Year, month and day, None where the text does not say."""

_ENDS = word_set("st nd rd th er e ero o de te")
_FILLERS = word_set(", . of de del d the le den")
_LINKS = word_set("– - — and et to au a bis und y al e")
_VERBS = frozenset(("may", "march"))
"""English months that are verbs when they have neither capital nor year."""
_PIVOT = 70
"""Two-digit years from here on are in the 1900s."""


@dataclass(frozen=True, slots=True)
class Date:
    """A date and its place in code points; several `days` where figures can be read both ways round."""

    start: int
    end: int
    days: frozenset[Day]


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a text, and the indexes of the tokens which they use."""

    found: tuple[Date, ...]
    taken: frozenset[int]


@cache
def _months_of(language: str) -> tuple[tuple[tuple[str, ...], int], ...]:
    data = locale(language)
    if data is None:
        return ()
    names = []
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in data.months[context][width].items():
                forms = tuple(form for form in tokenise(str(name)).forms if form[0].isalnum())
                if forms and not any(form[0].isdigit() for form in forms) and len(forms) <= 2:
                    names.append((forms, int(month)))
    return tuple(names)


@cache
def month_names(languages: frozenset[str]) -> dict[str, tuple[tuple[tuple[str, ...], int], ...]]:
    """By first form: the forms of a month's name, longest first, and the month."""
    found: dict[str, list[tuple[tuple[str, ...], int]]] = {"sept": [(("sept",), 9)]}
    for language in sorted(languages | {"en", "fr"}):
        for forms, month in _months_of(language):
            found.setdefault(forms[0], []).append((forms, month))
    return {
        first: tuple(sorted(set(rows), key=lambda row: (-len(row[0]), row))) for first, rows in found.items()
    }


def dates(tokens: Tokens, languages: Iterable[str]) -> Dates:
    """The dates of a text, month names read in `languages`, English and French."""
    found: list[Date] = []
    taken: set[int] = set()
    for date, used in _each(tokens, month_names(frozenset(languages))):
        if taken.isdisjoint(used):
            found.append(date)
            taken.update(used)
    return Dates(tuple(found), frozenset(taken))


def _each(
    tokens: Tokens, months: dict[str, tuple[tuple[tuple[str, ...], int], ...]]
) -> Iterator[tuple[Date, range]]:
    for index, form in enumerate(tokens.forms):
        if tokens.kinds[index] == DATE:
            days = _figures(form)
            if days:
                yield Date(tokens.starts[index], tokens.ends[index], days), range(index, index + 1)
        elif form in months:
            for forms, month in months[form]:
                if all(tokens.form(index + n) == f for n, f in enumerate(forms)):
                    yield from _around(tokens, index, index + len(forms), month)
                    break
        elif form in ("年", "月", "년", "월"):
            yield from _eastern(tokens, index)


def _figures(form: str) -> frozenset[Day]:
    """What a date in figures may mean: year first is plain, else day and month may be either way round."""
    figures = form.split("T")[0].replace("/", "-").replace(".", "-").split("-")
    parts = [int(part) for part in figures]  # `int` passes over spaces
    if len(figures[0]) == 4:
        options = [(parts[0], parts[1], parts[2])]
    else:
        year = parts[2] if parts[2] > 99 else parts[2] + (1900 if parts[2] >= _PIVOT else 2000)
        options = [(year, parts[1], parts[0]), (year, parts[0], parts[1])]
    return frozenset((y, m, d) for y, m, d in options if 1 <= m <= 12 and 1 <= d <= 31)


def _around(tokens: Tokens, first: int, after: int, month: int) -> Iterator[tuple[Date, range]]:
    """The date around a month's name: day before or after it, year after or before it, in words' order."""
    start = _day_before(tokens, first)
    day = int(tokens.forms[start]) if start is not None else None
    if start is None:
        end = _day_after(tokens, after)
        if end is not None:
            day, after = (
                int(tokens.forms[end]),
                end + 1 + (tokens.form(end + 1) in _ENDS and tokens.gap(end + 1) == 0),
            )
    year_at = _year_after(tokens, after)
    begin = first if start is None else start
    year = None
    if year_at is not None:
        year, after = int(tokens.forms[year_at]), year_at + 1
    elif (before := _year_before(tokens, first)) is not None and start is None:
        year, begin = int(tokens.forms[before]), before
    verb = tokens.forms[first] in _VERBS and tokens.surface(first).islower()
    if year is None and (day is None or verb):
        return
    yield _date(tokens, begin, after, (year, month, day)), range(begin, after)
    other = begin - 2
    if start is not None and tokens.form(begin - 1) in _LINKS and (known := _day(tokens, other)) is not None:
        yield _date(tokens, other, other + 1, (year, month, known)), range(other, other + 1)


def _date(tokens: Tokens, first: int, after: int, day: Day) -> Date:
    return Date(tokens.starts[first], tokens.ends[after - 1], frozenset({day}))


def _day(tokens: Tokens, index: int) -> int | None:
    form = tokens.form(index)
    if tokens.kind(index) == NUMBER and len(form) <= 2 and form.isdigit() and 1 <= int(form) <= 31:
        return int(form)
    return None


def _year(tokens: Tokens, index: int) -> bool:
    form = tokens.form(index)
    return tokens.kind(index) == NUMBER and len(form) == 4 and form.isdigit() and 1000 <= int(form) <= 2999


def _day_before(tokens: Tokens, first: int) -> int | None:
    index = first - 1
    for _ in range(2):
        if tokens.form(index) not in _FILLERS or tokens.gap(index + 1) > 1:
            break
        index -= 1
    if tokens.form(index) in _ENDS and tokens.gap(index) == 0:
        index -= 1
    if _day(tokens, index) is None or any(tokens.gap(n) > 1 for n in range(index + 1, first + 1)):
        return None
    return index


def _day_after(tokens: Tokens, after: int) -> int | None:
    index = after + (tokens.form(after) == "." and tokens.gap(after) == 0)
    index += tokens.form(index) == "the"
    if tokens.gap(index) > 1 or _day(tokens, index) is None:
        return None
    return None if tokens.kind(index + 1) == WORD and tokens.form(index + 1) in ("%", "percent") else index


def _year_after(tokens: Tokens, after: int) -> int | None:
    index = after
    for _ in range(2):
        if _year(tokens, index) and tokens.gap(index) <= 1:
            return index
        if tokens.form(index) not in _FILLERS or tokens.gap(index) > 1:
            return None
        index += 1
    return index if _year(tokens, index) and tokens.gap(index) <= 1 else None


def _year_before(tokens: Tokens, first: int) -> int | None:
    index = first - 1 - (tokens.form(first - 1) in (".", ","))
    return index if _year(tokens, index) and tokens.gap(first) <= 1 else None


def _eastern(tokens: Tokens, index: int) -> Iterator[tuple[Date, range]]:
    """2026年11月12日, 2026年11月, 11月12日, and the same in Korean."""
    if tokens.forms[index] in ("月", "월") and tokens.form(index - 2) in ("年", "년"):
        return
    first, year = index - 1, None
    if tokens.forms[index] in ("年", "년"):
        if not _year(tokens, first) or tokens.form(index + 2) not in ("月", "월"):
            return
        year, index = int(tokens.forms[first]), index + 2
    month = _day(tokens, index - 1)
    day = _day(tokens, index + 1) if tokens.form(index + 2) in ("日", "일", "号") else None
    if month is None or month > 12 or (day is None and year is None):
        return
    after = index + 3 if day is not None else index + 1
    yield _date(tokens, first, after, (year, month, day)), range(first, after)
