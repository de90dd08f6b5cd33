"""Where the whole checklist stands: now, or on a day, as was known then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from masthead import declaration
from masthead.declaration.commitment import Question
from masthead.declaration.status import Evidence, Line, Reading, Standing, answers, standings, status_of
from masthead.newsroom.assurance.reading import line_of, lines
from masthead.newsroom.assurance.sources import all_of_it
from masthead.newsroom.policy.commands import in_force
from masthead.newsroom.policy.models import PolicyRevision


@dataclass(frozen=True, slots=True)
class Board:
    """Every control, question and commitment at one moment, by id, under one version of the checklist."""

    at: datetime
    revision: PolicyRevision
    lines: tuple[Line, ...]
    standings: Mapping[str, Standing]
    commitments: Mapping[str, Standing]


def board(now: datetime, *, measured: Iterable[Evidence] = (), reading: Reading = Reading.WATCHDOG) -> Board:
    """Where everything stands at `now`, on the evidence received by then and the checklist in force then.

    `measured` is what can be observed at this moment beside what is kept. `NotReady` where no checklist was
    in force.
    """
    revision = in_force(now)
    every = lines(revision)
    found = standings(every, chain(all_of_it(now, every), measured), now)
    return Board(now, revision, every, found, commitments(every, found, reading))


def one_of(now: datetime, name: str, *, measured: Iterable[Evidence] = ()) -> Standing:
    """Where one control or question stands at `now`, as on the board, from what answers it alone.

    `NotFound` where the checklist in force has none of that id, whatever its case.
    """
    every = lines(in_force(now))
    line = line_of(name, every)
    needed = _rested_on(line, every)
    wanted = {each for one in needed for each in answers(one.one)}
    pieces = chain(all_of_it(now, every, wanted), (each for each in measured if each.answers in wanted))
    return standings(needed, pieces, now)[line.one.id]


def _rested_on(line: Line, every: Iterable[Line]) -> list[Line]:
    """The line, and all that it rests on, directly or by way of others."""
    known = {each.one.id: each for each in every}
    found = {line.one.id: line}
    waiting = [line]
    while waiting:
        for other in waiting.pop().rests_on:
            if other in known and other not in found:
                found[other] = known[other]
                waiting.append(known[other])
    return list(found.values())


def commitments(
    every: Iterable[Line], found: Mapping[str, Standing], reading: Reading
) -> dict[str, Standing]:
    """Where each commitment stands, in source order."""
    controls: dict[str, list[Standing]] = {}
    questions: dict[str, list[Standing]] = {}
    for line in every:
        if isinstance(line.one, Question):
            questions.setdefault(line.one.commitment, []).append(found[line.one.id])
            continue
        for each in line.one.commitments:
            controls.setdefault(each, []).append(found[line.one.id])
    return {
        one.id: status_of(one, controls.get(one.id, ()), questions.get(one.id, ()), reading)
        for one in declaration.load().commitments
    }
