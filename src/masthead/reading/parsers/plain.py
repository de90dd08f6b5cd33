"""Plain text: paragraphs apart by a blank line, lists by their marks.

Lines of a paragraph fold into one, unless a line is too long to have been wrapped by hand: then the
writer's paragraphs are lines. Marks of lists and lines of dashes are dropped, as Markdown drops them, so
that the same words give the same blocks whatever they were written in.
"""

import re

from masthead.reading.composing import Composed, Composer
from masthead.reading.document import BlockKind

WIDEST = 120
"""Code points: nobody wraps lines by hand beyond this."""

_BLANK = re.compile(r"\n(?:[^\S\n]*\n)+|\f")
_BULLET = re.compile(r"[^\S\n]*[-*+•‣◦▪][^\S\n]+(?=\S)")
_NUMBER = re.compile(r"[^\S\n]*(\d{1,3})[.)][^\S\n]+(?=\S)")
_RULE = re.compile(r"[^\S\n]*(?:[-*_=~#][^\S\n]*){3,}")


def parse(text: str, most: int) -> Composed:
    """The paragraphs and list items of `text`."""
    composer = Composer(most)
    for paragraph in _BLANK.split(text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = [line for line in paragraph.split("\n") if line.strip() and not _RULE.fullmatch(line)]
        if lines:
            _paragraph(lines, composer)
    return composer.finish()


def _paragraph(lines: list[str], composer: Composer) -> None:
    apart = max(map(len, lines)) > WIDEST
    listing = False
    numbered = _numbered(lines)
    composer.begin(BlockKind.PARAGRAPH)
    for place, line in enumerate(lines):
        opens = place == 0 or listing or lines[place - 1].rstrip().endswith(":")
        mark = _BULLET.match(line) if opens else None
        mark = _NUMBER.match(line) if place in numbered else mark
        if mark:
            listing = True
            composer.begin(BlockKind.ITEM)
        elif apart:
            composer.begin(BlockKind.PARAGRAPH)
        composer.add(f" {line[mark.end() if mark else 0 :]} ")


def _numbered(lines: list[str]) -> frozenset[int]:
    """Which lines are items of a list counted 1, 2, 3 …: two at least, or a year would lose its number."""
    places: list[int] = []
    for place, line in enumerate(lines):
        mark = _NUMBER.match(line)
        if mark and int(mark[1]) == len(places) + 1:
            places.append(place)
    return frozenset(places) if len(places) > 1 else frozenset()
