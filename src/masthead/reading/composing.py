"""How a parser hands over what it reads: words as they come, out come text, blocks and links with offsets."""

import re
import unicodedata
from dataclasses import dataclass

from masthead.reading import refusals
from masthead.reading.document import Block, BlockKind, Link, Picture
from masthead.reading.limits import USUAL

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]+")
"""What no reader sees and no script needs: controls, soft hyphen, zero-width space, word joiner, BOM."""
_SPACE = re.compile("[\t-\r \x85\u2028\u2029]+")
"""White space that a page collapses. A no-break space is not among it: a reader sees where it stands."""
_UNPRINTABLE = re.compile(r"[^!-~]+")


@dataclass(frozen=True, slots=True)
class Composed:
    """What a parser read: see `Document` for the fields."""

    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    title: str | None = None
    pictures: tuple[Picture, ...] = ()


class Composer:
    """Collects blocks in reading order; linear in what it is given.

    White space inside a block is collapsed to one space, at its edges dropped; empty blocks vanish. The
    text is in NFC, also where a combining mark comes apart from its letter in the markup.
    """

    def __init__(self, most: int) -> None:
        """Take at most `most` characters and the usual number of blocks, then raise `CannotRead`."""
        self._most = most
        self._kind = BlockKind.PARAGRAPH
        self._texts: list[str] = []
        self._blocks: list[Block] = []
        self._links: list[Link] = []
        self._pictures: list[Picture] = []
        self._start = 0
        self._pieces: list[str] = []
        self._length = 0
        self._gap = False
        self._breaks = 0
        self._words = False
        self._target: str | None = None
        self._linked: int | None = None

    def begin(self, kind: BlockKind) -> None:
        """End the block at hand, if any; what comes next is of `kind`."""
        self._close()
        self._kind = kind

    def add(self, raw: str) -> None:
        """More words of the block at hand."""
        if self._add(raw):
            self._words = True

    def add_alternative(self, raw: str, address: str = "") -> None:
        """An image's alternative text: a block of its own where the image stands alone, else in line.

        One that is a word is set apart by spaces; a picture of an emoji stands as close as the emoji. The
        image is kept by its address where it has one, also without an alternative text.
        """
        if address.strip():
            self._pictures.append(Picture(encoded(address), _in_one_line(raw), len(self._blocks)))
        apart = any(map(str.isalnum, raw))
        self._add(f" {raw} " if apart else raw)

    def line_break(self) -> None:
        """A line break; two in a row end the block."""
        self._breaks += 1
        self._gap = True
        if self._breaks > 1:
            self._close()

    def link(self, target: str) -> None:
        """What comes now, until `unlink`, links to `target`.

        Two links that touch are set apart by a space: menus leave that to their style.
        """
        self.unlink()
        self._target = encoded(target)
        last = self._links[-1] if self._links else None
        if last and last.target != self._target and last.end == self._start + self._length:
            self._gap = True

    def unlink(self) -> None:
        """The end of a link. One without words is nothing that a reader could follow, and is dropped."""
        self._end_link()
        self._target = None

    def finish(self, title: str | None = None) -> Composed:
        """Everything read."""
        self._close()
        title = _in_one_line(title or "")
        return Composed(
            "\n".join(self._texts),
            tuple(self._blocks),
            tuple(self._links),
            title or None,
            tuple(self._pictures),
        )

    def _add(self, raw: str) -> bool:
        text = _SPACE.sub(" ", _UNSEEN.sub("", raw))
        if text.startswith(" "):
            self._gap = True
        words = text.strip(" ")
        if not words:
            return False
        if self._gap and self._pieces:
            self._put(" ")
        elif self._pieces:
            words = self._join(words)
        self._gap, self._breaks = text.endswith(" "), 0
        if words:
            if self._target is not None and self._linked is None:
                self._linked = self._start + self._length
            self._put(unicodedata.normalize("NFC", words))
        return True

    def _put(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)
        if self._start + self._length > self._most:
            raise refusals.too_long(self._most)

    def _join(self, words: str) -> str:
        """Give marks that belong to the last letter back to it; the rest of `words`."""
        count = 0
        while count < len(words) and _continues(words[count]):
            count += 1
        if count:
            last = self._pieces.pop()
            self._length -= len(last)
            self._put(unicodedata.normalize("NFC", last + words[:count]))
        return words[count:]

    def _end_link(self) -> None:
        if self._target is None or self._linked is None:
            return
        start, end = self._linked, self._start + self._length
        self._linked = None
        if start >= end:
            return
        last = self._links[-1] if self._links else None
        if last and last.target == self._target and start - 1 <= last.end and last.start >= self._start:
            self._links[-1] = Link(self._target, last.start, end)
        else:
            self._links.append(Link(self._target, start, end))

    def _close(self) -> None:
        """Put the block at hand away; a link that goes on covers the next block too."""
        if self._pieces:
            if len(self._blocks) >= USUAL.blocks:
                raise refusals.too_many_blocks(USUAL.blocks)
            self._end_link()
            kind = self._kind if self._words else BlockKind.ALTERNATIVE
            self._texts.append("".join(self._pieces))
            self._blocks.append(Block(kind, self._start, self._start + self._length))
            self._start += self._length + 1
        self._pieces, self._length, self._gap, self._breaks, self._words = [], 0, False, 0, False


def encoded(target: str) -> str:
    """A link target in ASCII, the same whether its author wrote `é` or `%C3%A9`."""
    return _UNPRINTABLE.sub(_percent, target.strip())


def seen(raw: str) -> str:
    """`raw` without what no reader sees."""
    return _UNSEEN.sub("", raw)


def _in_one_line(raw: str) -> str:
    return " ".join(unicodedata.normalize("NFC", seen(raw)).split())


def _percent(found: re.Match[str]) -> str:
    octets = unicodedata.normalize("NFC", found[0]).encode("utf-8", "replace")
    return "".join(f"%{octet:02X}" for octet in octets)


def _continues(character: str) -> bool:
    """Whether it may merge with what stands before it: a mark, or a vowel or final consonant of Hangul."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"
