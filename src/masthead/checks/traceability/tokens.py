"""A text cut into tokens once, for everything that is looked for in it.

Offsets are code points of the text. The cut is context-free around quotation marks and white space, so
the tokens of a passage are the same wherever it stands: that is what lets wording be compared by tokens.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

URL, DATE, TIME, NUMBER, WORD, MARK = "url", "date", "time", "number", "word", "mark"

_MARK_BLOCKS = ((0x300, 0x1200), (0x1700, 0x1C00), (0xA600, 0xAC00), (0x10A00, 0x11E00))
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
_CHARACTERS = re.compile(r"\d+|\D")
_STRIPPED = re.compile("[\u0300-\u036f\u0640\u064b-\u065f\u0670\u200c\u200d]+")
_PAIRS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا"})
SENTENCE_ENDS = frozenset((*".!?。！？।۔؟", "..."))
_LINE = 90
"""A gap wider than this runs over a line's end (see `Tokens.gap`)."""
_SPACES = " \u00a0\u2009\u202f"


def word_set(words: str) -> frozenset[str]:
    """The words of a string, for the tables of this check."""
    return frozenset(words.split())


def fold(word: str) -> str:
    """The form two spellings of a word share: case, accents and compatibility variants dropped.

    Vowel signs of Indic scripts are kept, since they are letters of the word and not accents.
    """
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word).casefold()
    return unicodedata.normalize("NFC", _STRIPPED.sub("", decomposed).translate(_PAIRS)) or word


def is_worded(mark: str) -> bool:
    """Whether a mark changes what is said, as a per cent or a currency sign does."""
    return mark in "%$" if mark.isascii() else unicodedata.category(mark[0]) == "Sc"


def plain_digits(number: str) -> str:
    """Decimal digits of any script as ASCII; everything else kept."""
    if number.isascii():
        return number
    return "".join(c if (d := unicodedata.decimal(c, None)) is None else str(d) for c in number)


@cache
def _lexer() -> re.Pattern[str]:
    """One pass over a text. Every quantifier is bounded or over disjoint classes: no backtracking blow-up."""
    marks = "".join(
        chr(c) for a, b in _MARK_BLOCKS for c in range(a, b) if unicodedata.category(chr(c)) in ("Mn", "Mc")
    )
    clock = r"T\d{2}:\d{2}(?::\d{2})?(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?"
    return re.compile(
        r"(?P<url>(?:https?|ftp)://[^\s<>\"«»“”„]+|www\.[^\s<>\"«»“”„]+)"
        rf"|(?P<date>\d{{4}}(?:-\d{{1,2}}-|/\d{{1,2}}/|\.\d{{1,2}}\.)\d{{1,2}}(?!\d)(?:{clock})?"
        r"|\d{1,2}(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.)(?:\d{4}|\d{2})(?![.,/-]?\d)"
        r"|\d{1,2}\.[ \u00a0]\d{1,2}\.[ \u00a0]\d{4}(?!\d))"
        r"|(?P<time>\d{1,2}(?::\d{2}){1,2}(?![:\d])|\d{1,2}[hH]\d{2}(?!\w))"
        rf"|(?P<number>\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)(?:[.,٫]\d+)?|\d+(?:[.,'’٫٬]\d+)*)"
        rf"|(?P<word>[^\W\d_][\w{marks}\u200c\u200d]*)"
        r"|(?P<mark>[^\s])"
    )


@dataclass(slots=True)
class Tokens:
    """The tokens of one text, as parallel lists; `words` are the indexes of those that make its wording."""

    text: str
    kinds: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    words: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.kinds)

    def surface(self, index: int) -> str:
        """The token as written."""
        return self.text[self.starts[index] : self.ends[index]]

    def form(self, index: int) -> str:
        """The folded form of a token, empty outside the text."""
        return self.forms[index] if 0 <= index < len(self.forms) else ""

    def kind(self, index: int) -> str:
        """The kind of a token, empty outside the text."""
        return self.kinds[index] if 0 <= index < len(self.kinds) else ""

    def gap(self, index: int) -> int:
        """Code points between a token and the one before it; large outside the text and across lines."""
        if not 0 < index < len(self.kinds):
            return 99
        before, start = self.ends[index - 1], self.starts[index]
        return 99 if "\n" in self.text[before:start] else start - before

    def begins_sentence(self, index: int) -> bool:
        """Whether a token is the first of a line, or stands apart after the mark that ends a sentence."""
        gap = self.gap(index)
        ended = index > 0 and self.kinds[index - 1] == MARK and self.forms[index - 1] in SENTENCE_ENDS
        return gap > _LINE or (ended and gap > 0)

    def add(self, kind: str, start: int, end: int, form: str) -> None:
        """Append one token."""
        if kind != MARK or is_worded(form):
            self.words.append(len(self.kinds))
        self.kinds.append(kind)
        self.starts.append(start)
        self.ends.append(end)
        self.forms.append(form)


def tokenise(text: str) -> Tokens:
    """The tokens of `text`; scripts written without spaces are cut into characters."""
    tokens, seen = Tokens(text), dict[str, str]()
    kinds, starts, ends, forms, words = tokens.kinds, tokens.starts, tokens.ends, tokens.forms, tokens.words
    # written out rather than through `add`: this loop runs once for each word of every source
    for match in _lexer().finditer(text):
        kind, surface, start = str(match.lastgroup), match.group(), match.start()
        if kind == WORD:
            if surface not in seen:
                seen[surface] = fold(surface)
            form = seen[surface]
            if not surface.isascii() and _SPACELESS.search(surface):
                _add_characters(tokens.add, surface, start)
                continue
        elif kind == URL:
            form = surface = surface.rstrip(".,;:!?'’)]}»*_")
        elif kind == MARK:
            form = surface if surface.isascii() else fold(surface)
        else:
            form = plain_digits(surface)
        if kind != MARK or is_worded(form):
            words.append(len(kinds))
        kinds.append(kind)
        starts.append(start)
        ends.append(start + len(surface))
        forms.append(form)
    return tokens


def _add_characters(add: Callable[[str, int, int, str], None], surface: str, start: int) -> None:
    for part in _CHARACTERS.finditer(surface):
        digits = part.group()[0].isdecimal()
        form = plain_digits(part.group()) if digits else fold(part.group())
        add(NUMBER if digits else WORD, start + part.start(), start + part.end(), form)
