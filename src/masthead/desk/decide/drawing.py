"""Steps drawn as a score: people on the upper line, machines on the lower, in the order in which they acted.

Pure: places on a sheet, from steps; a template draws them. A sheet has as many rows as it needs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from masthead.clock import day_of
from masthead.desk.decide.steps import Step

CELL = 48
"""Width of a step, in units of the drawing."""
MARGIN = 24
ROW = 132
PEOPLE, MACHINES, DAYS = 34, 80, 112
"""Where in a row the line of people stands, that of machines, and the words under them."""
MOST = 100
"""Marks on a sheet; more steps than that are drawn together."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One step, or several alike in a row, on the sheet. `label` is its number or numbers in the list."""

    x: int
    y: int
    machine: bool
    out: bool
    label: str
    first: int
    """The number of the first step, by which the list is found."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day, where its first step stands in a row."""

    x: int
    y: int
    on: date


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the score: where its two lines run, and the thread from step to step."""

    people: int
    machines: int
    start: int
    end: int
    thread: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing of `width` by `height` units."""

    width: int
    height: int
    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]
    days: tuple[Day, ...]


type Group = tuple[int, int, Step]
"""The number of the first step, of the last, and the first step itself."""


def grouped(steps: Sequence[Step], most: int = MOST) -> list[Group]:
    """At most `most` groups of steps in a row: alike first, then by day and who, then as many as it takes."""
    numbered = [(number, number, step) for number, step in enumerate(steps, 1)]
    if len(numbered) <= most:
        return numbered
    alike = _together(numbered, lambda s: (s.who, s.role.template, s.what.template, s.out))
    if len(alike) > most:
        alike = _together(alike, lambda s: (s.who, day_of(s.at), s.out))
    if len(alike) > most:
        at_once = -(-len(alike) // most)
        parts = [alike[place : place + at_once] for place in range(0, len(alike), at_once)]
        alike = [(part[0][0], part[-1][1], _most_telling(part)) for part in parts]
    return alike


def _together(groups: Sequence[Group], what: object) -> list[Group]:
    joined = []
    for _, same in groupby(groups, key=lambda group: what(group[2])):  # type: ignore[operator]  # a key
        part = list(same)
        joined.append((part[0][0], part[-1][1], part[0][2]))
    return joined


def _most_telling(part: Sequence[Group]) -> Step:
    """What stands for several steps: one that reached the audience, else one by a person, else the first."""
    return next(
        (step for _, _, step in part if step.out),
        next((step for _, _, step in part if not step.machine), part[0][2]),
    )


def sheet(steps: Sequence[Step], columns: int, *, rtl: bool = False) -> Sheet:
    """The steps on a sheet of `columns` steps a row; from right to left where `rtl`."""
    groups = grouped(steps)
    width = MARGIN * 2 + CELL * min(columns, max(1, len(groups)))
    lines = [groups[place : place + columns] for place in range(0, len(groups), columns)]
    rows, marks, days = [], [], []
    before: date | None = None
    for number, line in enumerate(lines):
        here = list(_marks(line, width, number * ROW, rtl=rtl))
        for (_, _, step), mark in zip(line, here, strict=True):
            on = day_of(step.at)
            if on != before:
                days.append(Day(mark.x, number * ROW + DAYS, on))
                before = on
        ends = sorted((MARGIN // 2, width - MARGIN // 2), reverse=rtl)
        thread = " ".join(f"{mark.x},{mark.y}" for mark in here)
        rows.append(Row(number * ROW + PEOPLE, number * ROW + MACHINES, ends[0], ends[1], thread))
        marks += here
    return Sheet(width, ROW * max(1, len(lines)), tuple(rows), tuple(marks), tuple(_apart(days, rtl=rtl)))


def _marks(line: Sequence[Group], width: int, top: int, *, rtl: bool) -> Iterator[Mark]:
    for place, (first, last, step) in enumerate(line):
        x = MARGIN + CELL * place + CELL // 2
        yield Mark(
            x=width - x if rtl else x,
            y=top + (MACHINES if step.machine else PEOPLE),
            machine=step.machine,
            out=step.out,
            label=str(first) if first == last else f"{first}–{last}",
            first=first,
        )


def _apart(days: Sequence[Day], *, rtl: bool) -> Iterator[Day]:
    """The days whose words have room: a short one follows the next."""
    free: dict[int, int] = {}
    for day in days:
        along = -day.x if rtl else day.x
        if along >= free.get(day.y, along):
            yield day
            free[day.y] = along + CELL * 2
