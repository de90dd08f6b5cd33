"""One code point for one: digits, spaces, dashes and signs of any script as their ASCII likeness.

Patterns and validators then need to know one notation only, and offsets stay those of the text.
"""

import unicodedata

_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks of writing direction, which stand around numbers in right-to-left text."""

_LIKENESS = dict(zip("−＋﹢＠﹫．（）／’", "-++@@.()/'", strict=True))


class _Folding(dict[int, int]):
    """What each code point becomes; a cache that fills as code points are met."""

    def __missing__(self, code: int) -> int:
        character = chr(code)
        digit = unicodedata.decimal(character, None)
        kind = unicodedata.category(character)
        if digit is not None:
            becomes = str(digit)
        elif kind == "Zs" or character in _DIRECTIONS or character == "\t":
            becomes = " "
        elif kind == "Pd":
            becomes = "-"
        elif kind == "Cs":
            becomes = "?"  # a lone surrogate cannot be encoded, and the scanner works on UTF-8
        else:
            becomes = _LIKENESS.get(character, character)
        self[code] = ord(becomes)
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """`text` in the same length, with only ASCII digits, spaces and dashes in it, ready for UTF-8."""
    return text.replace("\t", " ") if text.isascii() else text.translate(_FOLDING)
