"""What an erasure removed, what it kept and on what ground: read by people, and as JSON by software."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from masthead.errors import Refused
from masthead.language import Message
from masthead.newsroom.retention.plan import KeptBack, Plan, Removed, joined
from masthead.newsroom.retention.words import GROUNDS, PARTS, Ground, On, Part, Why

EXPIRING = Message(
    "earlier backups: those of `masthead backup` for %(n)d day more, others until somebody deletes them",
    plural="earlier backups: those of `masthead backup` for %(n)d days more, others until somebody deletes"
    " them",
)
"""`masthead backup` deletes its copies after the setting `backup_keep_days`."""
BACKUPS = Message("earlier backups, until somebody deletes them: the setting backup_keep_days keeps all")
ASIDE = Message("folders with what a restore or a damage set aside, in the home folder: %(n)d")
WRITTEN_AHEAD = Message(
    "rows as they were, in PostgreSQL's log of writes ahead, its archive and its replicas, until that is"
    " recycled"
)
BUNDLES = Message("bundles and pages that others have downloaded")


@dataclass(frozen=True, slots=True)
class Report:
    """The same before and after: only `place` tells a look from the deed."""

    on: On
    part: Part | None
    """What of an item, where it is not the whole."""
    called: str
    """Who or what is erased: the name is told to who asks, and kept nowhere with the report."""
    ground: Ground
    removed: tuple[Removed, ...]
    kept: tuple[KeptBack, ...]
    place: int | None = None
    """The place of the entry; None for a look, and where nothing was left to erase."""
    against: tuple[Refused, ...] = ()
    """What is to be ended before it can be erased, each with its way out: of a look alone."""
    left: int = 0
    """What is still to be done outside the database: files, pages, space. The clock goes on with it."""

    @property
    def why(self) -> Message:
        """The ground in words."""
        return GROUNDS[self.ground]

    @property
    def of(self) -> Message | None:
        """What of an item, in words."""
        return PARTS[self.part] if self.part else None

    @property
    def first(self) -> Refused | None:
        """All that stands against the deed, as it is refused; None where nothing does."""
        return joined(self.against) if self.against else None

    def to_json(self) -> dict[str, Any]:
        """For software. Words are in the active language."""
        return {
            "about": self.on.value,
            "part": self.part.value if self.part else None,
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
            "first": str(self.first) if self.first else None,
            "against": [{"what": str(each.what), "remedy": str(each.remedy)} for each in self.against],
            "entry": self.place,
            "left_to_do": self.left,
        }


def report_of(plan: Plan, called: str, ground: Ground) -> Report:
    """What a plan comes to, in words."""
    kept = (*plan.kept, *_outside()) if not plan.empty else tuple(plan.kept)
    removed, against = tuple(plan.removed), tuple(plan.against)
    return Report(plan.subject.on, plan.subject.part, called, ground, removed, kept, against=against)


def _outside() -> Iterator[KeptBack]:
    """What Masthead does not reach, and somebody has to."""
    days: int = settings.MASTHEAD.backup_keep_days
    copies = Message(EXPIRING.template, {"n": days}, EXPIRING.plural) if days else BACKUPS
    yield KeptBack(copies, 1, Why.OUTSIDE)
    if connection.vendor == "postgresql":
        yield KeptBack(WRITTEN_AHEAD, 1, Why.OUTSIDE)
    yield KeptBack(BUNDLES, 1, Why.OUTSIDE)
    home: Path = settings.MASTHEAD_HOME
    aside = sum((home / name).is_dir() for name in ("replaced", "damage", "restoring"))
    if aside:
        yield KeptBack(Message(ASIDE.template, {"n": aside}), aside, Why.OUTSIDE)
