"""The title of what somebody brought, beside ours: the canonical form has the words alone."""

from dataclasses import dataclass

from masthead.newsroom.public.verifying.matching import Match
from masthead.newsroom.review.standing import publications
from masthead.newsroom.said import folded
from masthead.reading.document import Document


@dataclass(frozen=True, slots=True)
class Title:
    """What was brought is called so, empty where it has no title of its own; `ours` is the newest of ours.

    It is `foreign` where we never published the item under it.
    """

    brought: str
    ours: str
    foreign: bool


def title_of(match: Match | None, document: Document | None) -> Title | None:
    """How the title stands; None where the bytes are ours, title and all, or nothing is.

    A title that stands among the words, a heading say, was compared with them.
    """
    if match is None or not match.by_words or document is None:
        return None
    brought, ours = folded(document.title or ""), folded(match.newest.version.title)
    among_words = {folded(document.text[each.start : each.end]) for each in document.blocks}
    if brought != ours and brought in among_words:
        brought = ""
    known = {folded(each.version.title) for each in publications(match.found.item)}
    return Title(brought, ours, bool(brought) and brought not in known)
