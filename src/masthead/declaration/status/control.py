"""Where one control stands by the evidence that answers it, subject by subject."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from masthead.declaration.commitment import Question
from masthead.declaration.control import Control
from masthead.declaration.status.evidence import Evidence, newest_first
from masthead.declaration.status.standing import Ground, Reason, Standing, Status, soonest
from masthead.vocabulary import Grade, Moment

_STRONGEST_FIRST = {grade: place for place, grade in enumerate(Grade)}


def standing_of(one: Control | Question, evidence: Iterable[Evidence], now: datetime) -> Standing:
    """Where a control or question stands at `now` on the evidence known by then, of all that is given.

    Of each subject the newest piece that still speaks counts. *Met* needs the grade that is asked for; a
    failure counts at any grade, for nobody needs proof to admit one, and stands until a yes of that grade has
    followed or it ends by its own date: not looking again mends nothing. A failure that a later yes answered
    stays answered when that yes has run out. One subject that fails is enough for *not met*. A subject of
    which nothing speaks any more makes the control unknown; an item is asked once, so its old evidence is
    left aside, and what the newest items show counts.
    """
    wanted = answers(one)
    subjects: Subjects = {each: {} for each in wanted}
    for piece in evidence:
        if piece.answers in wanted:
            subjects[piece.answers].setdefault(piece.about, []).append(piece)
    return of_subjects(one, subjects, now)


type Subjects = dict[str, dict[str, list[Evidence]]]
"""Evidence by what it answers and, of that, by subject."""


def answers(one: Control | Question) -> tuple[str, ...]:
    """The ids of the evidence that answers it: its own, unless it names others."""
    return (isinstance(one, Control) and one.answered_by) or (one.id,)


def of_subjects(one: Control | Question, subjects: Subjects, now: datetime) -> Standing:
    """The same, from the evidence laid out; what answers others may be among it."""
    asked_once = isinstance(one, Control) and one.moment is Moment.ITEM
    found: dict[Reason, list[Ground]] = {Reason.MET: [], Reason.NOT_MET: []}
    open_: list[Ground] = []
    changes: datetime | None = None
    missing = False
    for each in answers(one):
        said = False
        for pieces in subjects.get(each, {}).values():
            ground, change = _subject(one, pieces, now)
            if change is not None and (changes is None or change < changes):
                changes = change
            if ground is not None:
                said = said or ground.reason in found
                found.get(ground.reason, open_).append(ground)
        missing = missing or not said
    yes, no = found[Reason.MET], found[Reason.NOT_MET]
    if no:
        return Standing(Status.NOT_MET, (*no, *open_, *yes), changes)
    if not missing and (asked_once or not open_):
        return Standing(Status.MET, tuple(yes), changes)
    return Standing(Status.UNKNOWN, (*open_, *yes) or (Ground(Reason.NOTHING),), changes)


def _subject(
    one: Control | Question, pieces: Sequence[Evidence], now: datetime
) -> tuple[Ground | None, datetime | None]:
    """What counts of one subject, and when time alone changes that. None where it is no longer asked."""
    answered = False
    instead: Ground | None = None
    changes: datetime | None = None
    for piece in sorted(pieces, key=newest_first, reverse=True) if len(pieces) > 1 else pieces:
        reason, change = _said(one, piece, now)
        if reason is Reason.MET or (reason is Reason.NOT_MET and not answered):
            return Ground(reason, piece), soonest(changes, change)
        if reason is None:
            return None, changes
        if reason is Reason.NOT_YET:
            changes = soonest(changes, change)
            if change is None:
                continue
        answered = answered or (reason is Reason.RAN_OUT and piece.met is True)
        instead = instead or Ground(reason, piece)
    return instead, changes


def _said(one: Control | Question, piece: Evidence, now: datetime) -> tuple[Reason | None, datetime | None]:
    """What a piece comes to at `now`, and the moment from which it will be another; None: asked no more."""
    if (begins := piece.known_from) > now:
        # What nobody has received yet is no reason for anything, not even for waiting.
        received = piece.received_at is None or piece.received_at <= now
        return Reason.NOT_YET, begins if received else None
    if piece.met is None:
        return None, None
    if piece.met and _STRONGEST_FIRST[piece.grade] > _STRONGEST_FIRST[one.evidence]:
        return Reason.WEAK, None
    ends = piece.ends
    if piece.met and one.cadence_days is not None:
        ends = soonest(ends, piece.observed_at + timedelta(days=one.cadence_days))
    if ends is not None and ends <= now:
        return Reason.RAN_OUT, None
    return (Reason.MET if piece.met else Reason.NOT_MET), ends
