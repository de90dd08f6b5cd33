"""Which sealed fields of the entries that wrote some rows hold words or hashes of content."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from json import loads
from uuid import UUID

from masthead.language import Message
from masthead.newsroom.evidence.fields import Field, fields_of
from masthead.newsroom.evidence.kinds import Kind, Opens, opening_of
from masthead.newsroom.evidence.models import Entry, RowDigest
from masthead.newsroom.evidence.rows import CHUNK
from masthead.newsroom.evidence.vouched import Vouched
from masthead.newsroom.retention.inventory import Holds, held_in
from masthead.newsroom.retention.plan import Plan
from masthead.newsroom.retention.subjects import Listed

GO = frozenset({Holds.STORY, Holds.WORDS, Holds.ASKED})


@dataclass(frozen=True, slots=True)
class Told:
    """What the audience holds already: the places of what went out and of what that rests on, and its forms.

    Of these entries stays what opened with it, as it is in every bundle. A hash of a form opens with that
    form alone: of a draft that went another way it never did.
    """

    places: Collection[int] = ()
    forms: Collection[str] = ()

    def has(self, entry: Entry, kind: Kind, field: Field) -> bool:
        """Whether a field of an entry opened, or still may with what stays."""
        match opening_of(kind, field.name):
            case Opens.WITH_ITEM:
                return entry.place in self.places
            case Opens.WITH_VERSION:
                return field.name != "canonical_sha256" or loads(field.value or b"null") in self.forms
        return False


NOTHING_TOLD = Told()


def places_of(rows: Mapping[type[Vouched], Iterable[UUID]]) -> set[int]:
    """The places of the entries that wrote any of these rows."""
    found: set[int] = set()
    for model, ids in rows.items():
        wanted = list(ids)
        for start in range(0, len(wanted), CHUNK):
            digests = RowDigest.objects.filter(
                table=model._meta.db_table, row__in=wanted[start : start + CHUNK]
            )
            found.update(place for (place,) in digests.values_list("entry__place"))
    return found


def sealed_words(
    made: Plan,
    places: Collection[int],
    *,
    told: Told = NOTHING_TOLD,
    only: Mapping[Kind, Collection[str]] | None = None,
    listed: Listed | None = None,
) -> None:
    """Have the sealed words and hashes of these entries destroyed, but for what was `told`.

    `only` these fields of these kinds, where given; and of them those alone that were `listed`.
    """
    count, wanted = 0, sorted(places)
    for start in range(0, len(wanted), CHUNK):
        for entry in Entry.objects.filter(place__in=wanted[start : start + CHUNK]):
            kind = Kind(entry.kind)
            for field in fields_of(entry):
                if only is not None and field.name not in only.get(kind, ()):
                    continue
                if listed is not None and (str(entry.id), field.name) not in listed.fields:
                    continue
                if field.erased or held_in(kind.name, field.name) not in GO or told.has(entry, kind, field):
                    continue
                made.destroy(entry.place, field.name)
                count += 1
    made.goes(Message("sealed fields of the log with words or hashes of it: %(n)d"), count, "evidence_entry")
