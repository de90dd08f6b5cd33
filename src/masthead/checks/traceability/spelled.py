"""Numbers written in words: through text2num where it knows the language, and in Chinese numerals."""

import re
from dataclasses import dataclass
from fractions import Fraction

from text_to_num import find_numbers

from masthead.checks.traceability.scales import scales
from masthead.checks.traceability.tokens import MARK, WORD, Tokens, fold, word_set
from masthead.checks.traceability.tongues import NUMBER_WORDS

_BARE_SCALES = word_set(
    "mille cent mil cien ciento cento cem tausend hundert honderd duizend hundrede tusind"
)
_SINGULAR_SCALES = word_set("hundred thousand million billion trillion milliard milliarde bilion miljard")
ARTICLES = word_set("a an un une ein eine einer einem einen una um uma een en et uno")
_HOMONYMS = {
    "it": frozenset(("sei",)),
    "pt": word_set("terca quarta quinta sexta segunda quarto quinto sexto terceira"),
    "es": frozenset(("cuarto", "quinta", "cuarta", "segundo")),
    "da": frozenset(("to", "ti")),
    "fr": frozenset(("neuf",)),
}
"""Number words that are oftener another word (Italian *sei*, Portuguese weekdays): left alone when alone."""

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {
    fold(c): n for c, n in (("万", 10**4), ("萬", 10**4), ("亿", 10**8), ("億", 10**8), ("兆", 10**12))
}
_PLACED = re.compile("[十百千万萬亿億兆]")
_MOST_WORDS = 40
_HUNDRED, _PER = frozenset(("cent", "cento", "ciento")), frozenset(("pour", "per", "por"))


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number in words from one token up to, not including, another."""

    first: int
    after: int
    value: Fraction
    ordinal: bool = False


class _Word:
    """A token as text2num asks for it."""

    __slots__ = ("percent", "word")

    def __init__(self, word: str, percent: bool) -> None:
        self.word = word
        self.percent = percent

    def text(self) -> str:
        return self.word

    def nt_separated(self, previous: "_Word") -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return self.percent


def spelled(tokens: Tokens, language: str) -> dict[int, Spelled]:
    """The numbers in words of a text, by their first token.

    First and second are left out: they are adverbs and seconds more often than numbers. A one is the
    caller's to drop where nothing makes it a number.
    """
    found = _chinese(tokens)
    if language in NUMBER_WORDS:
        for number in _by_words(tokens, language):
            found[number.first] = number
    return found


def _by_words(tokens: Tokens, language: str) -> list[Spelled]:
    text, kinds, forms = tokens.text, tokens.kinds, tokens.forms
    stream = [
        _Word(
            text[start:end] if kind in (WORD, MARK) else ";", form in _HUNDRED and tokens.form(i - 1) in _PER
        )
        for i, (kind, start, end, form) in enumerate(
            zip(kinds, tokens.starts, tokens.ends, forms, strict=True)
        )
    ]
    numbers: list[Spelled] = []
    for hit in find_numbers(stream, language, 0.0):
        first, after = hit.start, hit.end
        while after > first and tokens.kinds[after - 1] != WORD:
            after -= 1
        value = _exact(hit.value, hit.text)
        if value is None or after == first or after - first > _MOST_WORDS:
            continue
        number = Spelled(first, after, value, bool(hit.is_ordinal))
        if _counts(tokens, number, language):
            numbers.append(number)
    return numbers


def _exact(value: float, text: str) -> Fraction | None:
    """The value as a fraction; None where it is no finite number."""
    if value != value or abs(value) > 1e18:
        return None
    if value == int(value):
        return Fraction(int(value))
    digits = re.search(r"\d{1,18}[.,]\d{1,18}", text)
    return Fraction(digits.group().replace(",", ".")) if digits else None


def _counts(tokens: Tokens, number: Spelled, language: str) -> bool:
    """Whether words that text2num can read are meant as a number."""
    form = tokens.forms[number.first]
    if number.after - number.first == 1:
        if len(form) == 1 and form.isascii():  # the "O" of O'Brien and of "o'clock" is no nought
            return False
        if form in _SINGULAR_SCALES:
            return tokens.form(number.first - 1) in ARTICLES
        if form in scales(language) or form in ("hunderte", "tausende"):
            return form in _BARE_SCALES
        if form in _HOMONYMS.get(language, ()):
            return False
    return number.value > 2 or not number.ordinal


def _chinese(tokens: Tokens) -> dict[int, Spelled]:
    """Runs such as 三千五百万: at least two characters, with a ten or more among them."""
    found: dict[int, Spelled] = {}
    index = 0 if _PLACED.search(tokens.text) else len(tokens)
    while index < len(tokens):
        after = index
        while tokens.form(after) in _DIGITS or tokens.form(after) in _TENS or tokens.form(after) in _MYRIADS:
            after += 1
        run = tokens.forms[index:after]
        placed = any(c in _TENS or c in _MYRIADS for c in run)
        if 2 <= len(run) <= _MOST_WORDS and placed and run[0] not in _MYRIADS and run[0] not in ("百", "千"):
            found[index] = Spelled(index, after, Fraction(_numeral(run)))
        index = max(after, index + 1)
    return found


def _numeral(run: list[str]) -> int:
    total = section = digit = 0
    for character in run:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _TENS:
            section += (digit or 1) * _TENS[character]
            digit = 0
        else:
            total += max(1, section + digit) * _MYRIADS[character]
            section = digit = 0
    return total + section + digit
