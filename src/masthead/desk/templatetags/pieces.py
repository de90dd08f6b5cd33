"""The words of a line with what is said of them: `{% load pieces %}`, `{{ line|pieces }}`.

Written here and not in a template: a page has hundreds of pieces.
"""

import re
from collections.abc import Iterator

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from masthead.desk.item.notes import Note
from masthead.desk.item.passages import Line, Piece
from masthead.language import Message

register = template.Library()


@register.filter
def pieces(line: Line) -> SafeString:
    """The HTML of a line: each piece at its place, marked where something is said of it."""
    return mark_safe("".join(_piece(each) for each in line.pieces))  # noqa: S308 - escaped piece by piece


def _piece(piece: Piece) -> str:
    words = "".join(_spans(piece.start, piece.text))
    if not piece.weight and not piece.ai:
        return words
    numbers = "".join(_number(note) for note in piece.notes)
    return f'<mark class="{piece.weight}{" ai" if piece.ai else ""}">{words}{numbers}</mark>'


TURNING = {
    "\u202a": Message("mark: left to right from here"),
    "\u202b": Message("mark: right to left from here"),
    "\u202c": Message("mark: end of a turned direction"),
    "\u202d": Message("mark: all left to right from here"),
    "\u202e": Message("mark: all right to left from here"),
    "\u2066": Message("mark: left to right, apart"),
    "\u2067": Message("mark: right to left, apart"),
    "\u2068": Message("mark: apart"),
    "\u2069": Message("mark: end of what stands apart"),
}
"""What turns the direction of all that follows (UAX 9, section 2): shown as a sign, and never obeyed."""
_AT = re.compile("([\u202a-\u202e\u2066-\u2069])")


@register.filter
def unturned(words: str) -> SafeString:
    """The HTML of words in which each mark that would turn the direction of reading is a sign to be seen."""
    parts = (_sign(part) if part in TURNING else escape(part) for part in _AT.split(str(words)))
    return mark_safe("".join(parts))  # noqa: S308 - escaped part by part


def _spans(start: int, text: str) -> Iterator[str]:
    """The words at their places; a sign takes the place of one code point, as what it stands for does."""
    for part in _AT.split(text):
        if part in TURNING:
            yield _span(start, _sign(part))
        elif part or not text:
            yield _span(start, escape(part))
        start += len(part)


def _span(start: int, inside: str) -> str:
    return f'<span data-start="{start}">{inside}</span>'


def _sign(mark: str) -> str:
    said = escape(str(TURNING[mark]))
    return f'<b class="tag mind" role="img" aria-label="{said}" title="{said}">⇄</b>'


def _number(note: Note) -> str:
    said = escape(str(Message("Note %(number)s", {"number": note.number})))
    return f'<sup><a href="#{note.id}" aria-label="{said}">{note.number}</a></sup>'
