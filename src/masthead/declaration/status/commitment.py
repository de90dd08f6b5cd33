"""Where a commitment stands, from the controls or the question that answer it."""

from collections.abc import Sequence
from enum import StrEnum

from masthead.declaration.commitment import Addressee, Commitment
from masthead.declaration.status.standing import Ground, Reason, Standing, Status, soonest


class Reading(StrEnum):
    """As what an organisation reads a duty of states."""

    DUTY_BEARER = "duty_bearer"
    WATCHDOG = "watchdog"


def status_of(
    commitment: Commitment, controls: Sequence[Standing], questions: Sequence[Standing], reading: Reading
) -> Standing:
    """The standing of `commitment` from those of the controls and questions that answer it.

    All of them must be met; what does not apply is left aside, and where nothing else is left the commitment
    does not apply. A watchdog never meets a duty of states: what is measured is its own practice of
    watching, which may fall short.
    """
    every = (*controls, *questions)
    asked = _applying(every)
    grounds = tuple(ground for each in every for ground in each.grounds)
    changes = soonest(*(each.changes_at for each in every))
    if not every:
        return Standing(Status.UNKNOWN, (Ground(Reason.NO_CONTROL),))
    if not asked:
        return Standing(Status.NOT_APPLICABLE, grounds, changes)
    watching = commitment.addressed_to is Addressee.STATES and reading is Reading.WATCHDOG
    may_fail = _applying(controls) if watching else asked
    known = all(each.status in (Status.MET, Status.NOT_MET) for each in asked)
    if any(each.status is Status.NOT_MET for each in may_fail):
        status = Status.NOT_MET
    elif watching:
        status = Status.WATCHED if known else Status.UNKNOWN
    else:
        status = Status.MET if known else Status.UNKNOWN
    return Standing(status, grounds, changes)


def _applying(standings: Sequence[Standing]) -> list[Standing]:
    return [each for each in standings if each.status is not Status.NOT_APPLICABLE]
