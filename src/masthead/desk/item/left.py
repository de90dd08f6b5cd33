"""What the page of an item shows whose newest version was erased: what is left of it, and how to go on."""

from dataclasses import dataclass

from masthead.desk.item.page import MEDIA, language_of
from masthead.desk.item.passages import Copy, copy_of
from masthead.desk.item.reading import words_of
from masthead.language import Message
from masthead.newsroom.items.erased import Erased
from masthead.newsroom.items.left import is_no_more, left
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.retention.went import Went, went
from masthead.newsroom.review.models import Publication, Withdrawal
from masthead.newsroom.review.standing import publications, withdrawal
from masthead.vocabulary import Medium


@dataclass(frozen=True, slots=True)
class Left:
    """An item whose newest version was erased. `version` is the newest that is left, if any is."""

    item: Item
    version: Version | None
    went: tuple[Went, ...]
    out: Publication | None
    """What readers have before them."""
    withdrawn: Withdrawal | None
    copy: Copy | None

    @property
    def title(self) -> str:
        """What the version that is left is called; what kind of thing it is, where nobody titled it."""
        return (self.version.title if self.version else "") or str(self.medium)

    @property
    def titled(self) -> bool:
        """Whether the title is its own, in its language."""
        return bool(self.version and self.version.title)

    @property
    def medium(self) -> Message:
        """What kind of thing it is."""
        return MEDIA[self.item.medium]

    @property
    def language(self) -> str:
        """The language of what is left, in words; empty where none is to be named."""
        text = self.version is not None and self.item.medium == Medium.TEXT
        return language_of(self.version.language) if self.version and text else ""

    @property
    def is_out(self) -> bool:
        """Whether what is left is what readers have."""
        return self.out is not None and self.version is not None and self.out.version_id == self.version.pk


def left_of(item: Item, *, part: int = 1) -> Left:
    """What is left of an item whose newest version was erased. Raises `Erased` where the item is no more."""
    if is_no_more(item):
        raise Erased
    version = left(item)
    gone = withdrawal(item)
    out = publications(item) if gone is None else []
    return Left(
        item=item,
        version=version,
        went=went(item, version),
        out=out[-1] if out else None,
        withdrawn=gone,
        copy=copy_of(words_of(version), (), part=part) if version else None,
    )
