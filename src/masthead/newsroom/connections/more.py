"""Whether what a CMS asks about holds more than the words somebody signed, and what to publish instead."""

from dataclasses import dataclass

from masthead import reading
from masthead.errors import MastheadError
from masthead.newsroom.items import blobs
from masthead.newsroom.items.given import Given
from masthead.newsroom.items.models import Version
from masthead.newsroom.items.reading import document_of, limits, read
from masthead.newsroom.review.models import SignOff
from masthead.newsroom.review.standing import live_break_glass, live_sign_off, said_digest
from masthead.reading.document import Document


@dataclass(frozen=True, slots=True)
class Instead:
    """The same words and nothing else: bytes that may be published in place of what was asked about."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class More:
    """That a file holds more than its words; `instead` is None where nothing can be made of it."""

    instead: Instead | None


def more_than_words(version: Version, asked: str, content: Given | None) -> More | None:
    """What is to be said of a file that is the text of `version`: None where its words are all it holds.

    A sign-off given on these very bytes covers all that is in them, and so does a decision to publish
    `version` against obstacles. One given on other bytes of the same words covers the words alone.
    """
    if _decided_on(version, asked):
        return None
    brought = _brought(version, asked, content)
    if brought is None:
        return None
    held, document = brought
    if not reading.holds_more(held, document, limits=limits()):
        return None
    try:
        return More(Instead(*reading.outgoing(held, document, version.title, limits=limits())))
    except MastheadError:
        return More(None)


def _decided_on(version: Version, asked: str) -> bool:
    if live_sign_off(version) is None:
        # Without one the gate says so; only whoever broke the glass decided on the version as it is.
        return asked == version.sha256 or live_break_glass(version) is None
    covering = SignOff.objects.filter(
        version__item=version.item_id,
        version__sha256=asked,
        canonical_sha256=version.canonical_sha256,
        said_sha256=said_digest(version),
    )
    return covering.exists() or (asked == version.sha256 and live_break_glass(version) is not None)


def _brought(version: Version, asked: str, content: Given | None) -> tuple[bytes, Document] | None:
    known = version.item.versions.filter(sha256=asked).order_by("-number").first()
    if known is not None:
        return blobs.fetch(known.sha256), document_of(known)
    return (content.content, read(content)) if content else None
