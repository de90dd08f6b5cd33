"""What a status is computed from: pieces of evidence, each about one subject, each with its times."""

from dataclasses import dataclass
from datetime import datetime

from masthead.vocabulary import Grade

ORGANISATION = ""
"""The subject of what is about the organisation as a whole."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence on the control or question `answers`; times are aware.

    `met` is what it shows of its subject: True, False, or None where the subject is no longer asked, as an
    item that was withdrawn or a system that was retired. `about` names the subject, `ORGANISATION` or an
    opaque key. `observed_at` is when it was seen to be so, `received_at` when we got to know (then, where
    none is given), and it speaks for the time from `effective_from` until `effective_until` or `expires_at`,
    those moments themselves left out. `id` refers to where it is kept.
    """

    answers: str
    grade: Grade
    met: bool | None
    observed_at: datetime
    expires_at: datetime | None = None
    about: str = ORGANISATION
    received_at: datetime | None = None
    effective_from: datetime | None = None
    effective_until: datetime | None = None
    id: str = ""

    @property
    def known_from(self) -> datetime:
        """When it can first be part of a status: what is dated ahead waits until then."""
        moments = (self.received_at, self.effective_from, self.observed_at)
        return max(moment for moment in moments if moment is not None)

    @property
    def ends(self) -> datetime | None:
        """When it says of itself that it speaks no longer."""
        if self.expires_at is None or self.effective_until is None:
            return self.expires_at or self.effective_until
        return min(self.expires_at, self.effective_until)


def newest_first(piece: Evidence) -> tuple[datetime, datetime, str]:
    """A key to sort by: the newest observation last; of two at one moment the one that came later."""
    return piece.observed_at, piece.received_at or piece.observed_at, piece.id
