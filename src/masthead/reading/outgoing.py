"""What goes out of what came in: that which was read, signed and checked, and nothing else."""

from hashlib import sha256

from masthead.reading import page, refusals
from masthead.reading.document import BlockKind, Document
from masthead.reading.kinds import Kind
from masthead.reading.limits import USUAL, Limits
from masthead.reading.reader import asked, read
from masthead.runner import Failed, Reason, register
from masthead.vocabulary import Medium

_CLEAN = "reading.clean"
register(_CLEAN, "masthead.reading.cleaning:clean")

_NEVER = frozenset({Kind.DOCX, Kind.PDF})
"""Kinds that never go out as they are."""
_LONGEST_TITLE = 120


def outgoing(content: bytes, document: Document, title: str, *, limits: Limits = USUAL) -> tuple[bytes, str]:
    """What to publish of `content`, whose reading is `document`: bytes and media type.

    A page is written anew, without anything that is not read of it, under `title` (else its
    own first heading or words). Markdown stays Markdown
    without front matter and comments; where it holds more that is not read, it becomes a page. Word and PDF
    become a page of their words and links. Plain text stays as it is. A picture loses its metadata and keeps
    every pixel, its colours and its orientation.

    Read again, what goes out has the canonical form of `document`, or the same pixels.

    Raises:
        Refused: it cannot go out without changing what was signed, with what to do.
        CannotRead: the file is damaged.
        Unavailable: the child that parses could not be started.

    """
    if sha256(content).hexdigest() != document.sha256:
        raise ValueError("the document is not a reading of these bytes")
    title = title or _own_title(document)
    if document.media_type in _NEVER:
        out = page.of_blocks(document, title).encode(), Kind.HTML.value
    elif document.media_type == Kind.PLAIN:
        out = content, document.media_type
    else:
        header = {"media_type": document.media_type, "title": title, "limits": limits.to_json()}
        answer, blobs = asked(_CLEAN, header, content, limits)
        out = _checked(answer.get("media_type"), blobs, document)
    if document.medium is Medium.TEXT and not _says_the_same(*out, document, limits):
        raise refusals.words_would_change()
    return out


def _checked(media_type: object, blobs: list[bytes], document: Document) -> tuple[bytes, str]:
    """The child's answer; it has handled a stranger's file, so nothing is taken on trust."""
    allowed = {document.media_type}
    if document.media_type == Kind.MARKDOWN:
        allowed.add(Kind.HTML)
    if media_type not in allowed or len(blobs) != 1:
        raise Failed(Reason.REPLY)
    return blobs[0], str(media_type)


def _says_the_same(content: bytes, media_type: str, document: Document, limits: Limits) -> bool:
    again = read(content, media_type=media_type, limits=limits)
    return (again.media_type, again.canonical_sha256) == (media_type, document.canonical_sha256)


def _own_title(document: Document) -> str:
    headings = (block for block in document.blocks if block.kind is BlockKind.HEADING)
    block = next(headings, next(iter(document.blocks), None))
    return "" if block is None else document.text[block.start : block.end][:_LONGEST_TITLE]
