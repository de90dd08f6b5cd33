"""The words of a line with what is said of them: `{% load pieces %}`, `{{ line|pieces }}`.

Written here and not in a template: a page has hundreds of pieces.
"""

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
    words = f'<span data-start="{piece.start}">{escape(piece.text)}</span>'
    if not piece.weight and not piece.ai:
        return words
    numbers = "".join(_number(note) for note in piece.notes)
    return f'<mark class="{piece.weight}{" ai" if piece.ai else ""}">{words}{numbers}</mark>'


def _number(note: Note) -> str:
    said = escape(str(Message("Note %(number)s", {"number": note.number})))
    return f'<sup><a href="#{note.id}" aria-label="{said}">{note.number}</a></sup>'
