"""Days of the week, and months that stand without a day or a year.

Names are CLDR's full ones (through Babel) for the languages at hand and for English and French. A month
is one only after a word such as "in" or "last", so that neither a verb nor a first name is taken for it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from masthead.checks.traceability.dates import Date, Dates, Day
from masthead.checks.traceability.name_words import OPENERS
from masthead.checks.traceability.tokens import WORD, Tokens, tokenise, word_set
from masthead.checks.traceability.tongues import locale

_BEFORE_MONTHS = word_set(
    "in last next since until by from early late mid this during before after till through of late "
    "en depuis fin debut mi courant d de im seit bis ab ende anfang mitte desde hasta em a da di dal "
    "sinds tot"
)
_CAPITAL = frozenset(("en", "de", "lb"))
"""Languages whose days and months take a capital inside a sentence."""
_APART = 3
"""Tokens at most from a day of the week to its date: "Friday, the 2nd"."""


@dataclass(frozen=True, slots=True)
class Named:
    """A day of the week (Monday is 0) or a month, and its place; `days` is the date beside a weekday."""

    start: int
    end: int
    weekday: int | None = None
    month: int | None = None
    days: frozenset[Day] = frozenset()


@cache
def _names(languages: frozenset[str]) -> dict[str, tuple[int | None, int | None, bool]]:
    """By folded name: the weekday or the month, and whether it takes a capital inside a sentence."""
    found: dict[str, tuple[int | None, int | None, bool]] = {}
    for language in sorted(languages | {"en", "fr"}):
        data = locale(language)
        if data is None:
            continue
        capital = language in _CAPITAL
        for context in ("stand-alone", "format"):
            for number, name in data.months[context]["wide"].items():
                _put(found, str(name), (None, int(number), capital))
            for number, name in data.days[context]["wide"].items():
                _put(found, str(name), (int(number), None, capital))
    return found


def _put(
    found: dict[str, tuple[int | None, int | None, bool]],
    name: str,
    what: tuple[int | None, int | None, bool],
) -> None:
    """Enter a name of one word; one that some language writes small needs no capital."""
    forms = tokenise(name).forms
    if len(forms) == 1 and len(forms[0]) > 2 and forms[0].isalpha():
        weekday, month, capital = found.get(forms[0], what)
        found[forms[0]] = (weekday, month, capital and what[2])


def named(tokens: Tokens, dates: Dates, languages: Iterable[str]) -> list[Named]:
    """The weekdays and the bare months of a text in reading order. `dates` are the dates found in it."""
    names = _names(frozenset(languages))
    starts = {found.start: found for found in dates.found}
    return list(_each(tokens, names, starts, dates.taken))


def _each(
    tokens: Tokens,
    names: dict[str, tuple[int | None, int | None, bool]],
    starts: dict[int, Date],
    taken: frozenset[int],
) -> Iterator[Named]:
    for index, form in enumerate(tokens.forms):
        if form not in names or index in taken or tokens.kinds[index] != WORD:
            continue
        weekday, month, capital = names[form]
        start, end = tokens.starts[index], tokens.ends[index]
        if capital and not _upper(tokens, index):
            continue
        if month is not None:
            if tokens.form(index - 1) in _BEFORE_MONTHS and not _in_name(tokens, index):
                yield Named(start, end, month=month)
            continue
        beside = next(
            (starts[tokens.starts[n]] for n in range(index + 1, min(index + 1 + _APART, len(tokens)))
             if tokens.starts[n] in starts and tokens.gap(n) <= 1),
            None,
        )  # fmt: skip
        if beside is not None or not _in_name(tokens, index):
            yield Named(start, end, weekday=weekday, days=beside.days if beside else frozenset())


def _upper(tokens: Tokens, index: int) -> bool:
    return tokens.kind(index) == WORD and tokens.text[tokens.starts[index]].isupper()


def _in_name(tokens: Tokens, index: int) -> bool:
    """Whether a word belongs to a name, as in "Good Friday", "the Sunday Times" and "April Jones"."""
    if not _upper(tokens, index):
        return False
    before = tokens.gap(index) == 1 and _upper(tokens, index - 1) and tokens.form(index - 1) not in OPENERS
    follows = tokens.gap(index + 1) == 1 and _upper(tokens, index + 1)
    opened = index < 2 or tokens.kind(index - 2) != WORD
    return follows or (before and not (opened and tokens.form(index - 1) in _BEFORE_MONTHS))


def weekday_of(day: Day) -> int | None:
    """The weekday of a full date, None where it is not full or there is no such day."""
    try:
        year, month, number = day
        return date(year or 0, month or 0, number or 0).weekday()
    except ValueError:
        return None
