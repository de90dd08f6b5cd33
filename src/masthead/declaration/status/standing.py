"""Where something stands, and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from masthead.declaration.status.evidence import Evidence
from masthead.vocabulary import Grade


class Status(StrEnum):
    """Where a control or a commitment stands."""

    UNKNOWN = "unknown"
    """No evidence that counts, or not for everything that it takes."""
    MET = "met"
    NOT_MET = "not met"
    WATCHED = "watched"
    """A duty of states on which a watchdog has answered: never its own compliance."""
    NOT_APPLICABLE = "not applicable"
    """A person said so, with a reason and the day on which it is looked at again."""


class Reason(StrEnum):
    """Why a status is what it is."""

    MET = "met"
    NOT_MET = "not met"
    RAN_OUT = "ran out"
    """It was so, and nobody has looked again in time."""
    WEAK = "weak"
    """It says yes, at a lower grade than is asked for."""
    NOT_YET = "not yet"
    """It is dated ahead."""
    NOTHING = "nothing"
    """There is no evidence."""
    RESTS_ON = "rests on"
    """Another control, on which it rests, is not met or not known."""
    CIRCLE = "circle"
    """It rests on itself, by way of others."""
    NO_CONTROL = "no control"
    """Nothing that is adopted answers it."""
    NOT_APPLICABLE = "not applicable"
    LOOK_AGAIN = "look again"
    """The day has come on which *not applicable* is looked at again."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason, with the evidence or the other control it is about."""

    reason: Reason
    evidence: Evidence | None = None
    control: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A status with everything that it rests on. `changes_at`: when time alone may next change it."""

    status: Status
    grounds: tuple[Ground, ...]
    changes_at: datetime | None = None

    @property
    def counted(self) -> tuple[Evidence, ...]:
        """The evidence that made it what it is."""
        counts = (Reason.MET, Reason.NOT_MET)
        return tuple(each.evidence for each in self.grounds if each.evidence and each.reason in counts)

    @property
    def grade(self) -> Grade | None:
        """The weakest grade that it rests on; None where it rests on none."""
        grades = list(Grade)
        return max((each.grade for each in self.counted), key=grades.index, default=None)

    @property
    def as_of(self) -> datetime | None:
        """The oldest observation that it rests on: how old it is."""
        return min((each.observed_at for each in self.counted), default=None)


def soonest(*moments: datetime | None) -> datetime | None:
    """The first of the moments that there are."""
    return min((each for each in moments if each is not None), default=None)
