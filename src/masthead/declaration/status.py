"""Where a commitment stands, computed from evidence and never typed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from masthead.declaration.commitment import Addressee, Commitment, Question
from masthead.declaration.control import Control
from masthead.vocabulary import Grade


class Status(StrEnum):
    """Where a commitment stands."""

    UNKNOWN = "unknown"
    """No evidence that counts, or not for everything that serves it."""
    MET = "met"
    NOT_MET = "not met"
    WATCHED = "watched"
    """A duty of states on which a watchdog has answered: never its own compliance."""


class Reading(StrEnum):
    """As what an organisation reads a duty of states."""

    DUTY_BEARER = "duty_bearer"
    WATCHDOG = "watchdog"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence on the control or question `answers`; times are aware."""

    answers: str
    grade: Grade
    met: bool
    observed_at: datetime
    expires_at: datetime | None = None


def status_of(
    commitment: Commitment,
    serving: Sequence[Control | Question],
    evidence: Iterable[Evidence],
    now: datetime,
    reading: Reading,
) -> Status:
    """The status of `commitment` at `now`, from evidence on the controls or the question serving it.

    Of what is still fresh, the newest counts. *Met* needs the grade that is asked for; a failure counts at
    any grade, for nobody needs proof to admit one. All that serves the commitment must be met.
    """
    evidence = tuple(evidence)
    answers = [_newest(one, evidence, now) for one in serving]
    if commitment.addressed_to is Addressee.STATES and reading is Reading.WATCHDOG:
        # What is measured is our own practice of watching, and it may fall short; it never meets their duty.
        if any(
            answer is False and isinstance(one, Control) for one, answer in zip(serving, answers, strict=True)
        ):
            return Status.NOT_MET
        return Status.WATCHED if answers and None not in answers else Status.UNKNOWN
    if False in answers:
        return Status.NOT_MET
    return Status.MET if answers and None not in answers else Status.UNKNOWN


def status_of_control(control: Control, evidence: Iterable[Evidence], now: datetime) -> Status:
    """Whether a control by itself is met at `now`; unknown without evidence that counts."""
    answer = _newest(control, tuple(evidence), now)
    return Status.UNKNOWN if answer is None else Status.MET if answer else Status.NOT_MET


def _newest(one: Control | Question, evidence: tuple[Evidence, ...], now: datetime) -> bool | None:
    counting = [
        piece
        for piece in evidence
        if piece.answers == one.id and _fresh(piece, one.cadence_days, now) and _enough(piece, one.evidence)
    ]
    return max(counting, key=lambda piece: piece.observed_at).met if counting else None


def _fresh(piece: Evidence, cadence_days: int | None, now: datetime) -> bool:
    if piece.observed_at > now or (piece.expires_at is not None and piece.expires_at <= now):
        return False
    return cadence_days is None or piece.observed_at + timedelta(days=cadence_days) > now


def _enough(piece: Evidence, asked: Grade) -> bool:
    strongest_first = list(Grade)
    return not piece.met or strongest_first.index(piece.grade) <= strongest_first.index(asked)
