"""What a file says, once read: its words in order, where each block stands, what it links to."""

from dataclasses import dataclass
from enum import StrEnum

from masthead.vocabulary import Medium


class BlockKind(StrEnum):
    """What part a block plays. The canonical form drops it: a heading and a paragraph read alike."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CELL = "cell"
    CODE = "code"
    ALTERNATIVE = "alternative"
    """An image's alternative text, standing where the image stands."""


@dataclass(frozen=True, slots=True)
class Block:
    """One run of text; `start` and `end` are code-point offsets into the document's text."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link target with the words that carry it, as code-point offsets into the document's text."""

    target: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture inside a text: its address, its alternative text, and how many blocks end before it."""

    address: str
    alternative: str
    block: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read.

    `sha256` is of the bytes as handed in. `canonical_sha256` is of the canonical form: for text the
    blocks with white space and typographic quotes folded, link targets, alternative texts and the
    addresses of pictures kept; for media the bytes themselves. `text` is in Unicode NFC, its blocks joined
    by one newline; empty for media. Offsets everywhere are code points of `text`.
    """

    medium: Medium
    media_type: str
    sha256: str
    canonical_sha256: str
    size: int
    text: str = ""
    title: str | None = None
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()
    width: int | None = None
    height: int | None = None
