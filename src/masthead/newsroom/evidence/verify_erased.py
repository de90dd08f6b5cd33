"""Verify that what is erased was erased by an entry, and is not merely gone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from masthead.language import Message
from masthead.newsroom.evidence.fields import fields_of
from masthead.newsroom.evidence.models import Entry, Erasure
from masthead.newsroom.evidence.verify_entry import Failure

SIGN = b'{"digest":"'
"""How the line of an erased field begins; it may stand within a value too."""


def erased_failures(entries: Iterable[Entry]) -> Iterator[Failure]:
    """Fields of these entries whose values are gone without an entry that erased them.

    One query where anything is erased, else none.
    """
    gone = {entry.place: names for entry in entries if (names := _erased(entry))}
    if not gone:
        return
    # Read after the entries: whoever erases meanwhile has put both there in one transaction.
    by_entry: dict[int, set[str]] = defaultdict(set)
    for place, names in Erasure.objects.filter(place__in=list(gone)).values_list("place", "names"):
        by_entry[place].update(names)
    for place, names in gone.items():
        for name in sorted(names - by_entry[place]):
            yield Failure(
                place, Message("its field %(name)s is gone, and no entry erased it", {"name": name})
            )


def _erased(entry: Entry) -> set[str]:
    kept: object = entry.sealed
    if not isinstance(kept, bytes | memoryview) or SIGN not in bytes(kept):
        return set()
    try:
        return {field.name for field in fields_of(entry) if field.erased}
    except ValueError:
        return set()  # reported with the entry


def erased_fields() -> int:
    """How many sealed fields entries have erased."""
    return sum(map(len, Erasure.objects.values_list("names", flat=True).iterator(500)))
