"""What an erasure removed, what it kept and on what ground: read by people, and as JSON by software."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from masthead.language import Message
from masthead.newsroom.retention.plan import KeptBack, Plan, Removed
from masthead.newsroom.retention.words import GROUNDS, Ground, On, Why

BACKUPS = Message("copies made before: each until it expires, as your organisation has set down")
BUNDLES = Message("bundles and pages that others have downloaded")


@dataclass(frozen=True, slots=True)
class Report:
    """The same before and after: only `place` tells a look from the deed."""

    on: On
    called: str
    """Who or what is erased: the name is told to who asks, and kept nowhere with the report."""
    ground: Ground
    removed: tuple[Removed, ...]
    kept: tuple[KeptBack, ...]
    place: int | None = None
    """The place of the entry; None for a look, and where nothing was left to erase."""
    left: int = 0
    """What is still to be done outside the database: files, pages, space. The clock goes on with it."""

    @property
    def why(self) -> Message:
        """The ground in words."""
        return GROUNDS[self.ground]

    def to_json(self) -> dict[str, Any]:
        """For software. Words are in the active language."""
        return {
            "about": self.on.value,
            "called": self.called,
            "ground": self.ground.value,
            "removed": [
                {"what": str(each.what), "where": list(each.where), "count": each.count}
                for each in self.removed
            ],
            "kept": [
                {
                    "what": str(each.what),
                    "count": each.count,
                    "ground": each.why.value,
                    "why": str(each.ground),
                }
                for each in self.kept
            ],
            "entry": self.place,
            "left_to_do": self.left,
        }


def report_of(plan: Plan, called: str, ground: Ground) -> Report:
    """What a plan comes to, in words."""
    outside: Sequence[KeptBack] = (KeptBack(BACKUPS, 1, Why.OUTSIDE), KeptBack(BUNDLES, 1, Why.OUTSIDE))
    kept = (*plan.kept, *outside) if not plan.empty else tuple(plan.kept)
    return Report(plan.subject.on, called, ground, tuple(plan.removed), kept)
