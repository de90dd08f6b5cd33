"""Look for what somebody brought among what was published."""

from dataclasses import dataclass

from django.db.models import QuerySet

from masthead.newsroom.review.models import Publication
from masthead.newsroom.review.standing import publications, withdrawal


@dataclass(frozen=True, slots=True)
class Match:
    """A publication that is the same, by its bytes or by its words, and what is out of its item now."""

    found: Publication
    newest: Publication
    by_words: bool
    withdrawn: bool

    @property
    def current(self) -> bool:
        """Whether what was brought is what is out now."""
        if self.withdrawn:
            return False
        if self.by_words:
            return self.found.version.canonical_sha256 == self.newest.version.canonical_sha256
        return self.found.content_sha256 == self.newest.content_sha256


def by_bytes(sha256: str) -> Match | None:
    """The newest publication of these very bytes."""
    return _match(Publication.objects.filter(content_sha256=sha256), by_words=False)


def by_words(canonical_sha256: str) -> Match | None:
    """The newest publication of a text with this canonical form."""
    found = Publication.objects.filter(version__canonical_sha256=canonical_sha256, item__medium="text")
    return _match(found, by_words=True)


def _match(among: QuerySet[Publication], *, by_words: bool) -> Match | None:
    found = among.select_related("item", "version", "entry")
    newest = found.order_by("-entry__place").first()
    if newest is None:
        return None
    item = newest.item
    return Match(newest, publications(item)[-1], by_words, withdrawal(item) is not None)
