"""Read what was handed in, under this deployment's limits."""

from django.conf import settings

from masthead import reading
from masthead.newsroom.items import blobs
from masthead.newsroom.items.given import Given
from masthead.newsroom.items.models import Source, Version
from masthead.reading.document import Document
from masthead.reading.limits import Limits


def read(given: Given) -> Document:
    """Read a file as handed in; raises `CannotRead` with what to do."""
    return reading.read(given.content, name=given.name, limits=limits())


def document_of(kept: Version | Source) -> Document:
    """Read a version or a source again from the blob store."""
    return reading.read(blobs.fetch(kept.sha256), media_type=kept.media_type, limits=limits())


def limits() -> Limits:
    """What a file handed in may be."""
    return Limits(size=settings.MASTHEAD.max_upload)
