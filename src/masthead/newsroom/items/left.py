"""What is left of an item of which something was erased.

Of one that was erased itself, nothing that could be gone on with. Of one whose newest versions went with its
old drafts, as a restored backup had them, the record goes on: with what is left, or with a new version.
"""

from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry, RowDigest
from masthead.newsroom.items.erased import ERASED_HASH, is_erased
from masthead.newsroom.items.models import Item, Version


def left(item: Item) -> Version | None:
    """The newest version that was not erased; None where none is left."""
    there = item.versions.exclude(sha256__startswith=ERASED_HASH)
    return there.select_related("item").order_by("-number").first()


def erased_by(version: Version) -> Entry | None:
    """The entry with which a version was erased; None of one that was not."""
    if not is_erased(version.sha256):
        return None
    digests = RowDigest.objects.filter(table=Version._meta.db_table, row=version.pk)
    return digests.select_related("entry").order_by("-entry")[:1].get().entry


def is_no_more(item: Item) -> bool:
    """Whether it was erased itself, so that nothing more is done with it."""
    versions = list(item.versions.all())
    if not all(is_erased(version.sha256) for version in versions):
        return False
    took = [entry for entry in map(erased_by, versions) if entry is not None]
    if any(entry.kind == Kind.DATA_ERASED for entry in took):
        return True
    # Its versions had gone before: then what else there was of it may have gone since.
    since = max((entry.place for entry in took), default=0)
    later = Entry.objects.filter(kind=Kind.DATA_ERASED, place__gt=since).only("sealed")
    return any(values_of(entry, ("item",)).get("item") == item.public_id for entry in later.iterator(500))
