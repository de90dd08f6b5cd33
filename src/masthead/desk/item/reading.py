"""The words of a version, read once: parsing costs more than all the rest of a page."""

from functools import lru_cache

from masthead.newsroom.items.models import Version
from masthead.newsroom.items.reading import document_of
from masthead.newsroom.public.serving.store import when_protected
from masthead.reading.document import Document

LONG = 200_000
"""Characters of a text that are shown on a page, and kept read."""


def words_of(version: Version) -> Document:
    """The version as read. A version never changes, so that what was read of it stays true."""
    if version.size > LONG or version.item.protected:
        return document_of(version)
    return _read(version)


@lru_cache(maxsize=64)
def _read(version: Version) -> Document:
    return document_of(version)


when_protected(_read.cache_clear)
