"""Where every control of a checklist stands, those included that rest on others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from masthead.declaration.commitment import Question
from masthead.declaration.control import Control
from masthead.declaration.status.control import Subjects, answers, of_subjects
from masthead.declaration.status.evidence import Evidence
from masthead.declaration.status.standing import Ground, Reason, Standing, Status, soonest


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a checklist: a control or a question, and until when it is said not to apply, if it is."""

    one: Control | Question
    not_applicable_until: datetime | None = None

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The controls that must be met for this one to be."""
        return self.one.rests_on if isinstance(self.one, Control) else ()


def standings(lines: Sequence[Line], evidence: Iterable[Evidence], now: datetime) -> dict[str, Standing]:
    """Where each line stands at `now`, by id: a function of these three and of nothing else.

    A control that is met by its own evidence is so only where all it rests on are: one that is not met makes
    it not met, one that is unknown or missing makes it unknown. What rests on itself is unknown.
    """
    subjects: Subjects = {each: {} for line in lines for each in answers(line.one)}
    for piece in evidence:
        if (of := subjects.get(piece.answers)) is not None:
            of.setdefault(piece.about, []).append(piece)
    alone = {line.one.id: alone_of(line, subjects, now) for line in lines}
    return resting(lines, alone)


def alone_of(line: Line, subjects: Subjects, now: datetime) -> Standing:
    """Where a line stands by its own evidence, whatever it rests on."""
    until = line.not_applicable_until
    if until is not None and now < until:
        return Standing(Status.NOT_APPLICABLE, (Ground(Reason.NOT_APPLICABLE),), until)
    standing = of_subjects(line.one, subjects, now)
    if until is not None and standing.status is Status.UNKNOWN:
        return Standing(Status.UNKNOWN, (Ground(Reason.LOOK_AGAIN), *standing.grounds), standing.changes_at)
    return standing


def resting(lines: Iterable[Line], alone: Mapping[str, Standing]) -> dict[str, Standing]:
    """Where each line stands once what it rests on is looked at; `alone` says where each does by itself."""
    lines = tuple(lines)
    rests = {line.one.id: line.rests_on for line in lines}
    circles = circling(rests)
    done: dict[str, Standing] = {}
    for one in _in_order(rests, circles):
        done[one] = _resting(alone[one], rests[one], done, circles, one)
    return {line.one.id: done[line.one.id] for line in lines}


def _resting(
    own: Standing, rests: Sequence[str], done: Mapping[str, Standing], circles: frozenset[str], one: str
) -> Standing:
    if own.status is Status.NOT_APPLICABLE or not rests:
        return own
    if one in circles:
        return Standing(Status.UNKNOWN, (Ground(Reason.CIRCLE), *own.grounds), own.changes_at)
    others = {other: done.get(other) for other in rests}
    changes = soonest(own.changes_at, *(each.changes_at for each in others.values() if each))
    if own.status is Status.NOT_MET:
        return Standing(own.status, own.grounds, changes)
    for worst in (Status.NOT_MET, Status.UNKNOWN):
        stopping = [other for other, each in others.items() if _as_a_rest(each) is worst]
        if stopping:
            grounds = (*(Ground(Reason.RESTS_ON, control=other) for other in stopping), *own.grounds)
            return Standing(worst, grounds, changes)
    return Standing(own.status, own.grounds, changes)


def _as_a_rest(other: Standing | None) -> Status:
    """What another control is to one that rests on it: where it does not apply, it stands in nobody's way."""
    if other is None:
        return Status.UNKNOWN
    return Status.MET if other.status is Status.NOT_APPLICABLE else other.status


def circling(rests: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The controls that rest on themselves, directly or by way of others."""
    return frozenset(one for one in rests if one in _reached(one, rests))


def _reached(one: str, rests: Mapping[str, Sequence[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(rests[one])
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting.extend(rests.get(other, ()))
    return found


def _in_order(rests: Mapping[str, Sequence[str]], circles: frozenset[str]) -> list[str]:
    """Each after those that it rests on; those that go in a circle first."""
    ordered: dict[str, None] = dict.fromkeys(one for one in rests if one in circles)
    for one in rests:
        waiting = [one]
        while waiting:
            last = waiting[-1]
            ahead = [other for other in rests[last] if other in rests and other not in ordered]
            if last in ordered or not ahead:
                ordered.setdefault(waiting.pop())
            else:
                waiting.extend(ahead)
    return list(ordered)
