"""The words of a version, read once: parsing costs more than all the rest of a page."""

from collections import OrderedDict
from threading import Lock
from uuid import UUID

from masthead.newsroom.items.erased import is_erased
from masthead.newsroom.items.models import Version
from masthead.newsroom.items.reading import document_of
from masthead.newsroom.public.serving.store import when_protected
from masthead.reading.document import Document

LONG = 200_000
"""Characters of a text that are shown on a page as a whole."""
LINES = 2_000
"""Paragraphs that are shown on a page as a whole."""
ROOM = 32_000_000
"""Bytes that all texts kept read may take: a few hundred stories, or the longest text there may be."""


def words_of(version: Version) -> Document:
    """The version as read. A version never changes but to be erased, so that what was read stays true."""
    if version.item.protected or is_erased(version.sha256):
        return document_of(version)
    return known.of(version)


class Known:
    """Documents by their version; the one used longest ago leaves first. Safe to use from any thread."""

    def __init__(self) -> None:
        self._kept: OrderedDict[UUID, Document] = OrderedDict()
        self._taken = 0
        self._cleared = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def of(self, version: Version) -> Document:
        """The document, read where it is not kept."""
        with self._lock:
            kept, cleared = self._kept.get(version.pk), self._cleared
            if kept is not None:
                self._kept.move_to_end(version.pk)
                return kept
        document = document_of(version)
        with self._lock:
            # What became protected while it was read is not kept.
            if cleared == self._cleared and version.pk not in self._kept:
                self._kept[version.pk] = document
                self._taken += _weight(document)
            while self._taken > ROOM:
                self._taken -= _weight(self._kept.popitem(last=False)[1])
        return document

    def clear(self) -> None:
        """Keep nothing of what was read so far."""
        with self._lock:
            self._kept.clear()
            self._taken = 0
            self._cleared += 1


def _weight(document: Document) -> int:
    """Bytes it takes in memory, at most."""
    places = len(document.blocks) + len(document.links) + len(document.pictures)
    links = sum(len(link.target) for link in document.links)
    return 4 * (len(document.text) + links) + 300 * places + 1_000


known = Known()
when_protected(known.clear)
