"""The words of a version as they are shown to whoever decides on it."""

from masthead.desk.item.reading import LINES, LONG, words_of
from masthead.newsroom.items.models import Version
from masthead.vocabulary import Medium

type Text = tuple[tuple[str, str], ...]
"""Kind and words of each block, in order."""


def unshown(version: Version) -> bool:
    """Whether a text is too long for a page: who decides on it reads the file."""
    if version.item.medium != Medium.TEXT:
        return False
    return version.size > LONG or len(words_of(version).blocks) > LINES


def shown_text(version: Version) -> Text | None:
    """The words of a version; None for a picture, and for a text too long for a page."""
    if version.item.medium != Medium.TEXT or unshown(version):
        return None
    read = words_of(version)
    return tuple((block.kind.value, read.text[block.start : block.end]) for block in read.blocks)
