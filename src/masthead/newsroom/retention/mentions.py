"""Where a name stands in words that people wrote for the record alone, and the words without it."""

import re
from collections.abc import Callable, Iterator
from unicodedata import normalize
from uuid import UUID

from masthead.newsroom.assurance.models import CorrectiveAction, Evidence
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.kinds import FIELDS, Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.vouched import Vouched
from masthead.newsroom.integrity.models import Restoration
from masthead.newsroom.items.erased import GONE
from masthead.newsroom.policy.models import Answer
from masthead.newsroom.remedies.models import Ending, Question
from masthead.newsroom.retention.inventory import Holds, held_in
from masthead.newsroom.retention.models import Hold, Minimum, Schedule
from masthead.newsroom.retention.subjects import Subject
from masthead.newsroom.retention.words import On
from masthead.newsroom.review.models import BreakGlass, Correction, SentBack, Waiver, Withdrawal
from masthead.newsroom.witness.models import Alarm

type Way = Callable[[Vouched], Subject | None]


def _item(row: Vouched) -> Subject:
    return Subject(On.ITEM, row.item_id)  # type: ignore[attr-defined]  # a row that is of an item


def _item_of_version(row: Vouched) -> Subject:
    return Subject(On.ITEM, row.version.item_id)  # type: ignore[attr-defined]  # a row that is of a version


def _question(row: Vouched) -> Subject:
    return Subject(On.QUESTION, row.pk)


def _hold(row: Vouched) -> Subject | None:
    """A hold that stands keeps its own reason: that is of what the hold is on."""
    if row.lifted_at is not None:  # type: ignore[attr-defined]  # a row that is a hold
        return None
    ids = (row.person_id, row.item_id, row.question_id)  # type: ignore[attr-defined]  # the same
    return Subject(On(row.on), next((each for each in ids if each), None))  # type: ignore[attr-defined]


def _nothing(row: Vouched) -> None:
    return None


SEALED: tuple[tuple[type[Vouched], str, Way], ...] = (
    (Answer, "note", _nothing),
    (Waiver, "note", _item),
    (SentBack, "note", _item_of_version),
    (BreakGlass, "reason", _item_of_version),
    (Question, "text", _question),
    (Hold, "reason", _hold),
    (Hold, "lifted_because", _nothing),
    (Schedule, "reason", _nothing),
    (Minimum, "reason", _nothing),
    (Restoration, "note", _nothing),
    (Evidence, "note", _nothing),
    (CorrectiveAction, "closed_because", _nothing),
    (Alarm, "note", _nothing),
)
"""Words that are told to nobody outside: the table, the column, and what a hold on them would be on."""
PUBLIC: tuple[tuple[type[Vouched], str], ...] = (
    (Ending, "answer"),
    (Correction, "note"),
    (Withdrawal, "reason"),
)
"""Words that were told to the audience."""

_KINDS = {
    kind: frozenset(name for name in fields.opens if held_in(kind.name, name) in (Holds.WORDS, Holds.ASKED))
    for kind, fields in FIELDS.items()
}


class Name:
    """A name as it may stand in words: whole, whatever its case and its spaces."""

    def __init__(self, name: str) -> None:
        parts = r"\s+".join(map(re.escape, normalize("NFC", name).split()))
        self._pattern = re.compile(rf"(?<!\w){parts}(?!\w)", re.IGNORECASE)

    def in_(self, words: object) -> bool:
        """Whether it stands there."""
        return isinstance(words, str) and self._pattern.search(normalize("NFC", words)) is not None

    def out_of(self, words: str) -> str:
        """The words without it."""
        return self._pattern.sub(GONE, normalize("NFC", words))


def in_rows(name: Name) -> Iterator[tuple[type[Vouched], UUID, str, str, Subject | None]]:
    """The rows in whose sealed words the name stands: table, row, column, the words without it, whose."""
    for model, column, way in SEALED:
        rows = model._base_manager.exclude(**{f"{column}__isnull": True}).exclude(**{column: ""})
        for row in rows.iterator(500):
            words = getattr(row, column)
            if name.in_(words):
                yield model, row.pk, column, name.out_of(words), way(row)


def in_public_words(name: Name) -> int:
    """In how many answers, corrections and withdrawals, all of them public, the name stands."""
    return sum(
        name.in_(words)
        for model, column in PUBLIC
        for words in model._base_manager.values_list(column, flat=True).iterator(500)
    )


def in_entries(name: Name) -> Iterator[tuple[int, str, str | None]]:
    """The sealed fields in which the name stands: place, field, and the public id of the item they are of."""
    kinds = {kind: names for kind, names in _KINDS.items() if names}
    for entry in Entry.objects.filter(kind__in=list(kinds)).order_by("place").iterator(500):
        said = values_of(entry, kinds[Kind(entry.kind)] | {"item"})
        for each in kinds[Kind(entry.kind)]:
            if name.in_(said.get(each)):
                yield entry.place, each, said.get("item")
