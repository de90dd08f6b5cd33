"""What people say, as every database can keep it."""

import re
from functools import cache
from unicodedata import normalize

from babel.numbers import format_decimal

from masthead.errors import Refused
from masthead.language import LANGUAGES, Message, active, using

NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")
"""NUL, which PostgreSQL keeps in no text, and what Python makes of bytes that are not UTF-8."""


_ERASED = re.compile(r"\[erased( [a-z0-9]{8})?\]")
"""What stands for words that were erased, and for the name of a person."""


def readable(words: str) -> str:
    """Words of the record for a person to read: what stands for what was erased is in their language.

    What is stored, sealed, hashed and compared, and what software is given, stays as it is.
    """
    if "[erased" not in words:
        return words
    erased = str(Message("erased"))
    return _ERASED.sub(lambda found: f"[{erased}{found[1] or ''}]", words)


def as_kept(words: str) -> str:
    """What `readable` made `words` of, in whichever of our languages: a person types what they read."""
    return _shown_erased().sub(lambda found: f"[erased{found[1] or ''}]", normalize("NFC", words))


@cache
def _shown_erased() -> re.Pattern[str]:
    spoken: set[str] = set()
    for language in LANGUAGES:
        with using(language):
            spoken.add(re.escape(str(Message("erased"))))
    return re.compile(rf"\[(?:{'|'.join(sorted(spoken))})( [a-z0-9]{{8}})?\]", re.IGNORECASE)


_NO_TITLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef"
    + "".join(f"{chr(0x10000 * plane + 0xFFFE)}{chr(0x10000 * plane + 0xFFFF)}" for plane in range(17))
    + "]"
)
"""Controls, noncharacters, and the marks that turn the direction of all that follows (UAX 9, section 2).

Joiners and the left-to-right and right-to-left marks stay: languages are spelt with them.
"""


_TURNING = re.compile("[\u202a-\u202e]+")
"""Embeddings, overrides and their end (UAX 9, sections 2.1 to 2.3): they reorder what another wrote."""
_APART = re.compile("[\u2066-\u2069]")
_ENDS_APART = "\u2069"
_PIECES = re.compile("(<[^<>\n]*>|[\n\r\x1c-\x1e\x85\u2029])")
"""Where a stretch of a written file ends that marks could reach across: a tag, or a paragraph (UAX 9, P1)."""


def cleaned(text: str) -> str:
    """`text` as `straight`, without white space around it; what is no character becomes U+FFFD."""
    return straight(NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text)).strip()


def straight(text: str) -> str:
    """`text` or a file of text, HTML, XML or JSON in lines, where no mark turns what stands beside it.

    Embeddings and overrides are dropped; isolates stay where each is ended before its own line or tag ends.
    """
    text = _TURNING.sub("", text)
    if not _APART.search(text):
        return text
    return "".join(_balanced(piece) for piece in _PIECES.split(text))


def _balanced(piece: str) -> str:
    opened: list[int] = []
    alone: set[int] = set()
    for found in _APART.finditer(piece):
        if found[0] != _ENDS_APART:
            opened.append(found.start())
        elif opened:
            opened.pop()
        else:
            alone.add(found.start())
    alone.update(opened)
    return "".join(sign for at, sign in enumerate(piece) if at not in alone) if alone else piece


def folded(text: str) -> str:
    """`text` cleaned, in one line, with single spaces."""
    return " ".join(cleaned(text).split())


def titled(text: str) -> str:
    """A title: `text` folded, without what no reader sees and what would turn the words beside it."""
    return " ".join(_NO_TITLE.sub("", folded(text)).split())


def key(name: str) -> str:
    """What makes two names one: `name` folded, whatever its case and however its accents are composed.

    Kept in a column beside the name, because SQLite folds the case of ASCII alone.
    """
    return normalize("NFC", normalize("NFC", folded(name)).casefold())


def at_most(text: str, longest: int) -> str:
    """`text` folded; `Refused` where it has more than `longest` characters."""
    kept = folded(text)
    if len(kept) > longest:
        raise too_long(longest)
    return kept


def too_long(longest: int) -> Refused:
    """The refusal of words that are more than `longest` characters."""
    return Refused(
        Message("That has more than %(longest)s characters.", {"longest": counted(longest)}),
        Message("Say it in fewer."),
    )


def counted(number: int) -> str:
    """`2,000`, `2 000`: a number as the active language writes it."""
    return format_decimal(number, locale=active())
