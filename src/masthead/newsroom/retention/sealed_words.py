"""Which sealed fields of the entries that wrote some rows hold words or hashes of content."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from masthead.language import Message
from masthead.newsroom.evidence.fields import fields_of
from masthead.newsroom.evidence.kinds import Kind, Opens, opening_of
from masthead.newsroom.evidence.models import Entry, RowDigest
from masthead.newsroom.evidence.rows import CHUNK
from masthead.newsroom.evidence.vouched import Vouched
from masthead.newsroom.retention.inventory import Holds, held_in
from masthead.newsroom.retention.plan import Plan

GO = frozenset({Holds.STORY, Holds.WORDS, Holds.ASKED})


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
    made: Plan, places: Collection[int], *, opened: Collection[int] = (), kinds: Collection[str] = ()
) -> None:
    """Have the sealed words and hashes of these entries destroyed; of `kinds` alone, where given.

    Of the entries `opened`, on which what went out rests, stays what opened with it: it is in every bundle.
    """
    count, wanted = 0, sorted(places)
    for start in range(0, len(wanted), CHUNK):
        for entry in Entry.objects.filter(place__in=wanted[start : start + CHUNK]):
            kind = Kind(entry.kind)
            if kinds and kind.name not in kinds:
                continue
            for field in fields_of(entry):
                told = entry.place in opened and opening_of(kind, field.name) is not Opens.NEVER
                if not field.erased and not told and held_in(kind.name, field.name) in GO:
                    made.destroy(entry.place, field.name)
                    count += 1
    made.goes(Message("sealed fields of the log with words or hashes of it: %(n)d"), count, "evidence_entry")
