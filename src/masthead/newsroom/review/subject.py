"""A version as the checks see it, read from the blob store."""

from dataclasses import replace

from masthead.checks.subject import AIUse, Source, Subject
from masthead.errors import MastheadError
from masthead.newsroom.items import blobs
from masthead.newsroom.items.models import Source as KeptSource
from masthead.newsroom.items.models import Version
from masthead.newsroom.items.reading import document_of


def subject_of(version: Version, trust: tuple[bytes, ...] = ()) -> Subject:
    """Read a version and its sources. A source that cannot be read says why; it is never left out."""
    return Subject(
        # The title goes out above the words, so it is looked at with them.
        document=replace(document_of(version), title=version.title or None),
        language=version.language,
        sources=tuple(_source(kept) for kept in version.sources.all()),
        ai_uses=tuple(
            AIUse(
                use.system,
                use.for_task,
                use.at_tier,
                None if use.start is None or use.end is None else (use.start, use.end),
            )
            for use in version.ai_uses.all()
        ),
        content=blobs.fetch(version.sha256),
        trust=trust,
    )


def _source(kept: KeptSource) -> Source:
    try:
        return Source(kept.label, document_of(kept))
    except MastheadError as error:
        return Source(kept.label, None, error.what)
