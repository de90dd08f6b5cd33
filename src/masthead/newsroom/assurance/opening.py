"""Which corrective actions what is on record opens and closes, and writing that in an entry."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from masthead.declaration.status import Evidence, Line, Reason, Standing, Status, standing_of
from masthead.newsroom.assurance.models import CorrectiveAction
from masthead.newsroom.assurance.reading import line_of
from masthead.newsroom.assurance.sources import of_subject
from masthead.newsroom.assurance.words import Cause
from masthead.newsroom.evidence.log import Recording

type Subject = tuple[str, str]
"""What is answered, and what it is about."""


@dataclass(frozen=True, slots=True)
class Due:
    """An action to open, or one to close with the evidence that passed."""

    action: CorrectiveAction
    passed: str = ""

    @property
    def opens(self) -> bool:
        """Whether it is a new one."""
        return not self.passed


def due(lines: tuple[Line, ...], subjects: Collection[Subject], now: datetime) -> Iterator[Due]:
    """What is to be opened and closed as these subjects stand at `now`.

    What fails gets an action, unless one is open; what passes, or is no longer asked, closes it.
    """
    for answers, about in sorted(subjects):
        pieces = [*of_subject(answers, about, now, lines)]
        standing = standing_of(line_of(answers, lines).one, pieces, now)
        open_ = CorrectiveAction.objects.filter(answers=answers, about=about, closed_at=None).first()
        if standing.status is Status.NOT_MET and open_ is None:
            opened = CorrectiveAction(answers=answers, about=about, cause=Cause.FAILED)
            opened.opened_for = standing.counted[0].id
            yield Due(opened)
        elif open_ is not None and (closing := _passed(standing, pieces)) is not None:
            yield Due(open_, closing.id)


def _passed(standing: Standing, pieces: Collection[Evidence]) -> Evidence | None:
    """The evidence with which nothing is left to be mended; None while something is."""
    if standing.status is Status.MET:
        return standing.counted[0]
    if [each.reason for each in standing.grounds] == [Reason.NOTHING]:
        ended = (each for each in pieces if each.met is None)
        return max(ended, key=lambda each: each.observed_at, default=None)
    return None


def write(r: Recording, all_due: Collection[Due]) -> list[CorrectiveAction]:
    """Open and close them; gives the actions."""
    for each in all_due:
        if each.opens:
            each.action.opened_at = r.now
            r.add(each.action)
        else:
            r.change(each.action, closed_at=r.now, closed_for=each.passed)
    return [each.action for each in all_due]
